import type { FindingRecord } from '#model'

import { catalogue } from './catalogue.ts'
import type { FindingCode } from './catalogue.ts'
import { isFindingCode } from './finding.ts'
import type { Effect, FindingRow } from './finding-row.ts'

/**
 * Findings as a reader wants them: what blocks first, then what leaves the verdict open, warnings,
 * information; of those the forward leg before the return leg. Repeated findings appear once, and
 * consequences that a present finding hides not at all. Otherwise the given order stays. Part of
 * every explained answer: findings are compared only with others of their code.
 */
export function orderFindings(records: readonly FindingRecord[]): readonly FindingRecord[] {
  if (records.length < 2) return records
  const hiders = records.filter(({ code }) => rowOf(code)?.hides !== undefined)
  const shown: FindingRecord[] = []
  for (const record of records) {
    if (hiders.some((hider) => hides(hider, record))) continue
    if (!shown.some((other) => isSame(other, record))) shown.push(record)
  }
  return shown.sort((a, b) => rankOf(a) - rankOf(b))
}

/** A stopped instance hides that a route finds it down, not that another next hop is down. */
function hides(hider: FindingRecord, record: FindingRecord): boolean {
  const row = rowOf(hider.code)
  if (row?.hides?.includes(record.code) !== true) return false
  if (row.hidesWhere === 'leg') return hider.leg === record.leg
  const { id } = hider.component
  return record.component.id === id || Object.values(record.facts).includes(id)
}

function isSame(a: FindingRecord, b: FindingRecord): boolean {
  return (
    a.code === b.code &&
    a.leg === b.leg &&
    a.rule === b.rule &&
    a.component.id === b.component.id &&
    a.component.kind === b.component.kind &&
    haveSameFacts(a.facts, b.facts)
  )
}

function haveSameFacts(a: FindingRecord['facts'], b: FindingRecord['facts']): boolean {
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
  )
}

function rankOf({ effect, leg }: FindingRecord): number {
  return effectRank[effect] + legRank[leg ?? 'forward']
}

function rowOf(code: string): FindingRow | undefined {
  return isFindingCode(code) ? rows[code] : undefined
}

const effectRank = {
  blocks: 0,
  undecides: 2,
  warns: 4,
  informs: 6,
} as const satisfies Record<Effect, number>

const legRank = { forward: 0, return: 1 } as const

const rows: Readonly<Record<FindingCode, FindingRow>> = catalogue
