import { brandNetwork } from './brand-network.ts'
import { indexAnew } from '../index-network.ts'
import type { NetworkIndex } from '../index-network.ts'
import { pointerTo } from '../json-pointer.ts'
import type { Gap, Network } from '../network.ts'
import type { ProblemLog } from '../problem-log.ts'
import type { Provider, ResourceKind } from '../resource.ts'
import type { ListName } from '../schema/network.ts'

/** What the shape check proved: the part of the file that the cross-checks may rely on. */
export interface Evidence {
  /** The input without its broken items; the input itself when there are none. */
  readonly network: Network
  readonly index: NetworkIndex
  /** The JSON pointer of the nth usable item of an array. */
  readonly pointer: (list: ListName, nth: number) => string
  /** Whether the file admits not to know a resource: by a gap, or because its entry is broken. */
  readonly excuses: (kind: ResourceKind, provider: Provider, id: string) => boolean
  /** Whether every resource of a kind was read, so that counting them means something. */
  readonly complete: (kind: ResourceKind, provider: Provider) => boolean
}

/** A cross-check reads the evidence and reports. */
export type Check = (evidence: Evidence, log: ProblemLog) => void

/** An item that failed its schema. */
export interface BrokenItem {
  readonly list: ListName
  /** Its place in the array; `all`: the array itself is none. */
  readonly position: number | 'all'
  /** Undefined when not even the id can be read. */
  readonly id: string | undefined
}

/** `input` is a network but for the items named as broken. */
export function gatherEvidence(
  input: Readonly<Record<string, unknown>>,
  broken: readonly BrokenItem[],
): Evidence {
  const positions = usablePositions(input, broken)
  const network = brandNetwork(positions.size === 0 ? input : withoutBroken(input, positions))
  return {
    network,
    index: indexAnew(network),
    pointer: (list, nth) => pointerTo(`/${list}`, positions.get(list)?.[nth] ?? nth),
    excuses: excuseFinder(network.gaps ?? [], broken),
    complete: (kind, provider) =>
      broken.every(({ list }) => list !== kind && list !== 'gaps') &&
      (network.gaps ?? []).every((gap) => gap.kind !== kind || gap.provider !== provider),
  }
}

/** For each array with broken items, the places of the others. */
type Positions = ReadonlyMap<ListName, readonly number[]>

function usablePositions(
  input: Readonly<Record<string, unknown>>,
  broken: readonly BrokenItem[],
): Positions {
  const lists = new Set(broken.map(({ list }) => list))
  return new Map([...lists].map((list) => [list, placesWithout(input[list], list, broken)]))
}

function placesWithout(items: unknown, name: ListName, broken: readonly BrokenItem[]) {
  if (!Array.isArray(items)) return []
  const ofList = broken.filter(({ list }) => list === name)
  const gone = new Set(ofList.map(({ position }) => position))
  return Array.from(items.keys()).filter((position) => !gone.has(position))
}

function withoutBroken(input: Readonly<Record<string, unknown>>, positions: Positions) {
  const usable: Record<string, unknown> = { ...input }
  for (const [list, kept] of positions) {
    const items = input[list]
    usable[list] = Array.isArray(items) ? kept.map((position) => items[position]) : []
  }
  return usable
}

function excuseFinder(gaps: readonly Gap[], broken: readonly BrokenItem[]): Evidence['excuses'] {
  // A gap that cannot be read might have covered anything.
  if (broken.some(({ list }) => list === 'gaps')) return () => true
  const excused = new Set([
    ...gaps.map(({ kind, provider, id }) => excuse(kind, provider, id)),
    ...broken.map(({ list, id }) => excuse(list, '', id)),
  ])
  return (kind, provider, id) =>
    excused.has(excuse(kind, provider, id)) ||
    excused.has(excuse(kind, provider)) ||
    excused.has(excuse(kind, '', id)) ||
    excused.has(excuse(kind, ''))
}

/** Without id: whatever is of that kind. Without provider: whichever it is. */
function excuse(kind: string, provider: Provider | '', id = ''): string {
  return `${kind} ${provider} ${id}`
}
