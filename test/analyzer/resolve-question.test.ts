import { describe, expect, test } from 'vitest'
import { home, leaveGap, type Sketch } from '#conformance'
import {
  addClassic,
  addEip,
  addGateway,
  addGuest,
  addHaVip,
  addInterface,
  addIpv6,
  addNat,
  find,
} from '../oracle/tiny-network.ts'
import { complaint, explain, nothing, reasons } from './ask-tiny.ts'

describe('a caller from the Internet', () => {
  const eip = (sketch: Sketch) => addEip(sketch, '47.1.0.9', { kind: 'instance', id: 'i-a' })

  test.each(['internet > i-a tcp 80', '8.8.8.8 > eni-a tcp 80', 'internet > 10.1.1.11 tcp 80'])(
    'reaches a resource by its public address: %s',
    (text) => {
      const answer = explain(eip, text)
      expect(answer.verdict).toBe('reachable')
      expect(answer.to).toMatchObject({ address: expect.stringMatching(/^(47\.1\.0\.9|10\.)/) })
    },
  )

  test.each(['internet > i-a tcp 80', 'internet > 10.1.1.11 tcp 80', '8.8.8.8 > eni-a tcp 80'])(
    'reaches nothing that has no public address: %s',
    (text) => {
      const answer = explain(nothing, text)
      expect(answer.verdict).toBe('unreachable')
      expect(answer.findings).toMatchObject([
        { code: 'igw.no-public-mapping.ingress', facts: { address: '10.1.1.11' } },
      ])
    },
  )

  test('reaches an instance by the DNAT entry of the asked port', () => {
    const change = (sketch: Sketch) => {
      const entry = { id: 'dnat-1', state: 'Available', protocol: 'tcp' } as const
      addNat(sketch).dnat.push({
        ...entry,
        externalAddress: '47.1.0.1',
        externalPort: { from: 8080, to: 8080 },
        internalAddress: '10.1.1.11',
        internalPort: { from: 80, to: 80 },
      })
    }
    expect(explain(change, 'internet > 47.1.0.1 tcp 8080').verdict).toBe('reachable')
    expect(reasons(explain(change, 'internet > 47.1.0.1 tcp 81'))).toEqual([
      'nat.dnat-missing forward ngw-1',
    ])
  })

  test('reaches no private address of the provider', () => {
    const answer = explain(nothing, 'internet > 100.100.2.136 tcp 53')
    expect(answer.verdict).toBe('unreachable')
    expect(answer.findings).toMatchObject([{ code: 'igw.private-destination' }])
  })

  test('finds nobody behind an address that nobody has', () => {
    const answer = explain(nothing, 'internet > 10.1.1.99 tcp 80')
    expect(answer.findings).toMatchObject([{ code: 'address.not-assigned' }])
  })

  test('does not come here for an address that nothing here has', () => {
    for (const text of ['internet > 8.8.8.8 tcp 80', '2001:db8::9 > 2001:db8::7 tcp 80']) {
      const answer = explain(nothing, text)
      expect(answer.verdict).toBe('unreachable')
      expect(answer.findings).toMatchObject([{ code: 'address.not-ours' }])
    }
  })

  test('may come here for an address that was not read', () => {
    const unread = (sketch: Sketch) => leaveGap(sketch, 'publicAddress')
    expect(explain(unread, 'internet > 8.8.8.8 tcp 80').verdict).toBe('undetermined')
  })

  test('reaches an IPv6 address by itself', () => {
    const change = (sketch: Sketch) => {
      addIpv6(sketch, 'a', '2408:4000:1:1::11', 'both')
      addGateway(sketch, 'ipv6')
      const target = { kind: 'internetGateway', id: 'igw-6' } as const
      const route = { id: 'r6', destination: '::/0', origin: 'custom', state: 'Available' } as const
      find(sketch.routeTable, 'rtb-1').routes.push({ ...route, nextHops: [{ target }] })
    }
    expect(explain(change, 'internet > 2408:4000:1:1::11 tcp 80').verdict).toBe('reachable')
  })
})

describe('an end of a question', () => {
  test('names an interface that speaks the sender’s family, not the first of the instance', () => {
    const change = (sketch: Sketch) => {
      addIpv6(sketch, 'a', '2408:4000:1:1::11')
      addInterface(sketch, 'b2', 'vsw-1', '10.1.1.13', 'b')
      addIpv6(sketch, 'b2', '2408:4000:1:1::13')
      addGuest(sketch, 'b', { sockets: [] })
    }
    const answer = explain(change, '2408:4000:1:1::11 > i-b icmp')
    expect(answer.verdict).not.toBe('undetermined')
    expect(answer.to).toMatchObject({ address: '2408:4000:1:1::13' })
  })

  test('that decides by itself is answered without a hop', () => {
    const answer = explain(nothing, 'i-a > i-a tcp 80')
    expect(answer).toMatchObject({
      verdict: 'undetermined',
      hops: [],
      legs: { forward: 'undetermined', return: 'not_walked' },
      findings: [{ code: 'query.same-endpoint', component: { id: 'i-a' } }],
    })
  })

  test('without an address of the other one’s family has no common version', () => {
    const six = (sketch: Sketch) => addIpv6(sketch, 'a', '2408:4000:1:1::11', 'both')
    expect(reasons(explain(six, 'i-b > 2408:4000:1:1::11 tcp 80'))).toEqual([
      'query.no-common-ip-version  question',
    ])
  })

  test('that floats sends from whoever announces it', () => {
    const withMaster = (sketch: Sketch) => addHaVip(sketch, 'i-c')
    expect(explain(withMaster, 'havip-1 > i-a tcp 80')).toMatchObject({
      verdict: 'reachable',
      from: { kind: 'haVip', address: '10.1.2.200' },
    })
    const without = explain((sketch) => addHaVip(sketch), 'havip-1 > i-a tcp 80')
    expect(without.findings).toMatchObject([{ code: 'havip.no-master' }])
  })

  test('in the classic network sends by the NIC that faces the destination', () => {
    const change = (sketch: Sketch) => {
      addClassic(sketch, 'old', { intranetAddress: '10.200.0.1', publicAddress: '47.9.0.1' })
      addClassic(sketch, 'new', { intranetAddress: '10.200.0.2' })
    }
    expect(explain(change, 'i-old > i-new tcp 80').from.address).toBeUndefined()
    expect(explain(change, 'i-old > i-new tcp 80').verdict).toBe('reachable')
    expect(explain(change, 'i-old > 8.8.8.8 tcp 80').verdict).toBe('reachable')
    expect(reasons(explain(change, 'i-new > 8.8.8.8 tcp 80'))).toEqual([
      'eni.no-public-address forward i-new',
    ])
    expect(reasons(explain(change, 'i-old > 10.1.1.11 tcp 80'))).toEqual([
      'classiclink.absent forward i-old',
    ])
  })

  test('that only answers starts no connection', () => {
    const service = (sketch: Sketch) =>
      void sketch.cloudService.push({
        provider: 'alibaba',
        account: '1',
        region: 'cn-test',
        id: 'oss',
        cidrs: ['100.118.28.0/24'],
      })
    expect(complaint(service, 'oss > i-a tcp 80').code).toBe('question.not-a-source')
    expect(explain(service, 'i-a > oss tcp 443').verdict).toBe('reachable')
  })

  test('that nobody knows is complained about with names that are spelt alike', () => {
    const error = complaint(nothing, 'i-a > i-d tcp 80')
    expect(error.code).toBe('question.not-found')
    expect(error.candidates).toContain('i-a')
  })

  test('that is no end of a packet is complained about by its kind', () => {
    const error = complaint(nothing, 'i-a > rtb-1 tcp 80')
    expect(error.code).toBe('question.not-an-endpoint')
    expect(error.message).toContain('routeTable')
  })
})

describe('a question without a port', () => {
  test('asks about every port of TCP, and about everything else for any', () => {
    const answer = explain((sketch) => {
      find(sketch.securityGroup, 'sg-1').rules[0].protocol = 6
    }, 'i-a > i-c any')
    expect(answer.verdict).toBe('partial')
    const reachable = answer.parts?.filter(({ verdict }) => verdict === 'reachable')
    expect(reachable).toEqual([
      { verdict: 'reachable', protocol: 'tcp', sourcePorts: '1024-65535', ports: '1-65535' },
    ])
    expect(answer.parts?.map(({ protocol }) => protocol)).toContain('udp')
  })
})

describe('an address that no route leads to', () => {
  test.each([
    '127.0.0.1',
    '0.0.0.0',
    '169.254.7.7',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::1',
    'fe80::9',
    'ff02::1',
    '::ffff:10.1.1.12',
  ])('is no host of the Internet: %s', (address) => {
    const answer = explain(
      (sketch) => addEip(sketch, '47.1.0.9', { kind: 'instance', id: 'i-a' }),
      `i-a > ${address} tcp 80`,
    )
    expect(answer.verdict).toBe('undetermined')
    expect(answer.findings).toMatchObject([{ code: 'query.non-routable-address' }])
  })

  test('is one all the same where a service of the network has it', () => {
    const answer = explain((sketch) => {
      const cidrs = ['169.254.7.0/24']
      sketch.cloudService.push({ ...home, id: 'svc', cidrs, ports: [] })
    }, 'i-a > 169.254.7.7 tcp 80')
    expect(answer.findings.map(({ code }) => code)).not.toContain('query.non-routable-address')
  })
})

test('an IPv6 address of a VPC that nobody has is no address of the Internet as well', () => {
  const ipv6 = (sketch: Sketch) => addIpv6(sketch, 'a', '2408:4000:1:1::11')
  const answer = explain(ipv6, '2408:4000:1:1::77 > i-a tcp 80')
  expect(answer.findings).toMatchObject([
    { code: 'address.not-assigned', facts: { address: '2408:4000:1:1::77' } },
  ])
})
