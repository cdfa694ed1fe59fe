import type { Fabric } from '#fabric'
import type { Verdict } from '#model'
import { decideBoxes } from '../../decide-boxes.ts'
import { createFollower } from '../../follow.ts'
import { blankPacket, type OpenPacket } from '../../split-box.ts'
import type { ReachEnd } from '../reach-end.ts'
import type { Atom } from './atom.ts'
import { filterKey, subnetLists } from './filter-key.ts'
import { withoutGroups } from './neutral-fabric.ts'
import { type Places, sharesGuest } from './places.ts'
import { WAY, waysBetween } from './place-ways.ts'

/** What a walk between two places says where no group says no. */
export const PLACED = {
  unreachable: 0,
  reachable: 1,
  partial: 2,
  leaves: 3,
  open: 4,
  walked: 5,
} as const

const numbers = {
  unreachable: PLACED.unreachable,
  reachable: PLACED.reachable,
  partial: PLACED.partial,
  leaves_model: PLACED.leaves,
  undetermined: PLACED.open,
} as const satisfies Record<Verdict, number>

/** Verdicts by number. */
export const placedVerdicts = [
  'unreachable',
  'reachable',
  'partial',
  'leaves_model',
  'undetermined',
] as const satisfies readonly Verdict[]

/** First port that a client of any operating system sends from (docs/decisions/0004). */
const FIRST_EPHEMERAL = 1024
const LAST_PORT = 65535

/** Decides pairs of places for an atom, destinations by rows: one walk each, nearly always. */
export function createPlaceDecider(
  fabric: Fabric,
  ends: readonly ReachEnd[],
  places: Places,
): (atom: Atom) => Uint8Array {
  const follower = createFollower(withoutGroups(fabric))
  const box = blankPacket()
  const ways = waysBetween(fabric, ends, places)
  const filters = subnetLists(fabric, ends, places)
  const known = new Map<string, Uint8Array>()

  return (atom) => {
    const key = filterKey(fabric, filters, atom)
    const placed = known.get(key) ?? decideAll(atom)
    known.set(key, placed)
    return placed
  }

  function decideAll(atom: Atom): Uint8Array {
    const { count } = places
    const placed = new Uint8Array(count * count)
    for (let to = 0; to < count; to++) {
      for (let from = 0; from < count; from++) {
        const at = to * count + from
        if (ways[at] === WAY.walked) placed[at] = PLACED.walked
        else if (ways[at] === WAY.plain) placed[at] = decide(atom, from, to)
      }
    }
    return placed
  }

  function decide(atom: Atom, from: number, to: number): number {
    if (!atom.families.includes(places.family[to] === 4 ? 4 : 6)) return PLACED.unreachable
    const pair = twoEnds(fabric, ends, places, from, to)
    if (!pair) return PLACED.unreachable
    load(box, fabric, pair, atom)
    const { boxes, cut, verdict } = decideBoxes(follower, [box])
    // Ports that a walk tells apart although no rule does: then pairs are walked.
    const isUniform = boxes.every(
      ({ box: part }) =>
        part.destinationPort === atom.low && part.destinationPortHigh === atom.high,
    )
    return cut === undefined && isUniform ? numbers[verdict] : PLACED.walked
  }
}

/** Ends of two places that are not of one guest: what they say holds for all that are not. */
function twoEnds(
  fabric: Fabric,
  ends: readonly ReachEnd[],
  { first, second }: Places,
  from: number,
  to: number,
): readonly [ReachEnd, ReachEnd] | undefined {
  const candidates = [
    [first[from], first[to]],
    [first[from], second[to]],
    [second[from], first[to]],
  ] as const
  const found = candidates.find(
    ([a, b]) => a >= 0 && b >= 0 && !sharesGuest(fabric, ends[a], ends[b]),
  )
  return found && [ends[found[0]], ends[found[1]]]
}

function load(
  box: OpenPacket,
  { ports }: Fabric,
  [from, to]: readonly [ReachEnd, ReachEnd],
  { protocol, low, high }: Atom,
): void {
  const ported = high > 0
  box.instance = -1
  box.port = from.port
  box.source = from.rank
  box.sourceHigh = from.rank
  box.destination = to.rank
  box.destinationHigh = to.rank
  box.protocol = protocol
  box.sourcePort = ported ? FIRST_EPHEMERAL : 0
  box.sourcePortHigh = ported ? LAST_PORT : 0
  box.destinationPort = low
  box.destinationPortHigh = high
  box.target = to.port
  box.targetDomain = ports.domain[to.port]
  box.outside = false
  box.exit = -1
}
