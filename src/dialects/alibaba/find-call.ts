import type { Call, Yield } from './call.ts'
import { calls } from './calls.ts'
import { child, elementsOf, isAbsent, isContainer, isRecord } from '../spot.ts'
import type { Spot } from '../spot.ts'

/** The call whose answer this is, told by its keys; `keys` are the names around it, if any. */
export function findCall(spot: Spot, keys: readonly string[]): Call | undefined {
  return isRecord(spot.value) ? calls.find((call) => fits(call, spot, keys)) : undefined
}

/** How a list stands in its answer. `bare`: without its wrapper object. `broken`: not a list at all. */
export type ListShape = 'exact' | 'bare' | 'single' | 'broken'

export interface FoundList {
  readonly items: readonly Spot[]
  readonly shape: ListShape
}

/** Finds the list of a yield inside an answer or inside a record. */
export function findList(spot: Spot, path: Yield['path']): FoundList {
  const [key, wrapper] = path
  if (key === undefined) return { items: [spot], shape: 'exact' }
  const outer = child(spot, key)
  // Without a wrapper: a bare list, or the one record of a detailed answer.
  if (wrapper === undefined) {
    return isRecord(outer.value) ? { items: [outer], shape: 'exact' } : listAt(outer)
  }
  if (Array.isArray(outer.value)) return { items: elementsOf(outer), shape: 'bare' }
  if (!isRecord(outer.value)) return { items: [], shape: 'broken' }
  const inner = child(outer, wrapper)
  return isAbsent(inner) ? { items: [], shape: 'exact' } : listAt(inner)
}

function listAt(spot: Spot): FoundList {
  if (Array.isArray(spot.value)) return { items: elementsOf(spot), shape: 'exact' }
  // The XML form of the APIs, turned to JSON, has a lone record in place of a list of one.
  if (isRecord(spot.value)) return { items: [spot], shape: 'single' }
  return { items: [], shape: 'broken' }
}

function fits(call: Call, spot: Spot, keys: readonly string[]): boolean {
  const has = (key: string): boolean => child(spot, key).value !== undefined
  if (!call.marks.every(has) || call.unless?.some(has)) return false
  if (call.proof && !keys.includes(call.name) && !call.proof.some(has)) return false
  const listed = call.yields.find(({ path }) => path.length > 0)
  if (!listed) return true
  const { items, shape } = findList(spot, listed.path)
  const [first] = items
  const certain = has('RequestId') || keys.includes(call.name)
  if (!first) return certain || shape !== 'bare' ? !call.elementHas || certain : false
  if (call.elementHas) return call.elementHas.some((key) => hasPlain(first, key))
  return shape !== 'bare' || looksOurs(listed, first)
}

/**
 * AWS answers have some of the same keys (`Vpcs`, `SecurityGroups`, `NatGateways` …) over bare
 * lists. Their elements differ in these fields, or have another id.
 */
const foreignFields = ['State', 'Associations', 'IpPermissions', 'Cidrs', 'Routes', 'GroupId']

function looksOurs(listed: Yield, element: Spot): boolean {
  const known = listed.id === undefined || hasOwn(element, listed.id)
  return known && !foreignFields.some((key) => hasOwn(element, key))
}

function hasOwn(spot: Spot, key: string): boolean {
  return child(spot, key).value !== undefined
}

/** Entries of AWS network ACLs have a `PortRange` too, which is an object or null. */
function hasPlain(spot: Spot, key: string): boolean {
  const found = child(spot, key)
  return !isAbsent(found) && !isContainer(found.value)
}
