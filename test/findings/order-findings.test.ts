import fc from 'fast-check'
import { expect, test } from 'vitest'

import { catalogue, orderFindings } from '#findings'
import type { FindingRow } from '#findings'
import type { FindingRecord } from '#model'

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
    facts: fc.constantFrom({ x: '1', y: '2' }, { y: '2', x: '1' }, { x: '2', y: '1' }),
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
      const hidden = new Set(list.flatMap(({ code }) => rows[code]?.hides ?? []))
      const wanted = new Set(list.filter(({ code }) => !hidden.has(code)).map(identityOf))
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

function rankOf({ effect, leg }: FindingRecord): number {
  return effects.indexOf(effect) * 2 + (leg === 'return' ? 1 : 0)
}

function identityOf({ code, leg, component, rule, facts }: FindingRecord): string {
  return [code, leg, component.kind, component.id, rule, facts['x'], facts['y']].join(' ')
}
