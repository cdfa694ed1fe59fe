import { child, isAbsent } from '../spot.ts'
import type { Spot } from '../spot.ts'

/** A field as EC2 spells it (`VpcId`), or with a small first letter as Direct Connect does. */
export function field(spot: Spot, key: string): Spot {
  const found = child(spot, key)
  return isAbsent(found) ? child(spot, key.charAt(0).toLowerCase() + key.slice(1)) : found
}

/** Whether the field is there at all, be it `null`. */
export function hasField(spot: Spot, key: string): boolean {
  const own = child(spot, key).value
  const small = child(spot, key.charAt(0).toLowerCase() + key.slice(1)).value
  return own !== undefined || small !== undefined
}
