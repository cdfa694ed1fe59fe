import { catalogue, isFindingCode } from '#findings'
import type { FindingRecord } from '#model'

/**
 * What opening a path would take, compared from the hardest kind of change to the easiest: what
 * nobody can change, the provider's platform, administrators, network ACLs, security groups, and
 * everything else (routes, states, bindings). Design brief §4.
 */
export type Cost = readonly [
  dead: number,
  platform: number,
  policy: number,
  acl: number,
  group: number,
  other: number,
]

/** Cost of a walk from what it met; `dead` when it could not be completed at any price. */
export function costOf(findings: readonly FindingRecord[], dead: boolean): Cost {
  const cost: [number, number, number, number, number, number] = [dead ? 1 : 0, 0, 0, 0, 0, 0]
  for (const finding of findings) {
    if (finding.effect === 'blocks') cost[kindOf(finding.code)]++
  }
  return cost
}

/** Negative if the first is cheaper. */
export function compareCosts(a: Cost, b: Cost): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function kindOf(code: string): 1 | 2 | 3 | 4 | 5 {
  if (code === 'policy.platform-blocked') return 1
  if (code.startsWith('policy.')) return 2
  if (code.startsWith('acl.')) return 3
  if (code.startsWith('sg.')) return 4
  return 5
}

/** Whether a finding refuses packets. */
export const blocks = ({ code }: Pick<FindingRecord, 'code'>): boolean =>
  isFindingCode(code) && catalogue[code].effect === 'blocks'
