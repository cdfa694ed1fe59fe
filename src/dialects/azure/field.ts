import { child, isAbsent, isContainer, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'

/**
 * A field of a resource or of a part of one: under `properties` as ARM prints it, or beside the id
 * as the az CLI does. Tools disagree on capitals too (`publicIpAddresses`, `publicIPAddresses`).
 */
export function field(spot: Spot, key: string): Spot {
  const inner = childLike(childLike(spot, 'properties'), key)
  return isAbsent(inner) ? childLike(spot, key) : inner
}

function childLike(spot: Spot, key: string): Spot {
  const exact = child(spot, key)
  if (exact.value !== undefined || !isContainer(spot.value) || Array.isArray(spot.value))
    return exact
  const small = key.toLowerCase()
  const name = Object.keys(spot.value).find((each) => each.toLowerCase() === small)
  return name === undefined ? exact : child(spot, name)
}

/** The id that a part names another resource by: `{ "id": "/subscriptions/…" }`. */
export function namedId(spot: Spot): string | undefined {
  return textOf(field(spot, 'id'))
}
