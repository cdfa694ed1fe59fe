import { describe, expect, test } from 'vitest'
import { drawSeed } from '#conformance'
import { compilePlan, type LabPlan } from '#lab'
import { parseNetwork } from '#model'

const plans = Array.from({ length: 40 }, (_, nth): LabPlan => {
  const { network } = drawSeed(700 + nth)
  return compilePlan(network, { publicHosts: ['203.0.113.9', '2001:db8::7'] })
})

describe('a plan', () => {
  test('is the same each time it is compiled', () => {
    const { network } = drawSeed(700)
    expect(compilePlan(network)).toEqual(compilePlan(network))
  })

  test('says of every line which resource it stands for', () => {
    for (const { spaces, cables } of plans) {
      const lines = spaces.flatMap(({ ip, ip6, bridge, nft }) => [...ip, ...ip6, ...bridge, ...nft])
      expect(lines.filter(({ of }) => of.id === '')).toEqual([])
      expect(cables.filter(({ of }) => of.id === '')).toEqual([])
    }
  })

  test('gives namespaces and devices names that the kernel takes, each once', () => {
    for (const { spaces, cables } of plans) {
      const names = spaces.map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      const ends = cables.flatMap((cable) => cable.ends)
      const devices = ends.map(({ space, device }) => `${space} ${device}`)
      expect(new Set(devices).size).toBe(devices.length)
      const all = [...names, ...ends.map(({ device }) => device)]
      expect(all.filter((name) => name.length > 15)).toEqual([])
      expect(ends.filter(({ space }) => !names.includes(space))).toEqual([])
    }
  })

  test('leads from every comment to a mark, and from every refusal to its reason', () => {
    for (const { spaces, marks } of plans) {
      const comments = spaces.flatMap(({ nft }) =>
        nft.flatMap(({ text }) =>
          [...text.matchAll(/comment "m(\d+)"/g)].map(([, nr]) => Number(nr)),
        ),
      )
      expect(comments.filter((nr) => nr >= marks.length)).toEqual([])
      const silent = marks.filter(
        ({ decision, code }) => decision === 'refuse' && code === undefined,
      )
      expect(silent).toEqual([])
    }
  })

  test('lays a route of a guest once, however many of its interfaces are gone', () => {
    const { network } = drawSeed(700)
    const [{ instanceId = '' } = {}] = network.networkInterface ?? []
    const gone = ['eni-gone-1', 'eni-gone-2'].map((networkInterfaceId) => ({
      destination: '10.9.0.0/16',
      networkInterfaceId,
    }))
    const guest = { provider: 'alibaba', account: '1', region: 'cn-test', instanceId } as const
    const parsed = parseNetwork({ ...network, guests: [{ ...guest, routes: gone }] })
    if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '))
    const { spaces } = compilePlan(parsed.network)
    const lines = spaces.flatMap(({ ip }) => ip.map(({ text }) => text))
    expect(lines.filter((text) => text.startsWith('route append 10.9.0.0/16'))).toEqual([
      'route append 10.9.0.0/16 dev lost table 254',
    ])
  })

  test('gives the router of a vSwitch an address that nobody has', () => {
    const home = { provider: 'alibaba', account: '1', region: 'cn-test' } as const
    const held = ['10.0.1.253', '10.0.1.252']
    const parsed = parseNetwork({
      kind: 'hopwise.network/v1',
      vpc: [{ ...home, id: 'vpc-1', cidrs: ['10.0.0.0/16'] }],
      subnet: [{ ...home, id: 'vsw-1', vpcId: 'vpc-1', cidr: '10.0.1.0/24' }],
      networkInterface: [
        {
          ...home,
          id: 'eni-1',
          type: 'secondary',
          state: 'Available',
          vpcId: 'vpc-1',
          subnetId: 'vsw-1',
          addresses: held,
          securityGroupIds: [],
        },
      ],
    })
    if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '))
    const lines = compilePlan(parsed.network).spaces.flatMap(({ ip }) => ip.map(({ text }) => text))
    const own = lines.flatMap((text) => /^addr add (10\.0\.1\.\S+)/.exec(text)?.[1] ?? [])
    expect(own).toEqual(['10.0.1.251/32'])
  })

  test('drops nothing without a mark', () => {
    for (const { spaces } of plans) {
      const drops = spaces.flatMap(({ nft }) => nft.filter(({ text }) => /counter drop/.test(text)))
      expect(drops.filter(({ text }) => !text.includes('comment "m'))).toEqual([])
    }
  })

  test('seats every interface, with the reason where it carries nothing', () => {
    for (const [nth, { seats }] of plans.entries()) {
      const { network } = drawSeed(700 + nth)
      expect(seats.map(({ interfaceId }) => interfaceId)).toEqual(
        (network.networkInterface ?? []).map(({ id }) => id),
      )
      const unexplained = seats.filter(({ at, absentBecause }) => !at === !absentBecause)
      expect(unexplained).toEqual([])
    }
  })
})

describe('what has no place in the lab', () => {
  const { network } = drawSeed(700)
  const home = { provider: 'alibaba', account: '1', region: 'cn-test' } as const

  test('is listed by name and reason', () => {
    const { unrealised } = compilePlan({
      ...network,
      transitRouter: [{ ...home, id: 'tr-9' }],
      loadBalancer: [{ ...home, id: 'lb-9' }],
    })
    const named = unrealised.map(({ component: { kind, id } }) => `${kind} ${id}`)
    expect(named).toContain('transitRouter tr-9')
    expect(named).toContain('loadBalancer lb-9')
    expect(unrealised.filter(({ reason }) => reason === '')).toEqual([])
  })

  test('of other clouds is left out by name', () => {
    const foreign = { ...home, provider: 'aws', id: 'tgw-1' } as const
    const { unrealised } = compilePlan({ ...network, transitRouter: [foreign] })
    expect(unrealised).toContainEqual({
      component: { kind: 'transitRouter', id: 'tgw-1' },
      reason: 'aws is not realised yet',
    })
  })
})
