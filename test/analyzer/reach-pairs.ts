import type { Analyzer, ReachPart, ReachRow, ReachRows } from '#analyzer'
import type { AnswerError, Question, QuestionProtocol, Verdict } from '#model'
import { PortSet } from '#net'

/** A single packet's worth of question, for every client port. */
export type Sample = Pick<Question, 'protocol' | 'port'>

/** Lines of a set that could be asked. */
export function rowsOf(rows: ReachRows | AnswerError): ReachRow[] {
  if ('error' in rows) throw new Error(rows.error.message)
  return [...rows]
}

/** The parts of the first line of a pair in a family: by its id, a place has its first address. */
export function partsOf(rows: readonly ReachRow[], isIpv6: boolean): readonly ReachPart[] {
  const family = (address = ''): boolean => address.includes(':')
  const row = rows.find(({ from, to }) =>
    [from[0], to[0]].some((end) => end.address !== undefined && family(end.address) === isIpv6),
  )
  return (row ?? rows[0])?.parts ?? []
}

/**
 * What lines say of one sample: the verdict of the part that holds it, and of no part: no. Ends
 * that are ranges are in several parts, which have to say one thing together.
 */
export function verdictIn(parts: readonly ReachPart[], sample: Sample): Verdict {
  const here = parts.filter((part) => holds(part, sample))
  const ranged = here.some(({ sources, destinations }) => sources ?? destinations)
  if (here.length > 1 && !ranged) {
    throw new Error(`told twice: ${JSON.stringify({ sample, parts })}`)
  }
  const verdicts = new Set(here.map(({ verdict }) => verdict))
  const [first = 'unreachable'] = verdicts
  if (verdicts.size < 2) return first
  return verdicts.has('undetermined') ? 'undetermined' : 'partial'
}

/** Ports at and around every boundary of the parts, and a few more, for each protocol. */
export function samplesOf(parts: readonly ReachPart[], more: readonly number[]): Sample[] {
  const cuts = parts.flatMap(({ ports = 'none' }) =>
    PortSet.ranges(PortSet.parse(ports) ?? PortSet.empty).flatMap(({ low, high }) => [
      low - 1,
      low,
      high,
      high + 1,
    ]),
  )
  const ports = [...new Set([...cuts, ...more])].filter((port) => port >= 1 && port <= 65_535)
  return [
    ...ports.flatMap((port) => [
      { protocol: 'tcp', port } as const,
      { protocol: 'udp', port } as const,
    ]),
    { protocol: 'icmp' },
    { protocol: 'gre' },
    { protocol: otherNumber },
  ]
}

/** What the analyzer says of one question; undefined where it is no pair. */
export function askedVerdict(analyzer: Analyzer, question: Question): Verdict | undefined {
  const resolution = analyzer.resolve(question)
  if (resolution.kind === 'unaskable') return undefined
  if (resolution.kind === 'settled' && resolution.code === 'query.same-endpoint') return undefined
  const answer = analyzer.verdict(question)
  return 'error' in answer ? undefined : answer.verdict
}

/** A protocol that made-up networks do not name. */
const otherNumber = 253

function holds(part: ReachPart, { protocol, port }: Sample): boolean {
  if (part.protocol !== 'any' && part.protocol !== wordOf(protocol, part)) return false
  if (part.ports === undefined || port === undefined) return true
  return PortSet.contains(PortSet.parse(part.ports) ?? PortSet.empty, port)
}

function wordOf(protocol: QuestionProtocol, part: ReachPart): string {
  if (protocol === otherNumber) return 'other'
  return protocol === 'icmp' && part.protocol === 'icmpv6' ? part.protocol : String(protocol)
}
