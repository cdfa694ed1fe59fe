import fc from 'fast-check'
import { expect, test } from 'vitest'

import { catalogue, finding, foldFindings, orderFindings } from '#findings'
import type { FindingRow } from '#findings'
import type { Answer, FindingRecord } from '#model'

import { findingCodes } from '../../src/findings/finding.ts'

const rows: Readonly<Record<string, FindingRow>> = catalogue

const effects: readonly string[] = ['blocks', 'undecides', 'warns', 'informs']

const records: fc.Arbitrary<FindingRecord> = fc
  .record({
    code: fc.constantFrom(...findingCodes, 'later.release'),
    id: fc.constantFrom('a', 'b'),
    leg: fc.constantFrom(undefined, 'forward', 'return'),
    rule: fc.constantFrom(undefined, 'default', 'r-1'),
    effect: fc.constantFrom('blocks', 'undecides', 'warns', 'informs'),
    facts: fc.constantFrom({ x: '1', y: '2' }, { y: '2', x: '1' }, { x: '2', y: 'a' }),
  })
  .map(({ code, id, leg, rule, effect, facts }) => ({
    code,
    severity: 'error',
    effect: rows[code]?.effect ?? effect,
    component: { kind: 'instance', id },
    facts,
    ...(leg === undefined ? {} : { leg }),
    ...(rule === undefined ? {} : { rule }),
  }))

const lists = fc.array(records, { maxLength: 30 })

test('ordering twice changes nothing', () => {
  fc.assert(
    fc.property(lists, (list) => {
      const once = orderFindings(list)
      expect(orderFindings(once)).toEqual(once)
    }),
  )
})

test('nothing is lost but what a present finding hides, and nothing is added', () => {
  fc.assert(
    fc.property(lists, (list) => {
      const wanted = new Set(
        list.filter((record) => !list.some((other) => isHiddenBy(record, other))).map(identityOf),
      )
      const shown = orderFindings(list)
      expect(shown.map(identityOf).sort()).toEqual([...wanted].sort())
      expect(shown.every((record) => list.includes(record))).toBe(true)
    }),
  )
})

test('consequence comes first, then the leg, then the given order', () => {
  fc.assert(
    fc.property(lists, (list) => {
      const shown = orderFindings(list)
      const inOrder = shown.every((next, index) => {
        const previous = shown[index - 1]
        if (previous === undefined) return true
        const [before, after] = [rankOf(previous), rankOf(next)]
        return before < after || (before === after && list.indexOf(previous) < list.indexOf(next))
      })
      expect(inOrder).toBe(true)
    }),
  )
})

test('the input is left as it was', () => {
  fc.assert(
    fc.property(lists, (list) => {
      const copy = [...list]
      orderFindings(list)
      expect(list).toEqual(copy)
    }),
  )
})

test('a stopped instance hides that it is down as a next hop, and a missing peering the missing route', () => {
  const component = { kind: 'instance', id: 'a' } as const
  const record = (code: string): FindingRecord => {
    return { code, severity: 'error', effect: 'blocks', component, facts: {} }
  }
  const codes = (...given: string[]) => orderFindings(given.map(record)).map(({ code }) => code)
  expect(codes('route.next-hop-down', 'instance.not-running')).toEqual(['instance.not-running'])
  expect(codes('route.none', 'peer.absent', 'route.return.none')).toEqual(['peer.absent'])
  expect(codes('route.none', 'route.next-hop-down')).toEqual(['route.none', 'route.next-hop-down'])
})

test('a stopped instance hides only the routes that find this instance down', () => {
  const stopped = finding('instance.not-running', {
    component: { kind: 'instance', id: 'i-source' },
    facts: { state: 'Stopped' },
    leg: 'forward',
  })
  const down = (target: string) =>
    finding('route.next-hop-down', {
      component: { kind: 'routeTable', id: 'vtb-1' },
      facts: { destination: '10.0.0.9', target, state: 'Stopped' },
      leg: 'forward',
    })
  expect(orderFindings([stopped, down('eni-relay')])).toEqual([stopped, down('eni-relay')])
  expect(orderFindings([stopped, down('i-source')])).toEqual([stopped])
})

test('a missing peering hides the missing route of its own leg only', () => {
  const absent = finding('peer.absent', {
    component: { kind: 'vpc', id: 'vpc-a' },
    facts: { from: 'vpc-a', to: 'vpc-b' },
    leg: 'forward',
  })
  const component = { kind: 'routeTable', id: 'vtb-1' } as const
  const facts = { source: '10.0.0.1', destination: '10.1.0.1' }
  const there = finding('route.none', { component, facts, leg: 'forward' })
  const back = finding('route.return.none', { component, facts, leg: 'return' })
  expect(orderFindings([there, absent, back])).toEqual([absent, back])
})

test('beside a blocker, what decides nothing is folded and what explains it follows it', () => {
  const group = { kind: 'securityGroup', id: 'sg-1' } as const
  const ends = { source: '10.0.0.1', destination: '10.0.0.2' }
  const leg = 'forward'
  const first = finding('route.blackhole', {
    component: { kind: 'routeTable', id: 'vtb-1' },
    facts: { destination: '10.0.0.2' },
    leg,
  })
  const noRule = finding('sg.ingress.no-match', {
    component: group,
    facts: { ...ends, service: 'TCP 22' },
    leg,
  })
  const last = finding('peer.bad-state', { component: group, facts: { state: 'Idle' }, leg })
  const isolated = finding('sg.intra-group-isolated', { component: group, facts: ends, leg })
  const unknown = finding('eni.no-groups', { component: group, facts: {}, leg })
  const warning = finding('ip.conflict', {
    component: group,
    facts: { address: '10.0.0.1', owners: 'a, b' },
  })
  const findings = [isolated, unknown, first, noRule, warning, last]
  const fold = (verdict: Answer['verdict']) => foldFindings({ verdict, findings })
  expect(fold('unreachable')).toEqual({
    shown: [first, noRule, isolated, last, warning],
    folded: [unknown],
  })
  expect(fold('partial')).toEqual({
    shown: [first, noRule, isolated, last, unknown, warning],
    folded: [],
  })
})

test('what is hidden is a code, and no code hides itself by a chain', () => {
  const consequences = (code: string) => rows[code]?.hides ?? []
  for (const code of findingCodes) {
    const reached = new Set<string>()
    const open = [...consequences(code)]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      expect(findingCodes).toContain(next)
      if (reached.has(next)) continue
      reached.add(next)
      open.push(...consequences(next))
    }
    expect(reached.has(code)).toBe(false)
  }
})

function isHiddenBy(record: FindingRecord, other: FindingRecord): boolean {
  const row = rows[other.code]
  if (!row?.hides?.includes(record.code)) return false
  if (row.hidesWhere === 'leg') return record.leg === other.leg
  const { id } = other.component
  return [record.component.id, ...Object.values(record.facts)].includes(id)
}

function rankOf({ effect, leg }: FindingRecord): number {
  return effects.indexOf(effect) * 2 + (leg === 'return' ? 1 : 0)
}

function identityOf({ code, leg, component, rule, facts }: FindingRecord): string {
  return [code, leg, component.kind, component.id, rule, facts['x'], facts['y']].join(' ')
}
