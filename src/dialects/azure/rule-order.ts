import type { SecurityGroupRule } from '#model'

import { compareText } from '../compare-text.ts'

/** As they are asked: by direction, then by priority. */
export function inOrder(rules: readonly SecurityGroupRule[]): readonly SecurityGroupRule[] {
  return rules.toSorted(
    (a, b) =>
      compareText(b.direction, a.direction) || a.priority - b.priority || compareText(a.id, b.id),
  )
}
