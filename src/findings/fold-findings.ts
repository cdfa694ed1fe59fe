import type { Answer, FindingRecord } from '#model'

import { catalogue } from './catalogue.ts'
import type { FindingCode } from './catalogue.ts'
import { isFindingCode } from './finding.ts'
import type { FindingRow } from './finding-row.ts'
import { orderFindings } from './order-findings.ts'

/** The findings of an answer that a short report shows, and the others. */
export interface FoldedFindings {
  readonly shown: readonly FindingRecord[]
  readonly folded: readonly FindingRecord[]
}

/**
 * Beside what blocks, what is merely unknown or said by the way (beyond a dead next hop, say) would
 * change nothing about an unreachable verdict: it is folded away. What explains a blocker is shown
 * right behind it. Other verdicts show everything.
 */
export function foldFindings({
  verdict,
  findings,
}: Pick<Answer, 'verdict' | 'findings'>): FoldedFindings {
  const ordered = orderFindings(findings)
  const apart = ordered.filter((record) => !explainsAny(record, ordered))
  const explaining = ordered.filter((record) => !apart.includes(record))
  const kept = verdict === 'unreachable' ? apart.filter(mattersBesideBlocker) : apart
  const shown: FindingRecord[] = []
  for (const record of kept) {
    const own = explaining.filter((one) => explains(one, record) && !shown.includes(one))
    shown.push(record, ...own)
  }
  return { shown, folded: ordered.filter((record) => !shown.includes(record)) }
}

const mattersBesideBlocker = ({ effect }: FindingRecord): boolean =>
  effect === 'blocks' || effect === 'warns'

const explainsAny = (record: FindingRecord, all: readonly FindingRecord[]): boolean =>
  all.some((other) => explains(record, other))

function explains(record: FindingRecord, blocker: FindingRecord): boolean {
  if (!isFindingCode(record.code) || record.leg !== blocker.leg) return false
  return rows[record.code].explains?.includes(blocker.code) ?? false
}

const rows: Readonly<Record<FindingCode, FindingRow>> = catalogue
