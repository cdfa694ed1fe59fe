import type { RuleNames } from '#conformance'
import type { LabPlan } from '#lab'
import type { KeptLab, LabLabel } from './kept-lab.ts'

/** The files that are kept beside a lab, as they were read. */
export interface KeptTexts {
  readonly label: string
  readonly plan: string
  readonly network: string
  readonly names: string
}

/**
 * Reads what an earlier command wrote. Undefined where it was cut off in the middle of writing; a
 * lab that another version has built is taken at its word.
 */
export function parseKeptLab({ label, plan, network, names }: KeptTexts): KeptLab | undefined {
  const known = parseLabel(label)
  const read = { plan: parseJson(plan), names: parseJson(names) }
  if (!known || !isPlan(read.plan) || !areNames(read.names)) return undefined
  return { label: known, plan: read.plan, network, names: read.names }
}

/** Undefined where it was cut off in the middle of writing. */
export function parseLabel(text: string): LabLabel | undefined {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null) return undefined
  const { source, since, instances, interfaces, vpcs } = value as Partial<LabLabel>
  const sound = typeof source === 'string' && typeof since === 'string'
  const counts = [instances, interfaces, vpcs].every((count) => typeof count === 'number')
  // Field by field: what another version keeps besides has no place in what this one prints.
  const label = { source, since, instances, interfaces, vpcs }
  return sound && counts ? (label as LabLabel) : undefined
}

function isPlan(value: unknown): value is LabPlan {
  return typeof value === 'object' && value !== null && 'seats' in value && 'spaces' in value
}

function areNames(value: unknown): value is RuleNames {
  return typeof value === 'object' && value !== null && 'handles' in value && 'guestRules' in value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
