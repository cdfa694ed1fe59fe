import { child, elementsOf, isAbsent, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { parseArmId } from './arm-id.ts'
import { armKinds, kindOf, kindOfType } from './arm-kind.ts'
import type { KindName } from './arm-kind.ts'
import { field } from './field.ts'
import { isResource } from './unfold.ts'

/** One resource as one place printed it. */
export interface Sighting {
  readonly kind: KindName
  readonly id: string
  readonly spot: Spot
  /** Whether it stood inside what it is part of. */
  readonly inside: boolean
}

/** What the resources of a document are, their parts included; `lost` are parts without a name. */
export interface Sighted {
  readonly sightings: readonly Sighting[]
  readonly lost: readonly { readonly parent: Sighting; readonly spot: Spot }[]
  /** Resources of types that are not read. */
  readonly others: readonly Spot[]
}

export function sightResources(spots: readonly Spot[]): Sighted {
  const sightings: Sighting[] = []
  const lost: { parent: Sighting; spot: Spot }[] = []
  const others: Spot[] = []
  const take = (sighting: Sighting): void => {
    sightings.push(sighting)
    for (const list of kindOf(sighting.kind).parts ?? []) {
      const whole = field(sighting.spot, list)
      if (!isAbsent(whole) && !Array.isArray(whole.value)) {
        lost.push({ parent: sighting, spot: whole })
      }
      for (const spot of elementsOf(whole)) {
        const part = sightPart(sighting, list, spot)
        if (part === 'lost') lost.push({ parent: sighting, spot })
        else if (part) take(part)
      }
    }
  }
  for (const spot of spots) {
    const id = textOf(child(spot, 'id')) ?? ''
    const kind = kindOfType(parseArmId(id)?.type ?? '')
    if (kind) take({ kind, id, spot, inside: false })
    else others.push(spot)
  }
  return { sightings, lost, others }
}

/** A part; undefined for a mere reference to one. */
function sightPart(parent: Sighting, list: string, spot: Spot): Sighting | 'lost' | undefined {
  const kind = kindOfType(`${armKinds[parent.kind].type}/${list.toLowerCase()}`)
  if (!kind) return undefined
  const own = textOf(child(spot, 'id'))
  if (own !== undefined && kindOfType(parseArmId(own)?.type ?? '') === kind) {
    return isResource(spot) ? { kind, id: own, spot, inside: true } : undefined
  }
  const name = textOf(child(spot, 'name'))
  if (name === undefined || name.includes('/')) return 'lost'
  return { kind, id: `${parent.id}/${list}/${name}`, spot, inside: true }
}
