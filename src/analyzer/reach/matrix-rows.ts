import { hasPortWords } from '#fabric'
import type { Verdict } from '#model'
import { formatProtocol, PortSet } from '#net'
import type { Ground } from '../resolve/ground.ts'
import { protocolNumber } from '../resolve/protocol.ts'
import type { Atom } from './matrix/atom.ts'
import { listAtoms, pointAtom } from './matrix/list-atoms.ts'
import { type AtomMatrix, type PairMatrix } from './matrix/pair-matrix.ts'
import { alikeEnds, type Unit } from './matrix/alike-ends.ts'
import { reachFormat, type ReachPart, type ReachQuestion, type ReachRow } from './reach-row.ts'
import type { ReachEnd } from './reach-end.ts'

/** What the lines of a matrix are made with. */
export interface MatrixTools {
  readonly ground: Ground
  readonly matrix: PairMatrix
  /** Parts of a pair that is asked by itself, without reasons. */
  readonly partsOf: (from: ReachEnd, to: ReachEnd) => readonly ReachPart[]
  /** The number that stands for every protocol that nothing names, in a question for any. */
  readonly other: number
}

/** All pairs as lines: who can send alike to the same is one line, in the order of the network file. */
export function* matrixRows(tools: MatrixTools, asked: ReachQuestion): Generator<ReachRow, void> {
  const { ends, at } = tools.matrix
  const matrices = atomsOf(tools.ground, asked).map(at)
  const senders = alikeEnds(matrices.map((matrix) => matrix.senders()))
  const receivers = alikeEnds(matrices.map((matrix) => matrix.receivers()))
  const odd = receivers.filter(({ isOdd }) => isOdd).flatMap((receiver) => receiver.ends)
  const folded = new Map<string, FoldedLine>()
  const fold = (line: Line, from: readonly number[]): void => {
    for (const to of line.values()) to.sort((a, b) => a - b)
    const key = JSON.stringify([...line])
    const known = folded.get(key)
    if (known) known.from.push(...from)
    else if (line.size > 0) folded.set(key, { from: [...from], line })
  }
  for (const sender of senders) {
    if (sender.isOdd) fold(askedLine(tools, sender.ends[0], ends.keys(), new Map()), sender.ends)
    else {
      const line = classLine(tools, asked, matrices, sender, receivers)
      if (odd.length === 0) fold(line, sender.ends)
      // To an odd end, ends that are alike to all others need not be.
      else for (const from of sender.ends) fold(askedLine(tools, from, odd, copyOf(line)), [from])
    }
  }
  for (const { from, line } of folded.values()) {
    for (const [parts, to] of line) {
      yield {
        kind: reachFormat,
        from: from.toSorted((a, b) => a - b).map((end) => ends[end].place),
        to: to.map((end) => ends[end].place),
        parts: JSON.parse(parts),
      }
    }
  }
}

interface FoldedLine {
  readonly from: number[]
  readonly line: Line
}

/** The ends that get the same packets, by what these are. */
type Line = Map<string, number[]>

const copyOf = (line: Line): Line => new Map([...line].map(([parts, to]) => [parts, [...to]]))

function addTo(line: Line, parts: readonly ReachPart[], to: readonly number[]): void {
  if (parts.length === 0) return
  const key = JSON.stringify(parts)
  const known = line.get(key)
  if (known) known.push(...to)
  else line.set(key, [...to])
}

/** What one end can send to others, each asked by itself. */
function askedLine(
  { matrix: { ends }, partsOf }: MatrixTools,
  from: number,
  others: Iterable<number>,
  line: Line,
): Line {
  for (const to of others) if (to !== from) addTo(line, partsOf(ends[from], ends[to]), [to])
  return line
}

/** What ends of one class can send to the others that are not odd. */
function classLine(
  tools: MatrixTools,
  asked: ReachQuestion,
  matrices: readonly AtomMatrix[],
  sender: Unit,
  receivers: readonly Unit[],
): Line {
  const line: Line = new Map()
  for (const receiver of receivers) {
    const pair = receiver.isOdd ? undefined : pairBetween(tools.matrix, sender, receiver)
    if (pair) addTo(line, atomParts(tools, asked, matrices, ...pair), receiver.ends)
  }
  return line
}

/** An end of each that are not of one guest: what holds for them holds for all such pairs. */
function pairBetween(
  { isPair }: PairMatrix,
  { ends: sources }: Unit,
  { ends: destinations }: Unit,
): readonly [number, number] | undefined {
  for (const from of sources) {
    for (const to of destinations) if (isPair(from, to)) return [from, to]
  }
  return undefined
}

/** What the atoms say of a pair, put together by protocol and verdict. */
function atomParts(
  { other }: MatrixTools,
  { protocol }: ReachQuestion,
  matrices: readonly AtomMatrix[],
  from: number,
  to: number,
): ReachPart[] {
  const found = new Map<string, { atom: Atom; verdict: Verdict; ports: Atom[] }>()
  for (const { atom, verdict } of matrices) {
    const told = verdict(from, to)
    if (told === undefined || told === 'unreachable') continue
    const key = `${atom.protocol} ${told}`
    const known = found.get(key)
    if (known) known.ports.push(atom)
    else found.set(key, { atom, verdict: told, ports: [atom] })
  }
  return [...found.values()].map(({ atom, verdict, ports }) => ({
    verdict,
    protocol:
      protocol === 'any' && atom.protocol === other ? 'other' : formatProtocol(atom.protocol),
    ...(hasPortWords(atom.protocol) ? { ports: PortSet.format(PortSet.fromRanges(ports)) } : {}),
    because: [],
    findings: [],
  }))
}

function atomsOf(ground: Ground, { protocol, port }: ReachQuestion): Atom[] {
  if (protocol === 'any') return listAtoms(ground)
  const four = protocolNumber(protocol, 4)
  const six = protocolNumber(protocol, 6)
  if (four !== six) return [pointAtom(four, 0, [4]), pointAtom(six, 0, [6])]
  return port === undefined ? listAtoms(ground, [four]) : [pointAtom(four, port, [4, 6])]
}
