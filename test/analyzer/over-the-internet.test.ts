import { describe, expect, test } from 'vitest'
import { home, leaveGap, type Sketch } from '#conformance'
import {
  addAcl,
  addEip,
  addGateway,
  addHaVip,
  addIpv6,
  addNat,
  addRoute,
  addRouterInterfaces,
  entry,
  find,
} from '../oracle/tiny-network.ts'
import { explain, reasons } from './ask-tiny.ts'

/** Both ends have an EIP; the sender's subnet accepts what comes from one range only. */
function callByEip(accepted: string) {
  return (sketch: Sketch): void => {
    addEip(sketch, '47.1.0.10', { kind: 'instance', id: 'i-a' })
    addEip(sketch, '47.1.0.11', { kind: 'instance', id: 'i-c' })
    addAcl(sketch, 'vsw-1', [entry('accept', 0, 65535, accepted)], [entry('accept')])
  }
}

describe('a neighbour called by its public address', () => {
  test('answers from that address: a list that admits private sources drops the reply', () => {
    const answer = explain(callByEip('10.0.0.0/8'), 'i-a > 47.1.0.11 tcp 80')
    expect(answer.verdict).toBe('unreachable')
    expect(reasons(answer)).toEqual(['acl.return.ingress.deny return acl-1'])
  })

  test('answers from that address: a list that admits it lets the reply pass', () => {
    expect(explain(callByEip('47.1.0.0/16'), 'i-a > 47.1.0.11 tcp 80').verdict).toBe('reachable')
  })
})

describe('a NAT gateway', () => {
  test('cannot be called by the address of a DNAT entry that no EIP of it has', () => {
    const answer = explain((sketch) => {
      addNat(sketch).dnat.push({
        id: 'dnat-1',
        state: 'Available',
        protocol: 'tcp',
        externalAddress: '47.1.0.1',
        externalPort: { from: 80, to: 80 },
        internalAddress: '10.1.1.11',
        internalPort: { from: 80, to: 80 },
      })
      sketch.publicAddress.length = 0
    }, 'internet > i-a tcp 80')
    expect(reasons(answer)).toEqual(['igw.no-public-mapping.ingress  i-a'])
  })
})

describe('a managed service with an address of the VPC', () => {
  const withDatabase = (sketch: Sketch): void => {
    const common = { id: 'rm-1', name: 'rm-1', vpcId: 'vpc-1' }
    sketch.cloudService.push({ ...home, ...common, cidrs: ['10.1.1.50/32'] })
  }

  test('is reached from its VPC', () => {
    expect(explain(withDatabase, 'i-a > 10.1.1.50 tcp 80').verdict).toBe('reachable')
  })

  test('is left open from another VPC: its routes are not in the input', () => {
    const answer = explain((sketch) => {
      withDatabase(sketch)
      addRouterInterfaces(sketch)
      addRoute(sketch, 'rtb-2', '10.1.0.0/16', { kind: 'routerInterface', id: 'ri-2' })
    }, 'i-z > 10.1.1.50 tcp 80')
    expect(answer.verdict).toBe('undetermined')
  })
})

describe('a router interface', () => {
  test('is no next hop of the VPC at its other end', () => {
    const answer = explain((sketch) => {
      addRouterInterfaces(sketch)
      addRoute(sketch, 'rtb-1', '10.2.0.0/16', { kind: 'routerInterface', id: 'ri-2' })
      addRoute(sketch, 'rtb-2', '10.1.0.0/16', { kind: 'routerInterface', id: 'ri-2' })
    }, 'i-a > 10.2.1.11 tcp 80')
    expect(answer.verdict).toBe('unreachable')
    expect(reasons(answer)).toEqual(['route.next-hop-unresolved forward rtb-1'])
  })
})

describe('what was not read leaves the verdict open', () => {
  test('the IPv6 gateways, for a call from the Internet', () => {
    const answer = explain((sketch) => {
      addIpv6(sketch, 'a', '2408:4000:1:1::11', 'both')
      addRoute(sketch, 'rtb-1', '::/0', { kind: 'internetGateway', id: 'igw-6' })
      leaveGap(sketch, 'ipv6Internet')
      leaveGap(sketch, 'internetGateway')
    }, 'internet > 2408:4000:1:1::11 tcp 80')
    expect(answer.verdict).toBe('undetermined')
  })

  test('public addresses, for a call to one that is not listed', () => {
    const answer = explain((sketch) => {
      addEip(sketch, '47.1.0.10', { kind: 'instance', id: 'i-a' })
      leaveGap(sketch, 'publicAddress')
    }, 'i-a > 47.9.9.9 tcp 80')
    expect(answer.verdict).toBe('undetermined')
  })

  test('the router interface on the far side', () => {
    const answer = explain((sketch) => {
      addRouterInterfaces(sketch)
      addRoute(sketch, 'rtb-1', '10.2.0.0/16', { kind: 'routerInterface', id: 'ri-1' })
      addRoute(sketch, 'rtb-2', '10.1.0.0/16', { kind: 'routerInterface', id: 'ri-2' })
      leaveGap(sketch, 'routerInterface', 'ri-2')
    }, 'i-a > 10.2.1.11 tcp 80')
    expect(answer.verdict).toBe('undetermined')
  })

  test('the vSwitch of an interface, whose list may refuse', () => {
    const answer = explain((sketch) => {
      find(sketch.networkInterface, 'eni-b').subnetId = 'vsw-7'
      leaveGap(sketch, 'subnet', 'vsw-7')
    }, 'i-a > 10.1.1.12 tcp 80')
    expect(answer.verdict).toBe('undetermined')
  })

  test('the VPC of the router interface that a route names', () => {
    const answer = explain((sketch) => {
      addRouterInterfaces(sketch)
      delete find(sketch.routerInterface, 'ri-1').vpcId
      addRoute(sketch, 'rtb-1', '10.2.0.0/16', { kind: 'routerInterface', id: 'ri-1' })
      leaveGap(sketch, 'routerInterface', 'ri-1')
    }, 'i-a > 10.2.1.11 tcp 80')
    expect(answer.verdict).toBe('undetermined')
  })

  test('an IPv4 gateway of which the sources say different things', () => {
    const answer = explain((sketch) => {
      addGateway(sketch, 'ipv4').enabled = false
      addEip(sketch, '47.1.0.10', { kind: 'instance', id: 'i-a' })
      leaveGap(sketch, 'internetGateway', 'igw-4')
    }, 'i-a > 8.8.8.8 tcp 80')
    expect(answer.verdict).toBe('undetermined')
    expect(answer.findings.map(({ facts }) => facts.missing)).toContain('internetGateway igw-4')
  })

  test.each([
    ['subnet', 'vsw-1'],
    ['vpc', 'vpc-1'],
    ['haVip', 'havip-1'],
  ] as const)('a %s of which the sources say different things', (kind, id) => {
    const answer = explain((sketch) => {
      addHaVip(sketch, 'i-c')
      leaveGap(sketch, kind, id)
    }, 'i-a > 10.1.2.200 tcp 80')
    expect(answer.verdict).toBe('undetermined')
    const missing = answer.findings.map(({ facts }) => facts.missing)
    expect(missing).toContain(`${kind} ${id}`)
  })
})

describe('a service with several ranges', () => {
  const ask = (cidrs: readonly string[], accepted: string): string =>
    explain((sketch) => {
      const service = { ...home, id: 'svc', name: 'svc', cidrs: [...cidrs] }
      sketch.cloudService.push(service)
      addAcl(sketch, 'vsw-1', [entry('accept')], [entry('accept', 0, 65535, accepted)])
    }, 'i-a > svc tcp 80').verdict

  test('is partial where a list admits one of them', () => {
    expect(ask(['100.118.0.0/24', '100.119.0.0/24'], '100.118.0.0/24')).toBe('partial')
  })

  test('is partial where a part of one is exempt from lists', () => {
    expect(ask(['100.100.2.128/25'], '192.168.0.0/24')).toBe('partial')
  })
})
