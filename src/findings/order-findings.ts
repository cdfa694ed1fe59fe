import type { FindingRecord } from '#model'

import { catalogue } from './catalogue.ts'
import type { FindingCode } from './catalogue.ts'
import { isFindingCode } from './finding.ts'
import type { Effect, FindingRow } from './finding-row.ts'

/**
 * Findings as a reader wants them: what blocks first, then what leaves the verdict open, warnings,
 * information; of those the forward leg before the return leg. Repeated findings appear once, and
 * consequences that a present finding hides not at all. Otherwise the given order stays.
 */
export function orderFindings(records: readonly FindingRecord[]): FindingRecord[] {
  const hidden = hiddenBy(records)
  const shown = new Map<string, FindingRecord>()
  for (const record of records) {
    if (hidden.has(record.code)) continue
    const identity = identityOf(record)
    if (!shown.has(identity)) shown.set(identity, record)
  }
  return [...shown.values()].sort((a, b) => rankOf(a) - rankOf(b))
}

function hiddenBy(records: readonly FindingRecord[]): ReadonlySet<string> {
  const hidden = new Set<string>()
  for (const { code } of records) {
    if (!isFindingCode(code)) continue
    for (const consequence of rows[code].hides ?? []) hidden.add(consequence)
  }
  return hidden
}

function identityOf({ code, leg, component, rule, facts }: FindingRecord): string {
  const sorted = Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([code, leg ?? null, component.kind, component.id, rule ?? null, sorted])
}

function rankOf({ effect, leg }: FindingRecord): number {
  return effectRank[effect] + legRank[leg ?? 'forward']
}

const effectRank = {
  blocks: 0,
  undecides: 2,
  warns: 4,
  informs: 6,
} as const satisfies Record<Effect, number>

const legRank = { forward: 0, return: 1 } as const

const rows: Readonly<Record<FindingCode, FindingRow>> = catalogue
