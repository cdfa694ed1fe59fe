import { addressesOf, type Fabric, hasPortWords, rankFamily } from '#fabric'
import type { Answer, Component, Question } from '#model'
import { AddressSet, formatProtocol, PortSet } from '#net'
import { settledAnswer } from '../compose-answer.ts'
import type { DecidedBox } from '../decide-boxes.ts'
import type { Follower } from '../follow.ts'
import { joinReasons } from '../join-port-ranges.ts'
import { protocolText } from '../resolve/protocol.ts'
import type { ResolvedQuestion } from '../resolve/question-resolution.ts'
import type { PairResolution } from './ask-pair.ts'
import { decidePair } from './decide-pair.ts'
import { type HeaderPart, headerSet, type Stretch } from './header-set.ts'
import type { ReachPart, ReachPlace, ReachReason } from './reach-row.ts'
import { type BoxTold, createTeller } from './tell-box.ts'

/** What the parts of a pair are made with. */
export interface PairTools {
  readonly fabric: Fabric
  readonly follower: Follower
  readonly explain: (question: Question, resolved: ResolvedQuestion) => Answer
  /** In a question for `any`: the number that stands for every protocol that nothing names. */
  readonly other: number
}

/** One pair, as it is asked. */
export interface AskedPair {
  readonly question: Question
  readonly resolution: PairResolution
  readonly to: ReachPlace
  /** Tells what does not get through, too. */
  readonly why: boolean
}

/** The packets of one pair by verdict and reason. */
export function pairParts(tools: PairTools, pair: AskedPair): ReachPart[] {
  const { question, resolution, why } = pair
  if (resolution.kind === 'settled') {
    const { verdict, findings } = settledAnswer(question, resolution)
    if (verdict === 'unreachable' && !why) return []
    const protocol = protocolText(question.protocol)
    const ports = question.port === undefined ? {} : { ports: String(question.port) }
    return [{ verdict, protocol, ...ports, because: [], findings }]
  }
  const boxes = decidePair(tools.follower, resolution.boxes)
  if (!why && boxes.every(isRefused)) return []
  const tell = createTeller(tools.explain, question, resolution)
  const parts = headerSet<BoxTold | DecidedBox>(boxes, (decided) =>
    why || !isRefused(decided) ? tell(decided) : { key: '', tag: decided },
  )
  return parts
    .filter(({ verdict }) => why || verdict !== 'unreachable')
    .map((part) => partOf(tools, pair, part, tell))
}

/** The packets of one pair by verdict alone. */
export function verdictParts(tools: PairTools, pair: AskedPair): ReachPart[] {
  const { resolution } = pair
  if (resolution.kind === 'settled') {
    return pairParts(tools, pair).map((part) => ({ ...part, findings: [] }))
  }
  const boxes = decidePair(tools.follower, resolution.boxes)
  const silent = { because: [], findings: [], at: undefined }
  return headerSet(boxes, () => ({ key: '', tag: silent }))
    .filter(({ verdict }) => verdict !== 'unreachable')
    .map((part) => partOf(tools, pair, part, () => ({ key: '', tag: silent })))
}

const isRefused = ({ verdict }: DecidedBox): boolean => verdict === 'unreachable'

type Teller = ReturnType<typeof createTeller>

/** What was refused is explained only where other client ports of the same port get through. */
function partOf(
  tools: PairTools,
  { question, resolution, to }: AskedPair,
  part: HeaderPart<BoxTold | DecidedBox>,
  tell: Teller,
): ReachPart {
  const told = [...part.tags].map((tag) => ('box' in tag ? tell(tag).tag : tag))
  const [at] = told.flatMap((one) => one.at ?? [])
  const isOther = question.protocol === 'any' && part.protocol === tools.other
  return {
    verdict: part.verdict,
    protocol: isOther ? 'other' : formatProtocol(part.protocol),
    ...portsOf(part),
    ...addressesIn(tools.fabric, resolution, part),
    ...(at && isElsewhere(at, to) ? { at } : {}),
    because: withoutRepeats(told.flatMap(({ because }) => because)),
    findings: joinReasons(told.flatMap(({ findings }) => findings)),
  }
}

const portsOf = ({ protocol, ports }: HeaderPart<unknown>): Pick<ReachPart, 'ports'> =>
  hasPortWords(protocol) ? { ports: PortSet.format(PortSet.fromRanges(ports)) } : {}

/** Of an end that is more than one address, where the part is not about all of it. */
function addressesIn(
  fabric: Fabric,
  resolution: PairResolution,
  { protocol, sources, destinations }: HeaderPart<unknown>,
): Pick<ReachPart, 'sources' | 'destinations'> {
  if (resolution.kind !== 'resolved') return {}
  const asked = resolution.boxes.filter((box) => box.protocol === protocol)
  const from = asked.map(({ source, sourceHigh }) => ({ low: source, high: sourceHigh }))
  const to = asked.map(({ destination: low, destinationHigh: high }) => ({ low, high }))
  return {
    ...(isWhole(sources, from) ? {} : { sources: addressText(fabric, sources) }),
    ...(isWhole(destinations, to) ? {} : { destinations: addressText(fabric, destinations) }),
  }
}

/** Parts are cut out of what was asked: as many ranks are all of them. */
function isWhole(ranks: readonly Stretch[], asked: readonly Stretch[]): boolean {
  const all = new Map(asked.map((stretch) => [stretch.low, stretch]))
  return count(ranks) === count([...all.values()])
}

const count = (ranks: readonly Stretch[]): number =>
  ranks.reduce((sum, { low, high }) => sum + high - low + 1, 0)

function addressText({ line }: Fabric, ranks: readonly Stretch[]): string {
  return AddressSet.format(
    AddressSet.fromRanges(
      ranks.map(({ low, high }) => ({
        family: rankFamily(line, low),
        low: addressesOf(line, low).low,
        high: addressesOf(line, high).high,
      })),
    ),
  )
}

/** What takes a packet is told where it is not the place itself, or the instance around it. */
const isElsewhere = (at: Component, to: ReachPlace): boolean =>
  to.kind !== 'networkInterface' && to.kind !== 'internet' && at.id !== to.id

function withoutRepeats(reasons: readonly ReachReason[]): ReachReason[] {
  const known = new Map(reasons.map((reason) => [JSON.stringify(reason), reason]))
  return [...known.values()]
}
