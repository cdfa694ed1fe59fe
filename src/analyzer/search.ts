// table: the explaining walk, stage by stage in the order a packet meets them (docs/decisions/0004)
import {
  createJudge,
  type Fabric,
  HOP,
  hasPortWords,
  JUDGED,
  MODE,
  NO_MASTER,
  NOBODY,
  PACKET as P,
  PORT_FLAG,
  PORT_STATE,
  PUBLIC,
  publicOf,
  rangeOf,
  refusalCodes,
  UNREAD,
} from '#fabric'
import { type Facts, finding, type FindingCode, serviceText } from '#findings'
import {
  type Assumption,
  type Component,
  type Decision,
  type FindingRecord,
  type Gap,
  type GapKind,
  type Home,
  type Hop,
  indexNetwork,
  type LegName,
  type Stage,
  type StageName,
} from '#model'
import type { AskedPacket } from './asked-packet.ts'
import { compareCosts, type Cost, costOf } from './cost.ts'
import { createEvidence, isClassic } from './evidence.ts'

/** One complete walk, there and back, with everything it met. */
export interface Walk {
  readonly hops: readonly Hop[]
  readonly findings: readonly FindingRecord[]
  readonly assumptions: readonly Assumption[]
  readonly forward: LegEnd
  readonly return: LegEnd | 'not_walked'
  readonly cost: Cost
  /** What had to be supposed to complete it; absent on the walk the packet really takes. */
  readonly via?: Component
  readonly others: readonly Walk[]
}

export type LegEnd = 'delivered' | 'dead' | 'left' | 'stuck'

/** The explaining engine: goes on past every refusal, and supposes next hops where routes are missing. */
export interface Searcher {
  /**
   * Walks the low corner of the asked box through the given branch choices and returns the
   * cheapest walk; its `others` are the alternatives, cheapest first.
   */
  search(asked: AskedPacket, choices: readonly number[]): Walk
}

const MAX_RELAYS = 16
const MAX_SUPPOSED = 3
const OUTSIDE = -2
const SERVICE = -3
const SESSION = 'session'
const DEFAULT = 'default'
const platform: Component = { kind: 'platform', id: 'platform' }
const internet: Component = { kind: 'internet', id: 'internet' }

export function createSearcher(fabric: Fabric): Searcher {
  const judge = createJudge(fabric)
  const { packet } = judge
  const { flags, ports, subnets, domains, routes, publics, nats, links, gateways, instances, services, guests, network } = fabric
  const { filterExempt, privateSpace } = fabric
  const show = createEvidence(fabric)
  const index = indexNetwork(network)

  // What a candidate may have to take back.
  let hops: { leg: LegName; at: Component; address?: string; stages: Stage[] }[] = []
  let findings: FindingRecord[] = []
  let assumptions: Assumption[] = []
  let sessions: number[] = []
  let state = freshState()
  let choices: readonly number[] = []
  let asked: AskedPacket
  let others: Walk[] = []

  function search(wanted: AskedPacket, branch: readonly number[]): Walk {
    asked = wanted
    choices = branch
    hops = []
    findings = []
    assumptions = []
    sessions = []
    others = []
    state = freshState()
    load(wanted)
    const forward = goForward()
    const walk = finish(forward)
    return others.length === 0 ? walk : { ...walk, others: others.slice(0, 3) }
  }

  /** The return leg, once the forward leg has ended. */
  function finish(forward: LegEnd): Walk {
    if (forward !== 'delivered') return walkOf(forward, 'not_walked')
    state.leg = 'return'
    turnAround()
    const back = goBack()
    if (back === 'delivered' && state.receiver >= 0) assume('assume.guest-accepts', show.instanceOf(state.receiver), { service: state.service })
    if (back === 'delivered' && state.receiver === OUTSIDE) assume('assume.outside-answers', internet, { address: state.called })
    if (back === 'delivered' && state.receiver === SERVICE) assume('assume.service-answers', { kind: 'service', id: state.called }, { address: state.called })
    return walkOf('delivered', back)
  }

  function walkOf(forward: LegEnd, back: LegEnd | 'not_walked'): Walk {
    const dead = forward === 'dead' || back === 'dead'
    return {
      hops,
      findings,
      assumptions,
      forward,
      return: back,
      cost: costOf(findings, dead),
      others: [],
      ...(state.via === undefined ? {} : { via: state.via }),
    }
  }

  function load(from: AskedPacket): void {
    packet[P.source] = from.source
    packet[P.sourceHigh] = from.source
    packet[P.destination] = from.destination
    packet[P.destinationHigh] = from.destination
    packet[P.protocol] = from.protocol
    packet[P.sourcePort] = from.sourcePort
    packet[P.sourcePortHigh] = from.sourcePort
    packet[P.port] = from.destinationPort
    packet[P.portHigh] = from.destinationPort
    state.service = serviceOf()
    state.called = show.address(from.destination)
  }

  function serviceOf(): string {
    const protocol = packet[P.protocol]
    return hasPortWords(protocol) ? serviceText(protocol, packet[P.port]) : serviceText(protocol)
  }

  function turnAround(): void {
    swap(P.source, P.destination)
    swap(P.sourceHigh, P.destinationHigh)
    if (hasPortWords(packet[P.protocol])) {
      swap(P.sourcePort, P.port)
      swap(P.sourcePortHigh, P.portHigh)
    }
    const peer = state.sourcePeer
    state.sourcePeer = state.destinationPeer
    state.destinationPeer = peer
    state.relays = []
  }

  function swap(a: number, b: number): void {
    const kept = packet[a]
    packet[a] = packet[b]
    packet[b] = kept
  }

  function report<C extends FindingCode>(code: C, component: Component, facts: Facts<C>, rule?: string): number {
    findings.push(finding(code, { component, facts, leg: state.leg, rule }))
    return findings.length - 1
  }

  function assume(code: FindingCode, component: Component, facts: Readonly<Record<string, string>>): void {
    assumptions.push({ code, component, facts })
  }

  function arriveAt(at: Component, address?: string): void {
    hops.push(address === undefined ? { leg: state.leg, at, stages: [] } : { leg: state.leg, at, address, stages: [] })
  }

  function note(stage: StageName, component: Component, decision: Decision, rule?: string, found?: number): void {
    const stages = hops[hops.length - 1].stages
    if (found !== undefined) stages.push(rule === undefined ? { stage, component, decision, finding: found } : { stage, component, decision, rule, finding: found })
    else stages.push(rule === undefined ? { stage, component, decision } : { stage, component, decision, rule })
  }

  const source = (): string => show.address(packet[P.source])
  const destination = (): string => show.address(packet[P.destination])

  /** Something needed is not in the input: the gap's call names how to get it. */
  function missing(kind: GapKind, near: Home | undefined, component: Component, id?: string): number {
    const gap: Gap | undefined = near && index.gap(kind, near, id)
    return report('query.input-missing', component, {
      missing: id === undefined ? kind : `${kind} ${id}`,
      call: gap?.call ?? 'unknown',
    })
  }

  function homeOf(port: number): Home | undefined {
    return network.networkInterface?.[port] ?? network.instance?.[ports.instance[port]]
  }

  function goForward(): LegEnd {
    if (asked.port < 0 && asked.instance < 0) return fromOutside()
    let port = asked.port
    if (port < 0) {
      port = guestPort(asked.instance, -1, true)
      if (port < 0) {
        const first = instances.ports[instances.offsets[asked.instance]]
        arriveAt(show.instanceOf(first))
        report('guest.route-missing', guestOf(first), { source: 'any', destination: destination() })
        port = first
      }
    }
    if (!settleSource(port)) return 'dead'
    state.sourcePeer = judge.owner(ports.domain[port], packet[P.source])
    if (state.sourcePeer < 0) state.sourcePeer = port
    state.originDomain = ports.domain[port]
    state.originSource = packet[P.source]
    state.originPort = state.sourcePeer
    arriveAt(show.instanceOf(port), source())
    checkUsable(port, 'start')
    return emit(port)
  }

  function settleSource(port: number): boolean {
    if (packet[P.source] >= 0) return true
    const own = packet[P.destination] < fabric.line.starts4.length ? ports.address4[port] : ports.address6[port]
    packet[P.source] = own
    packet[P.sourceHigh] = own
    if (own >= 0) return true
    arriveAt(show.instanceOf(port))
    report('eni.no-public-address', show.instanceOf(port), { destination: destination() })
    return false
  }

  function fromOutside(): LegEnd {
    arriveAt(internet, source())
    const at = judge.publicAt(packet[P.destination])
    if (at >= 0) return arrive(at)
    return unknownOutside()
  }

  function unknownOutside(): LegEnd {
    if (!flags.publicsUnread || isIpv6()) return delivered(OUTSIDE)
    const gap = network.gaps?.find(({ kind }) => kind === 'publicAddress')
    report('query.input-missing', internet, { missing: `publicAddress ${destination()}`, call: gap?.call ?? 'unknown' })
    return 'stuck'
  }

  function goBack(): LegEnd {
    if (state.receiver === SERVICE) return deliver(state.lastDomain, -1)
    if (state.receiver === OUTSIDE) {
      arriveAt(internet, source())
      return isIpv6() ? replyOutside() : fromSession()
    }
    const own = state.receiver
    arriveAt(show.instanceOf(own), source())
    let port = guestPort(ports.instance[own], own, false)
    if (port < 0) {
      report('guest.route-missing', guestOf(own), { source: source(), destination: destination() })
      port = own
    }
    if (port !== own) {
      report('route.return.asymmetric', show.instanceOf(own), { forward: show.port(own).id, return: show.port(port).id })
      checkUsable(port, 'start')
    } else assumePolicyRouting(own)
    return emit(port)
  }

  /** Replies of a secondary interface leave by it only if the guest routes by source (CFG-RT-07). */
  function assumePolicyRouting(port: number): void {
    const instance = ports.instance[port]
    if (instance < 0 || instances.guest[instance] >= 0 || isClassic(fabric, port)) return
    if (ports.flags[port] & PORT_FLAG.primary) return
    assume('assume.guest-policy-routing', show.instanceOf(port), { source: source() })
  }

  function fromSession(): LegEnd {
    state.retraced = true
    packet[P.destination] = state.originSource
    packet[P.destinationHigh] = state.originSource
    if (state.originDomain < 0) return 'delivered'
    const direct = state.outNat < 0 && state.outPublic >= 0
    if (direct && domains.mode[state.originDomain] === MODE.gateway && publics.kind[state.outPublic] === PUBLIC.port) {
      return redirected(state.originDomain)
    }
    if (direct && publics.kind[state.outPublic] === PUBLIC.classic) return deliverAt(publics.port[state.outPublic], -1)
    return deliver(state.originDomain, -1)
  }

  const isIpv6 = (): boolean => packet[P.source] >= fabric.line.starts4.length

  function guestOf(port: number): Component {
    return show.instanceOf(port)
  }

  /** Names what keeps an attachment point from carrying packets; the walk goes on all the same. */
  function checkUsable(port: number, stage: StageName): void {
    const found = unusable(port)
    if (found !== undefined) note(stage, show.instanceOf(port), findings[found].effect === 'blocks' ? 'refuse' : 'unknown', undefined, found)
  }

  function unusable(port: number): number | undefined {
    const item = network.networkInterface?.[port]
    const instance = network.instance?.[ports.instance[port]]
    switch (ports.state[port]) {
      case PORT_STATE.usable:
        return undefined
      case PORT_STATE.notAttached:
        return report('eni.not-attached', show.port(port), { state: item?.state ?? 'unknown' })
      case PORT_STATE.badState:
        return report('eni.bad-state', show.port(port), { state: item?.state ?? 'unknown' })
      case PORT_STATE.notRunning:
        return report('instance.not-running', show.instanceOf(port), { state: instance?.state ?? 'unknown' })
      case PORT_STATE.locked:
        return report('instance.locked', show.instanceOf(port), { reason: instance?.locks?.join(', ') ?? 'unknown' })
      default:
        return missing('instance', item, show.port(port), item?.instanceId)
    }
  }

  function guestPort(instance: number, own: number, relays: boolean): number {
    if (instance < 0) return own
    const tables = instances.guest[instance]
    if (tables >= 0 && (own < 0 || !isClassic(fabric, own))) return seenGuestPort(tables, packet[P.source])
    if (!relays && own >= 0) return own
    const all = instances.ports.subarray(instances.offsets[instance], instances.offsets[instance + 1])
    if (all.length === 0) return own
    const connected = flags.guestConnected ? all.find((port) => attached(port) && facesDestination(port)) : undefined
    return connected ?? all[0]
  }

  const attached = (port: number): boolean =>
    ports.state[port] !== PORT_STATE.notAttached && ports.state[port] !== PORT_STATE.badState

  const facesDestination = (port: number): boolean =>
    ports.subnet[port] >= 0 &&
    judge.valueAt(domains.subnetMap[ports.domain[port]], packet[P.destination]) === ports.subnet[port]

  function seenGuestPort(tables: number, from: number): number {
    for (const rule of guests[tables].rules) {
      if (rule.from && (from < rule.from.low || from > rule.from.high)) continue
      const port = judge.valueAt(rule.map, packet[P.destination])
      if (port >= 0) return port
    }
    return -1
  }

  /** Asks a port's groups and notes what they said. */
  function groups(port: number, egress: boolean): void {
    const stage: StageName = egress ? 'group.egress' : 'group.ingress'
    const set = ports.set[port]
    const first = fabric.groups.members[fabric.groups.setOffsets[set]]
    if (state.leg === 'return' && flags.groupsStateful && sessions.includes(port)) {
      return note(stage, show.group(first), 'exempt', SESSION)
    }
    const judged = judge.groups(port, egress, egress ? state.destinationPeer : state.sourcePeer)
    if (state.leg === 'forward') sessions.push(port)
    if (judged === JUDGED.unread) return noteUnreadGroups(port, stage)
    const { component, rule, priority } = groupDecision(judged, first)
    if (judge.accepts(judged)) return note(stage, component, 'admit', rule)
    const facts = { service: serviceOf(), source: source(), destination: destination() }
    const found =
      judged < 0
        ? report(egress ? 'sg.egress.no-match' : 'sg.ingress.no-match', component, facts, DEFAULT)
        : report(egress ? 'sg.egress.deny' : 'sg.ingress.deny', component, { ...facts, priority: String(priority) }, rule)
    note(stage, component, 'refuse', rule, found)
  }

  function groupDecision(judged: number, first: number): { readonly component: Component; readonly rule: string; readonly priority: number } {
    if (judged >= 0) {
      const { group, rule, priority } = show.groupRule(judged)
      return { component: show.group(group), rule, priority }
    }
    const group = judged <= JUDGED.intraGroup ? JUDGED.intraGroup - judged : first
    return { component: show.group(group), rule: judged <= JUDGED.intraGroup ? 'intra-group' : DEFAULT, priority: 0 }
  }

  function noteUnreadGroups(port: number, stage: StageName): void {
    const item = network.networkInterface?.[port]
    const instance = network.instance?.[ports.instance[port]]
    const near = item ?? instance
    const ids = item?.securityGroupIds ?? instance?.classic?.securityGroupIds ?? []
    const component = show.port(port)
    if (ids.length === 0) return note(stage, component, 'unknown', undefined, report('eni.no-groups', component, {}))
    const unread = ids.find((id) => near && (index.gap('securityGroup', near, id)?.id !== undefined || typeof index.get('securityGroup', id, near) !== 'object'))
    const found = unread === undefined ? missing('prefixList', near, component) : missing('securityGroup', near, { kind: 'securityGroup', id: unread }, unread)
    note(stage, component, 'unknown', undefined, found)
  }

  /** Asks the list at the boundary of a port's subnet. */
  function boundary(port: number, egress: boolean, other: number): void {
    const stage: StageName = egress ? 'acl.egress' : 'acl.ingress'
    const subnet = ports.subnet[port]
    if (subnet < 0) {
      if (port < ports.interfaces) {
        const item = network.networkInterface?.[port]
        note(stage, show.port(port), 'unknown', undefined, missing('subnet', item, show.port(port), item?.subnetId))
      }
      return
    }
    const list = egress ? subnets.aclOut[subnet] : subnets.aclIn[subnet]
    if (list === -1) return
    const acl = show.acl(subnet)
    if (state.leg === 'return' && flags.aclStateful) return note(stage, acl, 'exempt', SESSION)
    if (other >= 0 && flags.aclSameSubnetExempt && ports.subnet[other] === subnet) {
      note(stage, acl, 'exempt', 'same-subnet')
      assume('assume.acl-same-subnet', acl, { subnet: show.subnet(subnet).id })
      return
    }
    if (flags.aclCutThroughExempt && ports.flags[port] & PORT_FLAG.cutThrough) return note(stage, acl, 'exempt', 'cut-through')
    if (judge.valueAt(filterExempt, packet[egress ? P.destination : P.source]) === 1) return note(stage, acl, 'exempt', 'service')
    if (list === UNREAD) {
      const item = network.subnet?.[subnet]
      return note(stage, acl, 'unknown', undefined, missing('networkAcl', item, acl, item?.networkAclId))
    }
    noteList(stage, subnet, egress, judge.list(list, egress))
  }

  function noteList(stage: StageName, subnet: number, egress: boolean, judged: number): void {
    const acl = show.acl(subnet)
    const rule = judged >= 0 ? show.aclRule(subnet, egress, judged) : DEFAULT
    if (judge.accepts(judged)) return note(stage, acl, 'admit', rule)
    const facts = { service: serviceOf(), source: source(), destination: destination(), subnet: show.subnet(subnet).id }
    const code =
      state.leg === 'forward'
        ? egress ? 'acl.egress.deny' : 'acl.ingress.deny'
        : egress ? 'acl.return.egress.deny' : 'acl.return.ingress.deny'
    note(stage, acl, 'refuse', rule, report(code, acl, facts, rule))
  }

  function checkOwnSource(port: number): void {
    if (!(ports.flags[port] & PORT_FLAG.checked)) return
    if (judge.owner(ports.domain[port], packet[P.source]) === port) return
    reportCheck(port)
  }

  function reportCheck(port: number): void {
    const found = report('eni.source-dest-check', show.port(port), { source: source(), destination: destination() })
    note('relay', show.port(port), 'refuse', undefined, found)
  }

  /** A packet leaves a port. */
  function emit(port: number, filtered = true): LegEnd {
    checkOwnSource(port)
    if (filtered) groups(port, true)
    state.lastDomain = ports.domain[port]
    const identity = bypass(port)
    if (identity >= 0) {
      note('route', show.publicAddress(identity), 'continue', 'direct')
      boundary(port, true, -1)
      return leaveBy(port, identity)
    }
    const table = ports.table[port]
    if (table < 0) {
      const item = network.networkInterface?.[port]
      const subnet = network.subnet?.[ports.subnet[port]]
      note('route', show.table(port), 'unknown', undefined, missing('routeTable', subnet ?? item, show.table(port), show.table(port).id))
      return 'stuck'
    }
    const route = judge.lookUp(table)
    if (route < 0) return withoutRoute(port)
    return byRoute(port, route)
  }

  function byRoute(port: number, route: number): LegEnd {
    const first = routes.hopOffsets[route]
    const count = routes.hopOffsets[route + 1] - first
    const text = show.route(route)
    if (count === 0) {
      const row = network.routeTable?.[routes.table[route]]?.routes[routes.entry[route]]
      return detour(port, () => report('route.inactive', show.table(port), { destination: destination(), state: row?.state ?? 'standby' }, text))
    }
    const hop = first + pick(count)
    const kind = routes.hopKind[hop]
    const target = routes.hopTarget[hop]
    if (kind === HOP.blackhole) return detour(port, () => report('route.blackhole', show.table(port), { destination: destination() }, text))
    if (kind === HOP.unresolved) {
      return detour(port, () => report('route.next-hop-unresolved', show.table(port), { destination: destination(), target: targetText(route, hop) }, text))
    }
    note('route', show.table(port), 'continue', text)
    return handOver(port, kind, target, route)
  }

  function targetText(route: number, hop: number): string {
    const row = network.routeTable?.[routes.table[route]]?.routes[routes.entry[route]]
    const target = row?.nextHops[hop - routes.hopOffsets[route]]?.target
    return target && 'id' in target ? target.id : 'unknown'
  }

  function withoutRoute(port: number): LegEnd {
    const inactive = inactiveRoute(port)
    const facts = { source: source(), destination: destination() }
    return detour(port, () => {
      if (inactive) return report('route.inactive', show.table(port), { destination: destination(), state: inactive.state }, inactive.id)
      return report(state.leg === 'forward' ? 'route.none' : 'route.return.none', show.table(port), facts)
    })
  }

  function inactiveRoute(port: number): { readonly id: string; readonly state: string } | undefined {
    const table = network.routeTable?.find(({ id }) => id === show.table(port).id)
    return table?.routes.find((route) => {
      if (route.state === 'Available') return false
      const range = rangeOf(fabric.line, route.destination)
      return range !== undefined && range.low <= packet[P.destination] && packet[P.destination] <= range.high
    })
  }

  /**
   * The route in force leads nowhere: names it, then supposes each next hop that exists and keeps
   * the cheapest way on. The others become alternatives.
   */
  function detour(port: number, name: () => number): LegEnd {
    const found = name()
    note('route', show.table(port), 'refuse', findings[found].rule, found)
    if (state.supposed >= MAX_SUPPOSED) return 'dead'
    const candidates = nextHopsOf(port)
    if (candidates.length === 0) return absentLink(port)
    const before = snapshot()
    const walks: { readonly end: LegEnd; readonly after: Snapshot; readonly cost: Cost }[] = []
    for (const { kind, target, component } of candidates) {
      state.supposed++
      state.via ??= component
      note('route', component, 'continue', 'supposed')
      const end = handOver(port, kind, target, -1)
      walks.push({ end, after: snapshot(), cost: costOf(findings, end === 'dead') })
      restore(before)
    }
    walks.sort((a, b) => compareCosts(a.cost, b.cost))
    const [best, ...rest] = walks.filter(({ end }) => end !== 'dead')
    if (!best) return absentLink(port)
    if (state.leg === 'forward') keepOthers(rest)
    restore(best.after)
    return best.end
  }

  function keepOthers(rest: readonly { readonly end: LegEnd; readonly after: Snapshot; readonly cost: Cost }[]): void {
    const kept = snapshot()
    const earlier = others
    const found: Walk[] = []
    for (const { end, after } of rest.slice(0, 3)) {
      restore(after)
      found.push(finish(end))
    }
    restore(kept)
    others = [...earlier, ...found].sort((a, b) => compareCosts(a.cost, b.cost))
  }

  /** No next hop of the VPC leads there: between two VPCs, what is missing is the link itself. */
  function absentLink(port: number): LegEnd {
    const here = ports.domain[port]
    const there = domainOf(packet[P.destination], here)
    if (there >= 0 && !linked(here, there)) {
      report('peer.absent', show.domain(here), { from: show.domain(here).id, to: show.domain(there).id })
    }
    return 'dead'
  }

  function domainOf(rank: number, except: number): number {
    const wanted = state.leg === 'return' ? state.originDomain : asked.targetDomain
    if (wanted >= 0) return wanted === except ? -1 : wanted
    for (let domain = 0; domain < domains.vpcs; domain++) {
      if (domain !== except && judge.valueAt(domains.subnetMap[domain], rank) >= 0) return domain
    }
    return -1
  }

  const linked = (a: number, b: number): boolean =>
    links.domainA.some((end, i) => (end === a && links.domainB[i] === b) || (end === b && links.domainB[i] === a))

  /** Next hops of the port's VPC that could carry this packet at all. */
  function nextHopsOf(port: number): readonly { readonly kind: number; readonly target: number; readonly component: Component }[] {
    const domain = ports.domain[port]
    if (domain >= domains.vpcs) return []
    const found: { kind: number; target: number; component: Component }[] = []
    for (let link = 0; link < links.state.length; link++) {
      const far = links.domainA[link] === domain ? links.domainB[link] : links.kind[link] === 'peering' && links.domainB[link] === domain ? links.domainA[link] : -1
      if (far >= 0 && judge.valueAt(domains.subnetMap[far], packet[P.destination]) >= 0) found.push({ kind: HOP.link, target: link, component: show.link(link) })
    }
    if (judge.valueAt(privateSpace, packet[P.destination]) === 1) return found
    if (domainHolds(domain)) return found
    if (!isIpv6()) {
      const gateway = domains.gateway4[domain]
      if (gateway >= 0 && gateways.enabled[gateway]) found.push({ kind: HOP.gateway, target: gateway, component: show.gateway(gateway) })
      for (let nat = 0; nat < nats.state.length; nat++) {
        if (nats.domain[nat] === domain && nats.state[nat] !== 2) found.push({ kind: HOP.nat, target: nat, component: show.nat(nat) })
      }
    } else if (domains.gateway6[domain] >= 0) {
      found.push({ kind: HOP.gateway, target: domains.gateway6[domain], component: show.gateway(domains.gateway6[domain]) })
    }
    return found
  }

  const domainHolds = (domain: number): boolean => judge.valueAt(domains.subnetMap[domain], packet[P.destination]) >= 0

  function pick(options: number): number {
    if (options === 1) return 0
    return Math.min(choices[state.depth++] ?? 0, options - 1)
  }

  function bypass(port: number): number {
    const domain = ports.domain[port]
    if (domain >= domains.vpcs) return -1
    const identity = identityOf(port)
    if (identity < 0) return -1
    const kind = publics.kind[identity]
    if (kind !== PUBLIC.port && kind !== PUBLIC.ipMapping) return flags.ipv6Gateway ? -1 : ipv6Bypass(domain, identity)
    const mode = domains.mode[domain]
    if (mode === MODE.gateway || mode === MODE.none) return -1
    if (judge.lookUp(domains.privateMap[domain]) === 1) return -1
    if (mode === MODE.unread) missingMode(domain)
    return identity
  }

  /** A port's own public identity; a DNAT IP mapping holds for its address whichever port sends. */
  function identityOf(port: number): number {
    const own = judge.mapping(port, packet[P.source])
    const owner = state.sourcePeer
    if (own >= 0 || owner < 0 || owner === port || ports.domain[owner] !== ports.domain[port]) return own
    let at = judge.mapping(owner, packet[P.source])
    while (at >= 0 && (publics.kind[at] !== PUBLIC.ipMapping || publics.inside[at] !== packet[P.source])) at = publics.next[at]
    return at
  }

  function missingMode(domain: number): void {
    missing('internetGateway', network.vpc?.[domain], show.domain(domain))
  }

  function ipv6Bypass(domain: number, identity: number): number {
    if (!isIpv6() || judge.lookUp(privateSpace) === 1) return -1
    return judge.lookUp(domains.subnetMap[domain]) >= 0 ? -1 : identity
  }

  function handOver(port: number, kind: number, target: number, route: number): LegEnd {
    if (cameFromInternet() && staysInside(kind)) {
      reportBypass(show.domain(state.lastDomain))
      return 'dead'
    }
    switch (kind) {
      case HOP.relay:
        return overRelay(port, target, route)
      case HOP.local:
        return toNeighbour(port, ports.domain[port])
      case HOP.noMaster:
        report('havip.no-master', show.table(port), { address: route < 0 ? 'unknown' : targetText(route, routes.hopOffsets[route]) })
        return 'dead'
      case HOP.refuse:
        return refusedByClassicLink(port, target)
      case HOP.unread:
      case HOP.unsupported:
        return notAnalysed(port, kind, route)
      case HOP.fromClassic:
        return intoVpc(port, target)
      case HOP.internet:
        return toInternet(ports.publicHead[port])
    }
    boundary(port, true, -1)
    switch (kind) {
      case HOP.leaves:
        return leaves(route)
      case HOP.service:
        return toService(port)
      case HOP.nat:
        return throughNat(port, target)
      case HOP.gateway:
        return throughGateway(port, target)
      case HOP.link:
        return overLink(port, ports.domain[port], target)
      default:
        return intoClassic(port)
    }
  }

  function leaves(route: number): LegEnd {
    if (cameFromInternet()) {
      reportBypass(show.domain(state.lastDomain))
      return 'dead'
    }
    const row = network.routeTable?.[routes.table[route]]?.routes[routes.entry[route]]
    const target = row?.nextHops[0]?.target
    const id = target && 'id' in target ? target.id : 'unknown'
    const kind = target?.kind === 'vpnGateway' ? 'vpnGateway' : 'line'
    const found = report(kind === 'vpnGateway' ? 'vpn.leaves-model' : 'line.leaves-model', { kind, id }, { destination: destination() })
    note('gateway', { kind, id }, 'continue', undefined, found)
    return 'left'
  }

  function notAnalysed(port: number, kind: number, route: number): LegEnd {
    const row = network.routeTable?.[routes.table[route]]?.routes[routes.entry[route]]
    const target = row?.nextHops[0]?.target
    const id = target && 'id' in target ? target.id : 'unknown'
    const near = network.routeTable?.[routes.table[route]]
    if (kind === HOP.unread && target && 'id' in target && target.kind !== 'unsupported') {
      note('route', show.table(port), 'unknown', undefined, missing(target.kind, near, { kind: target.kind, id }, id))
    } else if (target?.kind === 'transitRouter') {
      note('gateway', { kind: 'transitRouter', id }, 'unknown', undefined, report('tr.unsupported-attachment', { kind: 'transitRouter', id }, { destination: destination() }))
    } else {
      const feature = target?.kind === 'unsupported' ? target.word : (target?.kind ?? 'unknown')
      note('gateway', show.table(port), 'unknown', undefined, report('query.unsupported-feature', show.table(port), { feature }))
    }
    return 'stuck'
  }

  function overRelay(from: number, relay: number, route: number): LegEnd {
    if (judge.owner(ports.domain[relay], packet[P.destination]) === relay) return toNeighbour(from, ports.domain[from])
    const end = enterRelay(from, relay, route)
    return end === 'delivered' ? onwardFrom(relay) : end
  }

  /** Into a relay and, if it may forward, out of it again. `from` is -1 for the Internet. */
  function enterRelay(from: number, relay: number, route: number): LegEnd {
    if (state.relays.includes(relay) || state.relays.length >= MAX_RELAYS) {
      const cycle = [...state.relays, relay].map((port) => show.instanceOf(port).id).join(' → ')
      report('route.loop', show.instanceOf(relay), { destination: destination(), cycle })
      return 'dead'
    }
    state.relays.push(relay)
    if (from >= 0) boundary(from, true, relay)
    arriveAt(show.instanceOf(relay), show.address(ports.address4[relay]))
    if (flags.nextHopAlive) checkRelay(from, relay, route)
    if (ports.flags[relay] & PORT_FLAG.checked) reportCheck(relay)
    boundary(relay, false, from)
    if (flags.relayFiltered) groups(relay, false)
    checkForwarding(relay)
    return 'delivered'
  }

  function checkRelay(from: number, relay: number, route: number): void {
    if (ports.state[relay] === PORT_STATE.usable) return
    if (ports.state[relay] === PORT_STATE.unread) return checkUsable(relay, 'relay')
    const component = from >= 0 ? show.table(from) : show.port(relay)
    const instance = network.instance?.[ports.instance[relay]]
    const down = { destination: destination(), target: show.port(relay).id, state: instance?.state ?? network.networkInterface?.[relay]?.state ?? 'unknown' }
    note('relay', show.port(relay), 'refuse', undefined, report('route.next-hop-down', component, down, route < 0 ? undefined : show.route(route)))
  }

  function checkForwarding(relay: number): void {
    if (!flags.guestForwarding) return
    const component = show.instanceOf(relay)
    const forwarding = instances.forwarding[ports.instance[relay]]
    if (forwarding === 1) return note('relay', component, 'continue')
    const code = forwarding === 2 ? 'instance.ip-forward-disabled' : 'instance.forwarding-opaque'
    const found = report(code, component, { destination: destination() })
    note('relay', component, forwarding === 2 ? 'refuse' : 'unknown', undefined, found)
  }

  function onwardFrom(relay: number): LegEnd {
    let next = guestPort(ports.instance[relay], relay, true)
    if (next < 0) {
      report('guest.route-missing', guestOf(relay), { source: source(), destination: destination() })
      next = relay
    }
    if (next !== relay) checkUsable(next, 'relay')
    return emit(next, flags.relayFiltered)
  }

  function toNeighbour(port: number, domain: number): LegEnd {
    const owner = judge.owner(domain, packet[P.destination])
    boundary(port, true, owner >= 0 ? owner : -1)
    return deliver(domain, port)
  }

  function deliver(domain: number, from: number): LegEnd {
    const owner = judge.owner(domain, packet[P.destination])
    if (owner >= 0) return deliverAt(owner, from)
    if (owner === NO_MASTER) {
      const vip = network.haVip?.find(({ address }) => address === destination())
      report('havip.no-master', { kind: 'haVip', id: vip?.id ?? 'unknown' }, { address: destination() })
      return 'dead'
    }
    if (owner === NOBODY && !domains.ownersUnread[domain]) {
      report('address.not-assigned', show.domain(domain), { address: destination(), vpc: show.domain(domain).id })
      return 'dead'
    }
    missing(index.gap('networkInterface', network.vpc?.[domain] ?? nowhere) ? 'networkInterface' : 'haVip', network.vpc?.[domain], show.domain(domain))
    return 'stuck'
  }

  function deliverAt(port: number, from: number): LegEnd {
    state.destinationPeer = port
    arriveAt(show.instanceOf(port), destination())
    checkMeant(port)
    checkUsable(port, 'deliver')
    boundary(port, false, from)
    groups(port, false)
    return delivered(port)
  }

  /** With overlapping ranges, the address may be somebody else's where the packet is. */
  function checkMeant(port: number): void {
    const meant = state.leg === 'forward' ? asked.target : state.originPort
    if (meant < 0 || meant === port) return
    const vpc = show.domain(ports.domain[port]).id
    note('deliver', show.port(port), 'refuse', undefined, report('peer.cidr-overlap', show.port(port), { destination: destination(), vpc }))
  }

  function delivered(at: number): LegEnd {
    if (state.leg === 'forward') state.receiver = at
    if (at === OUTSIDE) {
      arriveAt(internet, destination())
      note('deliver', internet, 'admit')
    }
    return 'delivered'
  }

  function toService(port: number): LegEnd {
    const rank = packet[P.destination]
    const dport = packet[P.port]
    const service = services.find(
      ({ range, domain, ports: served }) =>
        range.low <= rank && rank <= range.high &&
        (domain < 0 || domain === ports.domain[port]) &&
        (served.length === 0 || !hasPortWords(packet[P.protocol]) || served.some(({ from, to }) => from <= dport && dport <= to)),
    )
    const component = show.service(service?.position ?? -1, destination())
    arriveAt(component, destination())
    if (service) {
      note('deliver', component, 'admit')
      return delivered(SERVICE)
    }
    note('deliver', component, 'unknown', undefined, report('service.unknown', component, { address: destination() }))
    return 'stuck'
  }

  function overLink(port: number, domain: number, link: number): LegEnd {
    const component = show.link(link)
    if (links.state[link] === 1) {
      const item = links.kind[link] === 'peering' ? network.peering?.[links.position[link]] : network.routerInterface?.[links.position[link]]
      note('gateway', component, 'refuse', undefined, report('peer.bad-state', component, { state: item?.state ?? 'unknown' }))
    } else if (links.state[link] === 2 && cameFromInternet()) {
      reportBypass(component)
      return 'dead'
    } else if (links.state[link] === 2) {
      note('gateway', component, 'continue', undefined, report('line.leaves-model', component, { destination: destination() }))
      return 'left'
    } else if (links.state[link] === 3) {
      note('gateway', component, 'unknown', undefined, missing('vpc', homeOf(port), component))
      return 'stuck'
    } else note('gateway', component, 'continue')
    const far = links.domainA[link] === domain ? links.domainB[link] : links.domainA[link]
    if (far < 0 || (links.domainA[link] !== domain && links.domainB[link] !== domain)) {
      return detour(port, () => report('route.next-hop-unresolved', show.table(port), { destination: destination(), target: component.id }))
    }
    if (judge.valueAt(domains.subnetMap[far], packet[P.destination]) >= 0) return deliver(far, -1)
    const transitive = links.kind[link] === 'peering' ? flags.linksTransitive : flags.routersTransitive
    if (transitive) return onwardOver(port, far, component)
    return detour(port, () => report('peer.not-transitive', component, { destination: destination(), vpc: show.domain(far).id }))
  }

  function onwardOver(port: number, domain: number, through: Component): LegEnd {
    const table = domains.systemTable[domain]
    const route = table < 0 ? -1 : judge.lookUp(table)
    const hop = route < 0 ? -1 : routes.hopOffsets[route]
    state.relays.push(-1)
    if (hop < 0 || routes.hopKind[hop] !== HOP.link || state.relays.length > MAX_RELAYS) {
      report('peer.not-transitive', through, { destination: destination(), vpc: show.domain(domain).id })
      return 'dead'
    }
    return overLink(port, domain, routes.hopTarget[hop])
  }

  function throughNat(port: number, nat: number): LegEnd {
    const component = show.nat(nat)
    arriveAt(component)
    if (cameFromInternet() && state.inNat >= 0 && nat !== state.inNat) {
      reportBypass(component)
      return 'dead'
    }
    if (nats.state[nat] === 2) {
      note('gateway', component, 'unknown', undefined, report('query.unsupported-feature', component, { feature: 'VPC NAT gateway' }))
      return 'stuck'
    }
    if (nats.state[nat] === 1) refuseNat(component, report('nat.bad-state', component, { state: network.natGateway?.[nat]?.state ?? 'unknown' }))
    if (judge.lookUp(privateSpace) === 1) {
      return detour(port, () => report('igw.private-destination', component, { destination: destination() }))
    }
    if (flags.natProtocolsOnly && !translatable()) refuseNat(component, reportProtocol(component))
    if (state.leg === 'return' && state.inNat >= 0) {
      if (nat !== state.inNat && flags.natReturnThrough) reportBypass(component)
      checkNatTable(nat)
      return toInternet(-1)
    }
    const identity = natIdentity(port, nat)
    if (identity === -2) return 'stuck'
    checkNatTable(nat)
    if (identity >= 0 && publics.kind[identity] === PUBLIC.nat && state.leg === 'forward') state.outNat = nat
    return identity < 0 ? toInternet(-1) : leaveBy(port, identity)
  }

  function refuseNat(component: Component, found: number): void {
    note('translate', component, 'refuse', undefined, found)
  }

  function reportProtocol(component: Component): number {
    return report('nat.protocol-unsupported', component, { protocol: serviceOf() })
  }

  function natIdentity(port: number, nat: number): number {
    const component = show.nat(nat)
    const own = identityOf(port)
    if (own >= 0 && publics.kind[own] === PUBLIC.port && flags.natOwnAddressFirst) return own
    for (let at = own; at >= 0; at = publics.next[at]) {
      if (publics.kind[at] === PUBLIC.ipMapping && publics.nat[at] === nat && publics.inside[at] === packet[P.source]) return at
    }
    if (nats.unread[nat]) {
      const item = network.natGateway?.[nat]
      note('translate', component, 'unknown', undefined, missing('natGateway', item, component, item?.id))
      return -2
    }
    for (let i = nats.snatOffsets[nat]; i < nats.snatOffsets[nat + 1]; i++) {
      const range = nats.snatRange[i]
      if (packet[P.source] < range.low || packet[P.source] > range.high) continue
      return drawFrom(nat, i)
    }
    if (own >= 0 && publics.kind[own] === PUBLIC.port) return own
    const spare = nats.snatPublics.slice(nats.snatOffsets[nat], nats.snatOffsets[nat + 1]).find((list) => list.length > 0)
    if (!flags.natSnatNeeded && spare) return spare[0]
    refuseNat(component, report('nat.snat-missing', component, { source: source() }))
    state.outNat = state.leg === 'forward' ? nat : state.outNat
    return spare ? spare[0] : -1
  }

  function drawFrom(nat: number, entry: number): number {
    const addresses = nats.snatPublics[entry]
    const rule = network.natGateway?.[nat]?.snat[nats.snatEntry[entry]]?.id
    if (addresses.length > 0) {
      note('translate', show.nat(nat), 'continue', rule)
      return addresses[pick(addresses.length)]
    }
    refuseNat(show.nat(nat), report('nat.no-addresses', show.nat(nat), { source: source() }, rule))
    if (state.leg === 'forward') state.outNat = nat
    return -1
  }

  function checkNatTable(nat: number): void {
    const domain = nats.domain[nat]
    if (domains.mode[domain] === MODE.none) report('igw.absent', show.domain(domain), { vpc: show.domain(domain).id })
    if (domains.mode[domain] === MODE.unread) missingMode(domain)
    if (domains.mode[domain] !== MODE.gateway || !flags.natOwnTable) return
    const subnet = nats.subnet[nat]
    const table = subnet < 0 ? UNREAD : subnets.table[subnet]
    const component: Component = { kind: 'routeTable', id: network.subnet?.[subnet]?.routeTableId ?? 'system' }
    if (table < 0) return void missing('routeTable', network.natGateway?.[nat], component, component.id)
    const route = judge.lookUp(table)
    const first = route < 0 ? 0 : routes.hopOffsets[route]
    const end = route < 0 ? 0 : routes.hopOffsets[route + 1]
    for (let hop = first; hop < end; hop++) {
      if (routes.hopKind[hop] === HOP.gateway && routes.hopTarget[hop] === domains.gateway4[domain]) return
    }
    report(state.leg === 'forward' ? 'route.none' : 'route.return.none', component, { source: show.nat(nat).id, destination: destination() })
  }

  const translatable = (): boolean => [6, 17, 1].includes(packet[P.protocol])

  function throughGateway(port: number, gateway: number): LegEnd {
    const component = show.gateway(gateway)
    if (!gateways.enabled[gateway]) {
      const down = { destination: destination(), target: component.id, state: network.internetGateway?.[gateway]?.state ?? 'unknown' }
      note('gateway', component, 'refuse', undefined, report('route.next-hop-down', show.table(port), down))
    }
    if ((gateways.ipv6[gateway] === 1) !== isIpv6()) {
      return detour(port, () => report('route.next-hop-unresolved', show.table(port), { destination: destination(), target: component.id }))
    }
    if (judge.lookUp(privateSpace) === 1) return detour(port, () => report('igw.private-destination', component, { destination: destination() }))
    const identity = judge.mapping(port, packet[P.source])
    if (isIpv6()) return overIpv6(port, component)
    note('gateway', component, 'continue')
    if (identity >= 0 && publics.kind[identity] === PUBLIC.port) return leaveBy(port, identity)
    if (flags.gatewayNeedsPublic) {
      note('translate', component, 'refuse', undefined, report('igw.no-public-mapping.egress', component, { source: source() }))
      return toInternet(-1)
    }
    return delivered(OUTSIDE)
  }

  function overIpv6(port: number, component: Component): LegEnd {
    const identity = publicOf(fabric, packet[P.source])
    const closed = identity < 0 || publics.kind[identity] === PUBLIC.ipv6Private
    if (closed) note('gateway', component, 'refuse', undefined, report('igw.no-public-mapping.egress', component, { source: source() }))
    else if (publics.kind[identity] === PUBLIC.ipv6Unread) note('gateway', component, 'unknown', undefined, missing('ipv6Internet', homeOf(port), show.port(port)))
    else note('gateway', component, 'continue')
    return toInternet(identity)
  }

  function leaveBy(port: number, identity: number): LegEnd {
    const component = show.publicAddress(identity)
    if (isIpv6()) return overIpv6(port, internet)
    const domain = ports.domain[port]
    if (domains.mode[domain] === MODE.none) report('igw.absent', show.domain(domain), { vpc: show.domain(domain).id })
    if (state.leg === 'return' && !state.retraced && flags.natReturnThrough && !retraces(identity)) reportBypass(component)
    const cutThrough = ports.flags[port] & PORT_FLAG.cutThrough
    if (!cutThrough && flags.mappedProtocolsOnly && !translatable()) refuseNat(component, reportProtocol(component))
    return toInternet(identity)
  }

  function reportBypass(actual: Component): void {
    const expected = state.inNat >= 0 ? show.nat(state.inNat) : state.inPublic >= 0 ? show.publicAddress(state.inPublic) : show.domain(state.lastDomain)
    note('translate', actual, 'refuse', undefined, report('nat.return-bypass', actual, { expected: expected.id, actual: actual.id }))
  }

  const staysInside = (kind: number): boolean =>
    kind === HOP.local || kind === HOP.link || kind === HOP.service || kind === HOP.toClassic || kind === HOP.fromClassic

  const cameFromInternet = (): boolean =>
    state.leg === 'return' && !state.retraced && flags.natReturnThrough && (state.inNat >= 0 || (state.inPublic >= 0 && !isIpv6()))

  function retraces(identity: number): boolean {
    if (state.inNat >= 0) return publics.kind[identity] === PUBLIC.ipMapping && publics.rank[identity] === state.calledRank
    return state.inPublic >= 0 && identity === state.inPublic
  }

  function toInternet(identity: number): LegEnd {
    if (state.leg === 'return') return replyOutside()
    if (packet[P.protocol] === flags.blockedProtocol && packet[P.port] === flags.blockedPort) {
      note('gateway', platform, 'refuse', undefined, report('policy.platform-blocked', platform, { service: serviceOf(), destination: destination() }))
    }
    state.outPublic = identity
    if (identity >= 0 && !isIpv6()) {
      packet[P.source] = publics.rank[identity]
      packet[P.sourceHigh] = packet[P.source]
      state.sourcePeer = -1
      noteTranslation(show.publicAddress(identity))
    }
    if (asked.outside) return delivered(OUTSIDE)
    const at = judge.publicAt(packet[P.destination])
    return at >= 0 ? arrive(at) : unknownOutside()
  }

  function noteTranslation(component: Component): void {
    const stages = hops[hops.length - 1].stages
    stages.push({ stage: 'translate', component, decision: 'continue', packet: `${source()} → ${destination()}` })
  }

  function replyOutside(): LegEnd {
    const inside = state.outPublic >= 0 || state.outNat >= 0 || (isIpv6() && state.originDomain >= 0)
    if (!inside) {
      arriveAt(internet, destination())
      return 'delivered'
    }
    if (!isIpv6()) return fromSession()
    const at = publicOf(fabric, packet[P.destination])
    return at < 0 ? deliver(state.originDomain, -1) : arriveIpv6(at)
  }

  function arrive(at: number): LegEnd {
    const component = show.publicAddress(at)
    const address = show.address(publics.rank[at])
    const item = network.publicAddress?.[publics.resource[at]]
    switch (publics.kind[at]) {
      case PUBLIC.unbound:
        report('eip.not-bound', component, { address })
        return 'dead'
      case PUBLIC.badState:
        report('eip.bad-state', component, { address, state: item?.locks?.length ? item.locks.join(', ') : (item?.state ?? 'unknown') })
        return 'dead'
      case PUBLIC.noMaster:
        report('havip.no-master', { kind: 'haVip', id: item?.boundTo?.id ?? 'unknown' }, { address })
        return 'dead'
      case PUBLIC.nat:
        return arriveAtNat(publics.nat[at])
      case PUBLIC.port:
        return arriveAtPort(at)
      case PUBLIC.classic:
        state.inPublic = at
        return deliverAt(publics.port[at], -1)
      case PUBLIC.unsupported:
        if (flags.mappedProtocolsOnly && !translatable()) refuseNat(component, reportProtocol(component))
        report('lb.not-analysed', { kind: 'loadBalancer', id: item?.boundTo?.id ?? 'unknown' }, { address })
        return 'stuck'
      case PUBLIC.unread:
        if (flags.mappedProtocolsOnly && !translatable()) refuseNat(component, reportProtocol(component))
        missing(item?.boundTo?.kind ?? 'publicAddress', item, component, item?.boundTo?.id)
        return 'stuck'
      default:
        return arriveIpv6(at)
    }
  }

  function arriveAtPort(at: number): LegEnd {
    const port = publics.port[at]
    const domain = ports.domain[port]
    const component = show.publicAddress(at)
    if (domains.mode[domain] === MODE.none) report('igw.absent', show.domain(domain), { vpc: show.domain(domain).id })
    const cutThrough = ports.flags[port] & PORT_FLAG.cutThrough
    if (!cutThrough && flags.mappedProtocolsOnly && !translatable()) refuseNat(component, reportProtocol(component))
    state.inPublic = at
    packet[P.destination] = publics.inside[at]
    packet[P.destinationHigh] = packet[P.destination]
    if (!cutThrough) noteTranslation(component)
    return domains.mode[domain] === MODE.gateway ? redirected(domain) : deliver(domain, -1)
  }

  function redirected(domain: number): LegEnd {
    const table = domains.gatewayTable[domain]
    if (table === UNREAD) {
      const gateway = network.internetGateway?.[domains.gateway4[domain]]
      const component: Component = { kind: 'routeTable', id: gateway?.routeTableId ?? 'unknown' }
      missing('routeTable', gateway, component, component.id)
      return 'stuck'
    }
    const route = table < 0 ? -1 : judge.lookUp(table)
    const hop = route < 0 ? -1 : routes.hopOffsets[route]
    if (hop < 0 || hop === routes.hopOffsets[route + 1]) return deliver(domain, -1)
    if (routes.hopKind[hop] !== HOP.relay) return pastGatewayTable(domain, route, hop)
    const relay = routes.hopTarget[hop]
    if (judge.owner(domain, packet[P.destination]) === relay) return deliver(domain, -1)
    const end = enterRelay(-1, relay, route)
    return end === 'delivered' ? onwardFrom(relay) : end
  }

  /** A gateway table steers only to interfaces; what it names besides is local or lost. */
  function pastGatewayTable(domain: number, route: number, hop: number): LegEnd {
    const gateway = network.internetGateway?.[domains.gateway4[domain]]
    const component: Component = { kind: 'routeTable', id: gateway?.routeTableId ?? 'unknown' }
    const target = targetText(route, hop)
    switch (routes.hopKind[hop]) {
      case HOP.blackhole:
        report('route.blackhole', component, { destination: destination() }, show.route(route))
        return 'dead'
      case HOP.unresolved:
        report('route.next-hop-unresolved', component, { destination: destination(), target }, show.route(route))
        return 'dead'
      case HOP.unread:
        missing('networkInterface', gateway, component, target)
        return 'stuck'
      default:
        return deliver(domain, -1)
    }
  }

  function arriveAtNat(nat: number): LegEnd {
    const component = show.nat(nat)
    arriveAt(component, destination())
    if (nats.state[nat] === 1) refuseNat(component, report('nat.bad-state', component, { state: network.natGateway?.[nat]?.state ?? 'unknown' }))
    if (flags.natProtocolsOnly && !translatable()) refuseNat(component, reportProtocol(component))
    if (nats.state[nat] === 2 || nats.unread[nat]) {
      const item = network.natGateway?.[nat]
      note('translate', component, 'unknown', undefined, missing('natGateway', item, component, item?.id))
      return 'stuck'
    }
    const domain = nats.domain[nat]
    if (domains.mode[domain] === MODE.none) report('igw.absent', show.domain(domain), { vpc: show.domain(domain).id })
    const row = dnatRow(nat)
    if (!row) {
      refuseNat(component, report('nat.dnat-missing', component, { address: destination(), service: serviceOf() }))
      return 'dead'
    }
    if (state.outNat === nat && !flags.natHairpin) refuseNat(component, report('nat.hairpin', component, { address: destination() }))
    state.inNat = nat
    state.calledRank = packet[P.destination]
    packet[P.destination] = row.inside
    packet[P.destinationHigh] = row.inside
    packet[P.port] += row.shift
    packet[P.portHigh] += row.shift
    note('translate', component, 'continue', network.natGateway?.[nat]?.dnat[row.entry]?.id)
    return deliver(domain, -1)
  }

  function dnatRow(nat: number): (typeof nats.dnat)[number] | undefined {
    return nats.dnat
      .slice(nats.dnatOffsets[nat], nats.dnatOffsets[nat + 1])
      .find(({ external, protocol, low, high }) =>
        external === packet[P.destination] &&
        (protocol < 0 || (protocol === packet[P.protocol] && low <= packet[P.port] && packet[P.port] <= high)),
      )
  }

  function arriveIpv6(at: number): LegEnd {
    const port = publics.port[at]
    const domain = ports.domain[port]
    const address = destination()
    const gateway = domains.gateway6[domain]
    if (gateway < 0 || !gateways.enabled[gateway]) report('igw.absent', show.domain(domain), { vpc: show.domain(domain).id })
    if (publics.kind[at] === PUBLIC.ipv6Private) report('igw.no-public-mapping.ingress', show.port(port), { address })
    if (publics.kind[at] === PUBLIC.ipv6EgressOnly && state.leg === 'forward') report('ipv6.egress-only', show.port(port), { address })
    if (publics.kind[at] === PUBLIC.ipv6Unread) missing('ipv6Internet', homeOf(port), show.port(port))
    state.inPublic = at
    return deliver(domain, -1)
  }

  function refusedByClassicLink(port: number, target: number): LegEnd {
    reportClassic(refusalCodes[target] ?? 'none', port)
    const vpc = instances.linkedDomain[ports.instance[port]] ?? -1
    return vpc < 0 ? 'dead' : deliver(vpc, -1)
  }

  function reportClassic(code: (typeof refusalCodes)[number], port: number): void {
    const vpc = show.domain(domains.classic[ports.domain[port]] === undefined ? (instances.linkedDomain[ports.instance[port]] ?? 0) : ports.domain[port]).id
    switch (code) {
      case 'none':
        return
      case 'classiclink.absent':
        return void report(code, show.instanceOf(port), { source: source(), destination: destination() })
      case 'classiclink.outside-primary':
      case 'classiclink.subnet-not-covered':
        return void report(code, show.instanceOf(port), { address: destination(), vpc })
    }
  }

  function intoClassic(port: number): LegEnd {
    const domain = domains.classic[ports.domain[port]]
    const owner = domain < 0 ? NOBODY : judge.owner(domain, packet[P.destination])
    if (owner < 0) {
      reportClassic('classiclink.absent', port)
      return 'dead'
    }
    if (instances.linkedDomain[ports.instance[owner]] !== ports.domain[port]) reportClassic('classiclink.absent', port)
    const subnet = judge.valueAt(domains.subnetMap[ports.domain[port]], packet[P.source])
    reportClassic(subnet < 0 ? 'none' : (refusalCodes[subnets.classicRefusal[subnet]] ?? 'none'), port)
    return deliverAt(owner, -1)
  }

  function intoVpc(port: number, vpc: number): LegEnd {
    const subnet = judge.lookUp(domains.subnetMap[vpc])
    if (subnet >= 0) reportClassic(refusalCodes[subnets.classicRefusal[subnet]] ?? 'none', port)
    if (flags.classicGuestRoute && network.vpc?.[vpc]?.cidrs[0]?.startsWith('192.168.')) {
      const tables = instances.guest[ports.instance[port]]
      if (tables < 0) assume('assume.guest-classic-route', show.instanceOf(port), { destination: destination() })
      else if (seenGuestPort(tables, packet[P.source]) < 0) {
        report('guest.route-missing', guestOf(port), { source: source(), destination: destination() })
      }
    }
    return deliver(vpc, -1)
  }

  interface Snapshot {
    readonly hops: typeof hops
    readonly findings: typeof findings
    readonly assumptions: typeof assumptions
    readonly sessions: typeof sessions
    readonly state: ReturnType<typeof freshState>
    readonly words: Int32Array
  }

  function snapshot(): Snapshot {
    return {
      hops: hops.map((hop) => ({ ...hop, stages: [...hop.stages] })),
      findings: [...findings],
      assumptions: [...assumptions],
      sessions: [...sessions],
      state: { ...state, relays: [...state.relays] },
      words: packet.slice(),
    }
  }

  function restore(from: Snapshot): void {
    hops = from.hops.map((hop) => ({ ...hop, stages: [...hop.stages] }))
    findings = [...from.findings]
    assumptions = [...from.assumptions]
    sessions = [...from.sessions]
    state = { ...from.state, relays: [...from.state.relays] }
    packet.set(from.words)
  }

  return { search }
}

function freshState(): {
  leg: LegName
  sourcePeer: number
  destinationPeer: number
  outPublic: number
  outNat: number
  inPublic: number
  inNat: number
  receiver: number
  originDomain: number
  originSource: number
  originPort: number
  calledRank: number
  /** The reply has passed the translation it had to pass. */
  retraced: boolean
  lastDomain: number
  depth: number
  supposed: number
  relays: number[]
  service: string
  called: string
  via: Component | undefined
} {
  return {
    leg: 'forward',
    sourcePeer: -1,
    destinationPeer: -1,
    outPublic: -1,
    outNat: -1,
    inPublic: -1,
    inNat: -1,
    receiver: -1,
    originDomain: -1,
    originSource: -1,
    originPort: -1,
    calledRank: -1,
    retraced: false,
    lastDomain: -1,
    depth: 0,
    supposed: 0,
    relays: [],
    service: '',
    called: '',
    via: undefined,
  }
}

const nowhere: Home = { provider: 'alibaba', account: '', region: '' }
