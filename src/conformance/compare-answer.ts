import type { Answer, FindingRecord, Hop, Verdict } from '#model'
import type { Blocker, Evidence, LabPlan, Stop } from '#lab'
import { stopsOf } from '#lab'

/** What paper and wire say about one packet, held against each other. */
export interface Comparison {
  /** What the wire says. */
  readonly wire: 'reachable' | 'unreachable'
  readonly verdict: boolean
  /** Of blocked packets: whether the wire's blocker is one that the answer names. */
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
    return { ...base, hops: paperHops.join() === wireHops.join() }
  }
  const { blocker } = evidence
  const blocking = answer.findings.filter(({ effect }) => effect === 'blocks')
  return {
    ...base,
    rule: blocker !== undefined && blocking.some((finding) => isSame(finding, blocker)),
    firstRule: blocker !== undefined && isSame(firstOf(answer, blocking), blocker),
  }
}

function agrees(paper: Verdict, wire: 'reachable' | 'unreachable'): boolean {
  return paper === wire || paper === 'partial'
}

/** The finding at the first stage that refuses, in the order of the packet. */
function firstOf(
  { hops, findings }: Answer,
  blocking: readonly FindingRecord[],
): FindingRecord | undefined {
  const refused = hops
    .flatMap(({ stages }) => stages)
    .find(({ decision, finding }) => decision === 'refuse' && finding !== undefined)
  return refused?.finding === undefined ? blocking[0] : findings[refused.finding]
}

/** Reasons that two readings may tell apart or not: a route out of service is no route. */
const alike: ReadonlyMap<string, string> = new Map([
  ['route.inactive', 'route.none'],
  ['route.next-hop-unresolved', 'route.none'],
  ['peer.not-transitive', 'route.none'],
  ['guest.listen-wrong-address', 'guest.not-listening'],
])

function isSame(finding: FindingRecord | undefined, blocker: Blocker): boolean {
  if (!finding) return false
  // Which filter drops a reply that has missed its translation is chance.
  if (finding.code === 'nat.return-bypass' && blocker.leg === 'return') return true
  if (codeOf(finding.code) !== codeOf(blocker.code)) return false
  if ((finding.leg ?? 'forward') !== blocker.leg) return false
  const named = /^(?:sg|acl|guest\.firewall)\./.test(finding.code)
  if (!named) return true
  const rule = finding.rule ?? 'default'
  if (rule !== (blocker.rule ?? 'default')) return false
  // A default is that of all groups of the interface; which of them is named says nothing.
  return rule === 'default' || finding.component.id === blocker.component.id
}

function codeOf(code: string): string {
  const plain = code.replace('.return.', '.')
  return alike.get(plain) ?? plain
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
