import type { Answer, Component, FindingRecord, Hop, Network, Verdict } from '#model'
import type { Blocker, Evidence, LabPlan, Stop } from '#lab'
import { stopsOf } from '#lab'
import { isSameReason } from './same-reason.ts'
import { areSameStops } from './same-stops.ts'

/** What paper and wire say about one packet, held against each other. */
export interface Comparison {
  /** What the wire says. */
  readonly wire: 'reachable' | 'unreachable'
  readonly verdict: boolean
  /**
   * Of blocked packets: whether the wire's blocker is one that the answer names. Absent: the answer
   * leaves open what the very place does that stopped it.
   */
  readonly rule?: boolean
  /** Of blocked packets: whether it is the very first that the answer names. */
  readonly firstRule?: boolean
  /** Of packets that got through: whether both name the same stops. */
  readonly hops?: boolean
  readonly paperHops: readonly string[]
  readonly wireHops: readonly string[]
}

/** Compares an answer with what became of the packet. Undefined where the wire was not measured. */
export function compareAnswer(
  network: Network,
  plan: LabPlan,
  answer: Answer,
  evidence: Evidence,
): Comparison | undefined {
  const { outcome } = evidence.told
  if (outcome.kind === 'not_measured') return undefined
  const wire = outcome.kind === 'answered' ? 'reachable' : 'unreachable'
  const verdict = agrees(answer.verdict, wire)
  const paperHops = paperStops(answer.hops)
  const wireHops = wireStops(stopsOf(plan, evidence.journey))
  const base = { wire, verdict, paperHops, wireHops } as const
  if (!verdict) return base
  if (wire === 'reachable') {
    if (answer.verdict !== 'reachable') return base
    return { ...base, hops: areSameStops(network, answer, paperHops, wireHops) }
  }
  return { ...base, ...compareReasons(network, answer, evidence.blocker) }
}

/** Where the paper leaves open what a place of the way does, the wire may be stopped there. */
export function compareReasons(
  network: Network,
  answer: Pick<Answer, 'findings' | 'hops'>,
  blocker: Blocker | undefined,
): Pick<Comparison, 'rule' | 'firstRule'> {
  if (!blocker) return { rule: false, firstRule: false }
  const blocking = answer.findings.filter(({ effect }) => effect === 'blocks')
  const first = firstOf(answer, blocking)
  const firstRule = first !== undefined && isSameReason(first, blocker)
  if (blocking.some((finding) => isSameReason(finding, blocker))) return { rule: true, firstRule }
  const open = answer.findings.some(
    ({ effect, leg = 'forward', component }) =>
      effect === 'undecides' &&
      leg === blocker.leg &&
      isOnePlace(network, component, blocker.component),
  )
  return open ? {} : { rule: false, firstRule }
}

/** An instance and its interfaces are one place: either side may name the one or the other. */
function isOnePlace({ networkInterface = [] }: Network, one: Component, other: Component): boolean {
  if (one.kind === other.kind) return one.id === other.id
  return networkInterface.some(({ id, instanceId }) =>
    [one, other].every(
      (item) =>
        (item.kind === 'networkInterface' && item.id === id) ||
        (item.kind === 'instance' && item.id === instanceId),
    ),
  )
}

function agrees(paper: Verdict, wire: 'reachable' | 'unreachable'): boolean {
  return paper === wire || paper === 'partial'
}

/** The finding at the first stage that refuses, in the order of the packet. */
function firstOf(
  { hops, findings }: Pick<Answer, 'findings' | 'hops'>,
  blocking: readonly FindingRecord[],
): FindingRecord | undefined {
  const refused = hops
    .flatMap(({ stages }) => stages)
    .find(({ decision, finding }) => decision === 'refuse' && finding !== undefined)
  return refused?.finding === undefined ? blocking[0] : findings[refused.finding]
}

/** Stops that both sides name; links between VPCs are cables in the lab. */
const stopKinds: ReadonlySet<string> = new Set([
  'instance',
  'natGateway',
  'loadBalancer',
  'internet',
])

function paperStops(hops: readonly Hop[]): string[] {
  return withoutRepeats(
    hops.flatMap(({ leg, at }) => (stopKinds.has(at.kind) ? [`${leg} ${at.id}`] : [])),
  )
}

function wireStops(stops: readonly Stop[]): string[] {
  return withoutRepeats(stops.map(({ leg, at }) => `${leg} ${at.id}`))
}

function withoutRepeats(items: readonly string[]): string[] {
  return items.filter((item, nth) => item !== items[nth - 1])
}
