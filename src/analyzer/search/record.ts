import { type Facts, finding, type FindingCode } from '#findings'
import type { Component, Decision, GapKind, Home, ResourceKind, Stage, StageName } from '#model'
import { destinationText, sourceText } from './header.ts'
import { few, type Run } from './run.ts'

/** Rules that are named because nothing in the input decided. */
export const RULE = {
  default: 'default',
  session: 'session',
  intraGroup: 'intra-group',
  sameSubnet: 'same-subnet',
  cutThrough: 'cut-through',
  service: 'service',
  direct: 'direct',
  supposed: 'supposed',
} as const

/** Writes down a reason; returns its position, by which a stage refers to it. */
export function report<C extends FindingCode>(
  run: Run,
  code: C,
  component: Component,
  facts: Facts<C>,
  rule?: string,
): number {
  const known = lasting.has(code) ? findKnown(run, code, component, facts) : -1
  if (known >= 0) return known
  run.findings.push(finding(code, { component, facts, leg: run.state.leg, rule }))
  return run.findings.length - 1
}

/** Conditions of a component, not of a packet: met on both legs, they are still one reason. */
const lasting: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'instance.not-running',
  'instance.locked',
  'instance.forwarding-opaque',
  'instance.ip-forward-disabled',
  'guest.firewall.unreadable',
  'eni.not-attached',
  'eni.bad-state',
  'eni.no-groups',
  'peer.bad-state',
  'peer.access-off',
  'nat.bad-state',
  'lb.bad-state',
  'nat.protocol-unsupported',
  'igw.absent',
  'route.next-hop-down',
  'classiclink.absent',
  'classiclink.outside-primary',
  'classiclink.subnet-not-covered',
  'query.input-missing',
])

function findKnown(run: Run, code: FindingCode, component: Component, facts: object): number {
  if (code === 'nat.protocol-unsupported') return run.findings.findIndex((one) => one.code === code)
  const missing = 'missing' in facts ? facts.missing : undefined
  return run.findings.findIndex(
    (one) =>
      one.code === code &&
      one.component.id === component.id &&
      (missing === undefined || one.facts.missing === missing),
  )
}

/** Something needed is not in the input: the gap's call names how to get it. */
export function reportMissing(
  run: Run,
  kind: GapKind,
  near: Home | undefined,
  component: Component,
  id?: string,
): number {
  const gap = near && run.index.gap(kind, near, id)
  return report(run, 'query.input-missing', component, {
    missing: id === undefined ? kind : `${kind} ${id}`,
    call: gap?.call ?? describing(id ?? kind),
  })
}

/** Where the input does not know itself what it lacks. */
export const describing = (what: string): string => `any that describes ${what}`

/** As `reportMissing`, where something that is not listed may be there. */
export function reportLacking(
  run: Run,
  kind: ResourceKind,
  near: Home | undefined,
  component: Component,
): number {
  const gap = near && run.index.lack(kind, near)
  return report(run, 'query.input-missing', component, {
    missing: gap?.id === undefined ? kind : `${kind} ${gap.id}`,
    call: gap?.call ?? describing(kind),
  })
}

/** What a route leads to was not read: the thing itself, or the interface of it that would take the packet. */
export function reportUnreadTarget(
  run: Run,
  kind: ResourceKind,
  id: string,
  near: Home | undefined,
  component: Component,
): number {
  return near && run.index.gap(kind, near, id)
    ? reportMissing(run, kind, near, component, id)
    : reportLacking(run, 'networkInterface', near, component)
}

export function assume(
  run: Run,
  code: FindingCode,
  component: Component,
  facts: Readonly<Record<string, string>>,
): void {
  const known = run.assumptions.some((one) => one.code === code && one.component === component)
  if (!known) run.assumptions.push({ code, component, facts })
}

/** The packet's next stop; stages noted from now on belong to it. */
export function arriveAt(run: Run, at: Component, address?: string): void {
  const { leg } = run.state
  run.hops.push(
    address === undefined ? { leg, at, stages: few() } : { leg, at, address, stages: few() },
  )
}

/** The next stop is an attachment point; which one matters where its instance has several. */
export function arriveAtPort(run: Run, port: number, address: string): void {
  const { ports, instances } = run.fabric
  const instance = ports.instance[port]
  const several = instance >= 0 && instances.offsets[instance + 1] - instances.offsets[instance] > 1
  const at = run.show.instanceOf(port)
  const { leg } = run.state
  if (!several || port >= ports.interfaces) run.hops.push({ leg, at, address, stages: few() })
  else run.hops.push({ leg, at, interface: run.show.port(port).id, address, stages: few() })
}

/** What a component of the present stop said; `found` is the position of its reason. */
export function note(
  run: Run,
  stage: StageName,
  component: Component,
  decision: Decision,
  rule?: string,
  found?: number,
): void {
  const { stages } = run.hops[run.hops.length - 1]
  if (found === undefined) {
    stages.push(
      rule === undefined ? { stage, component, decision } : { stage, component, decision, rule },
    )
  } else if (rule === undefined) stages.push({ stage, component, decision, finding: found })
  else stages.push({ stage, component, decision, rule, finding: found })
}

/** The same in words that are kept for all answers (`SaidEvidence`). */
export function noteKept(run: Run, said: Stage): void {
  run.hops[run.hops.length - 1].stages.push(said)
}

/** A component refused for a reason of its own, not by one of its rules. */
export function refuse(run: Run, stage: StageName, component: Component, found: number): void {
  note(run, stage, component, 'refuse', undefined, found)
}

/** The component could not be asked, for the reason at `found`. */
export function leaveOpen(run: Run, stage: StageName, component: Component, found: number): void {
  note(run, stage, component, 'unknown', undefined, found)
}

/** The packet has another header from here on. */
export const noteTranslation = (run: Run, component: Component): void =>
  noteHeader(run, component, `${sourceText(run)} → ${destinationText(run)}`)

/** The same where more than its addresses has changed. */
export function noteHeader(run: Run, component: Component, packet: string, rule?: string): void {
  const { stages } = run.hops[run.hops.length - 1]
  const stage = { stage: 'translate', component, decision: 'continue', packet } as const
  stages.push(rule === undefined ? stage : { ...stage, rule })
}
