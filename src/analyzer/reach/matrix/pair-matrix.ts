import type { Fabric } from '#fabric'
import type { Verdict } from '#model'
import type { ReachEnd } from '../reach-end.ts'
import type { Atom } from './atom.ts'
import { type AtomClasses, createClassifier } from './atom-classes.ts'
import { countPairs } from './count-pairs.ts'
import { PLACED, placedVerdicts } from './place-verdicts.ts'
import { type Places, placesOf, sharesGuest } from './places.ts'
import { plainEnds } from './plain-ends.ts'

/** What the analyzer says of one pair of ends about an atom; undefined where they are no pair. */
export type AskOne = (from: ReachEnd, to: ReachEnd, atom: Atom) => Verdict | undefined

/** Who can send the packets of one atom to whom: classes of ends and a matrix of bits. */
export interface AtomMatrix {
  readonly atom: Atom
  /** Verdict of a pair, by positions in the list of ends; undefined where it is none. */
  readonly verdict: (from: number, to: number) => Verdict | undefined
  /** How many pairs are reachable. */
  readonly count: () => number
  /**
   * Ends of one number send alike to all ends that are not odd, and get alike from them. Odd ones,
   * which are asked pair by pair, have negative numbers of their own.
   */
  readonly senders: () => Int32Array
  readonly receivers: () => Int32Array
}

/** Matrices over the ends of a fabric, one an atom. */
export interface PairMatrix {
  readonly ends: readonly ReachEnd[]
  readonly at: (atom: Atom) => AtomMatrix
  /** Whether two ends are a pair at all, and one that stands for others of their classes. */
  readonly isPair: (from: number, to: number) => boolean
}

/**
 * All pairs of ends at once: ends that nothing tells apart are one class, groups are decided class
 * by class in words of 32, the rest of the way place by place with the engine that answers
 * questions, and what does not fit that is asked pair by pair, as questions are (decision 0011).
 */
export function createPairMatrix(
  fabric: Fabric,
  ends: readonly ReachEnd[],
  askOne: AskOne,
): PairMatrix {
  const places = placesOf(fabric, ends, plainEnds(fabric, ends))
  const classify = createClassifier(fabric, ends, places)
  const positions = new Int32Array(ends.length).fill(-1)
  places.ends.forEach((end, at) => {
    positions[end] = at
  })

  return {
    ends,
    at: (atom) => matrixOf(classify(atom)),
    isPair: (from, to) =>
      from !== to &&
      ends[from].family === ends[to].family &&
      !(ends[from].port >= 0 && sharesGuest(fabric, ends[from], ends[to])),
  }

  function matrixOf(classes: AtomClasses): AtomMatrix {
    const verdict = verdictsOf(fabric, ends, places, positions, classes, askOne)
    const { atom, source, destination } = classes
    return {
      atom,
      verdict,
      count: () => countPairs(fabric, ends, places, positions, classes, verdict),
      senders: () => numbersOf(places, classes, source.classes.of, ends.length),
      receivers: () => numbersOf(places, classes, destination.classes.of, ends.length),
    }
  }
}

function verdictsOf(
  fabric: Fabric,
  ends: readonly ReachEnd[],
  places: Places,
  positions: Int32Array,
  classes: AtomClasses,
  askOne: AskOne,
): AtomMatrix['verdict'] {
  const { atom, placed } = classes
  return (from, to) => {
    const { family } = ends[from]
    if (from === to || family !== ends[to].family) return undefined
    if (!atom.families.includes(family)) return undefined
    const [source, destination] = [positions[from], positions[to]]
    const isOdd = source < 0 || destination < 0
    if (isOdd || sharesGuest(fabric, ends[from], ends[to])) {
      return askOne(ends[from], ends[to], atom)
    }
    const way = placed[places.of[destination] * places.count + places.of[source]]
    if (way === PLACED.walked) return askOne(ends[from], ends[to], atom)
    if (way === PLACED.unreachable) return 'unreachable'
    return classes.admits(source, destination) ? placedVerdicts[way] : 'unreachable'
  }
}

/** Classes, and behind them a number of its own for each end that is asked pair by pair. */
function numbersOf(
  { ends, of: placeOf, count }: Places,
  { placed }: AtomClasses,
  classOf: Int32Array,
  total: number,
): Int32Array {
  const walked = new Uint8Array(count)
  placed.forEach((way, at) => {
    if (way !== PLACED.walked) return
    walked[at % count] = 1
    walked[Math.floor(at / count)] = 1
  })
  const numbers = new Int32Array(total)
  for (let end = 0; end < total; end++) numbers[end] = -1 - end
  ends.forEach((end, at) => {
    if (walked[placeOf[at]] !== 1) numbers[end] = classOf[at]
  })
  return numbers
}
