import { fieldValue } from './field-value.ts'
import type { FieldValue, Viewpoint } from './field-value.ts'
import type { FieldKey } from './firewall-field.ts'
import type { FirewallObserver } from './firewall-observer.ts'
import type { FieldMatch, TupleMatch } from './firewall-ruleset.ts'
import { rangesAgreeUpTo, rangesHold } from './number-range.ts'
import type { NumberRange } from './number-range.ts'
import type { WalkPath } from './walk-path.ts'

/** Whether a condition holds, as far as the facts tell. */
export type MatchAnswer = 'yes' | 'no' | 'unknown'

/** A packet as it is at one place, and who is told what is looked at. */
export interface Sight {
  readonly path: WalkPath
  readonly view: Viewpoint
  readonly observer: FirewallObserver | undefined
}

/** Whether a packet meets a condition on one field or several. */
export function matchStep(step: FieldMatch | TupleMatch, sight: Sight): MatchAnswer {
  const answer = step.kind === 'match' ? matchField(step, sight) : matchTuple(step, sight)
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
  { path, view }: Omit<Sight, 'observer'>,
): readonly FieldValue[] {
  return keys.map((key) => fieldValue(key, path, view))
}

/** Tells how far it holds that a box of these keys has the packet, has it not, or may have it. */
export function tellOfBox(
  keys: readonly FieldKey[],
  values: readonly FieldValue[],
  box: readonly NumberRange[],
  sight: Sight,
): void {
  if (!sight.observer) return
  const failing = keys.flatMap((_, i) => (isOutside(values[i], box[i]) ? [i] : []))
  if (failing.length === 0) {
    for (const [i, key] of keys.entries()) tell(key, sight, box[i].high)
    return
  }
  // One condition that fails is enough; the best is one that fails for everybody.
  const { watched } = sight.observer
  const forAll = failing.some(
    (i) => !watched.has(keys[i].field) || isBeyond(keys[i], values[i], box[i]),
  )
  if (!forAll) tell(keys[failing[0]], sight, box[failing[0]].low - 1n)
}

function isOutside(value: FieldValue, { low, high }: NumberRange): boolean {
  return typeof value === 'bigint' && (value < low || value > high)
}

/** Whether no higher value comes into a range again. */
function isBeyond({ mask }: FieldKey, value: FieldValue, { high }: NumberRange): boolean {
  return mask === undefined && typeof value === 'bigint' && value > high
}

/** Under a mask a neighbour may be something else altogether: then only the value itself is sure. */
function tell(key: FieldKey, { path, view, observer }: Sight, upTo: bigint | undefined): void {
  const { field, mask } = key
  if (!observer?.watched.has(field)) return
  const end = mask === undefined ? upTo : fieldValue({ field }, path, view)
  if (typeof end === 'bigint') observer.compared(field, end)
}

function matchField({ key, ranges }: FieldMatch, sight: Sight): MatchAnswer | 'absent' {
  const value = fieldValue(key, sight.path, sight.view)
  if (value === 'absent') return value
  if (ranges.length === 0) return 'no'
  if (value === 'unseen') return 'unknown'
  if (sight.observer) tell(key, sight, rangesAgreeUpTo(ranges, value))
  return rangesHold(ranges, value) ? 'yes' : 'no'
}

function matchTuple({ keys, boxes }: TupleMatch, sight: Sight): MatchAnswer | 'absent' {
  const values = valuesOf(keys, sight)
  if (values.includes('absent')) return 'absent'
  let answer: MatchAnswer = 'no'
  for (const box of boxes) {
    const held = matchBox(values, box)
    if (held === 'yes') {
      tellOfBox(keys, values, box, sight)
      return 'yes'
    }
    if (held === 'unknown') answer = 'unknown'
  }
  for (const box of boxes) tellOfBox(keys, values, box, sight)
  return answer
}
