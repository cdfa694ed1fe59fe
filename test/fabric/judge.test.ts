import fc from 'fast-check'
import { expect, test } from 'vitest'

import { compileFabric, createJudge, PACKET, type SemanticId } from '#fabric'
import { parseNetwork } from '#model'

const base = { provider: 'alibaba', account: '1', region: 'cn-test' } as const

interface Rule {
  readonly direction: 'ingress' | 'egress'
  readonly action: 'accept' | 'drop'
  readonly priority: number
  readonly from: number
  readonly to: number
  readonly cidr: string
}

const rule: fc.Arbitrary<Rule> = fc
  .record({
    direction: fc.constant('ingress' as const),
    action: fc.constantFrom('accept' as const, 'drop' as const),
    priority: fc.integer({ min: 1, max: 3 }),
    ports: fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 })),
    cidr: fc.constantFrom(
      '0.0.0.0/0',
      '10.0.0.0/24',
      '10.0.0.0/28',
      '10.0.0.8/29',
      '203.0.113.0/24',
    ),
  })
  .map(({ ports, ...rest }) => ({ ...rest, from: Math.min(...ports), to: Math.max(...ports) }))

function fabricOf(
  groups: readonly (readonly Rule[])[],
  off: readonly SemanticId[] = [],
): ReturnType<typeof compileFabric> {
  const parsed = parseNetwork({
    kind: 'hopwise.network/v1',
    vpc: [{ ...base, id: 'vpc-1', cidrs: ['10.0.0.0/16'] }],
    subnet: [{ ...base, id: 'vsw-1', vpcId: 'vpc-1', cidr: '10.0.0.0/24' }],
    routeTable: [{ ...base, id: 'vtb-1', vpcId: 'vpc-1', type: 'system', routes: [] }],
    instance: [{ ...base, id: 'i-1', state: 'Running', network: 'vpc', vpcId: 'vpc-1' }],
    networkInterface: [
      {
        ...base,
        id: 'eni-1',
        type: 'primary',
        state: 'InUse',
        vpcId: 'vpc-1',
        subnetId: 'vsw-1',
        instanceId: 'i-1',
        addresses: ['10.0.0.200'],
        securityGroupIds: groups.map((_, i) => `sg-${i}`),
      },
    ],
    securityGroup: groups.map((rules, i) => ({
      ...base,
      id: `sg-${i}`,
      vpcId: 'vpc-1',
      type: 'basic',
      intraGroup: 'drop',
      rules: rules.map(({ from, to, cidr, ...rest }, n) => ({
        ...rest,
        id: `r-${i}-${n}`,
        protocol: 6,
        ports: [{ from, to }],
        peer: { kind: 'cidr', cidr },
      })),
    })),
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems[0]))
  return compileFabric(parsed.network, { off })
}

/** What the documents say: lowest priority among all rules of all groups, drop wins ties, else drop. */
function admitted(groups: readonly (readonly Rule[])[], source: number, port: number): boolean {
  const matching = groups
    .flat()
    .filter(({ from, to, cidr }) => from <= port && port <= to && inside(cidr, source))
  const best = Math.min(...matching.map(({ priority }) => priority))
  const deciding = matching.filter(({ priority }) => priority === best)
  return deciding.length > 0 && deciding.every(({ action }) => action === 'accept')
}

/** Sources are 10.0.0.x. */
function inside(cidr: string, last: number): boolean {
  switch (cidr) {
    case '0.0.0.0/0':
    case '10.0.0.0/24':
      return true
    case '10.0.0.0/28':
      return last < 16
    case '10.0.0.8/29':
      return last >= 8 && last < 16
    default:
      return false
  }
}

test('groups are judged together, the lowest priority first, drop before accept', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(rule, { maxLength: 6 }), { minLength: 1, maxLength: 3 }),
      fc.nat(30),
      fc.integer({ min: 1, max: 22 }),
      (groups, last, port) => {
        const fabric = fabricOf(groups)
        const judge = createJudge(fabric)
        aim(fabric, judge.packet, last, port)
        expect(judge.accepts(judge.groups(0, false, -1))).toBe(admitted(groups, last, port))
      },
    ),
  )
})

test('the box left by a judgement holds only packets that are judged alike', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(rule, { maxLength: 6 }), { minLength: 1, maxLength: 3 }),
      fc.nat(30),
      fc.integer({ min: 1, max: 22 }),
      (groups, last, port) => {
        const fabric = fabricOf(groups)
        const judge = createJudge(fabric)
        aim(fabric, judge.packet, last, port)
        const first = judge.accepts(judge.groups(0, false, -1))
        const high = judge.packet[PACKET.portHigh] ?? port
        for (let other = port; other <= Math.min(high, 30); other++)
          expect(admitted(groups, last, other)).toBe(first)
      },
    ),
  )
})

function aim(
  fabric: ReturnType<typeof fabricOf>,
  packet: Int32Array,
  last: number,
  port: number,
): void {
  const starts = fabric.line.starts4
  const address = ((10 << 24) | last) >>> 0
  const rank = starts.findLastIndex((start) => start <= address)
  packet.set([rank, rank, rank, rank, 6, 40_000, 40_000, port, 65_535])
}
