import { fieldValue } from './field-value.ts'
import type { FieldValue, Viewpoint } from './field-value.ts'
import type { FieldKey } from './firewall-field.ts'
import type { FieldMatch, TupleMatch } from './firewall-ruleset.ts'
import { rangesHold } from './number-range.ts'
import type { NumberRange } from './number-range.ts'
import type { WalkPath } from './walk-path.ts'

/** Whether a condition holds, as far as the facts tell. */
export type MatchAnswer = 'yes' | 'no' | 'unknown'

/** Whether a packet meets a condition on one field or several. */
export function matchStep(
  step: FieldMatch | TupleMatch,
  path: WalkPath,
  view: Viewpoint,
): MatchAnswer {
  const answer = step.kind === 'match' ? matchField(step, path, view) : matchTuple(step, path, view)
  // Nothing can be compared with what is absent, not even for being different.
  if (answer === 'absent') return 'no'
  if (!step.negated || answer === 'unknown') return answer
  return answer === 'yes' ? 'no' : 'yes'
}

/** Whether a box holds the packet; `absent` when a field of it is. */
export function matchBox(
  values: readonly FieldValue[],
  box: readonly NumberRange[],
): MatchAnswer | 'absent' {
  let answer: MatchAnswer = 'yes'
  for (const [i, value] of values.entries()) {
    if (value === 'absent') return 'absent'
    if (value === 'unseen') answer = answer === 'no' ? 'no' : 'unknown'
    else if (value < box[i].low || value > box[i].high) answer = 'no'
  }
  return answer
}

/** The values of several fields of one packet. */
export function valuesOf(
  keys: readonly FieldKey[],
  path: WalkPath,
  view: Viewpoint,
): readonly FieldValue[] {
  return keys.map((key) => fieldValue(key, path, view))
}

function matchField(
  { key, ranges }: FieldMatch,
  path: WalkPath,
  view: Viewpoint,
): MatchAnswer | 'absent' {
  const value = fieldValue(key, path, view)
  if (value === 'absent') return value
  if (ranges.length === 0) return 'no'
  if (value === 'unseen') return 'unknown'
  return rangesHold(ranges, value) ? 'yes' : 'no'
}

function matchTuple(
  { keys, boxes }: TupleMatch,
  path: WalkPath,
  view: Viewpoint,
): MatchAnswer | 'absent' {
  const values = valuesOf(keys, path, view)
  if (values.includes('absent')) return 'absent'
  let answer: MatchAnswer = 'no'
  for (const box of boxes) {
    const held = matchBox(values, box)
    if (held === 'yes') return 'yes'
    if (held === 'unknown') answer = 'unknown'
  }
  return answer
}
