// whole: one closure over the fabric's arrays: splitting it costs three to five times the speed (docs/decisions/0006)
/* oxlint-disable max-lines-per-function -- one closure on purpose (decision 0006) */
import {
  BACKEND as backendKinds,
  BALANCER_STATE as balancerStates,
  createJudge,
  type Fabric,
  type GuestFact,
  type GuestFlow,
  type GuestLeg,
  type Judge,
  type ListenerRow,
  GATEWAY as gatewayKinds,
  filtersInOrder,
  HOP as hops,
  hasPortWords,
  isIcmp,
  IPV6_SPACE as ipv6Spaces,
  isCutThrough,
  JUDGED as judgements,
  MODE as modes,
  NO_MASTER,
  NOBODY,
  type OutboundWay,
  PACKET,
  PORT_FLAG as portFlagBits,
  PORT_STATE as portStates,
  portOfWay,
  PUBLIC as publicKinds,
  publicOf,
  refusalCodes,
  UNREAD,
} from '#fabric'
import { type AskedPacket, OUTCOME } from './asked-packet.ts'
import { lateStart, lentAddress } from './lent-address.ts'
import { guestCode, type GuestRole } from './guest-code.ts'
import { R as refusalNumbers } from './refusal-code.ts'

// V8 reads an imported binding anew at each use, but folds a constant of this module: a third of
// the verdict (docs/decisions/0006).
const P = PACKET
const BACKEND = backendKinds
const BALANCER_STATE = balancerStates
const GATEWAY = gatewayKinds
const HOP = hops
const JUDGED = judgements
const IPV6_SPACE = ipv6Spaces
const MODE = modes
const PORT_FLAG = portFlagBits
const PORT_STATE = portStates
const PUBLIC = publicKinds
const R = refusalNumbers

/** The fast engine: one packet forward and back, integers only, no allocation. */
export interface Follower {
  /** Walks the low corner of the asked box through branch `choices`; returns one of `OUTCOME`. */
  follow(asked: AskedPacket): number
  /** Refusal number of the last walk; 0 when it was not refused. */
  refusal(): number
  /** Leg of the refusal: 0 forward, 1 return. */
  leg(): number
  /** How far the last walk's decision holds, beside the asked low corner. */
  readonly reach: Int32Array
  /** Moves on to the next branch of the same packet; false when all were walked. */
  nextBranch(): boolean
  /** Choices that the last walk took. */
  branch(): number[]
  /** Back to the first branch; true if some were left. */
  reset(): boolean
}

/** Words of `reach`: inclusive upper ends. */
export const REACH = { source: 0, destination: 1, sourcePort: 2, destinationPort: 3 } as const

const MAX_RELAYS = 16
/** NAT gateways in a row. */
const MAX_HIDDEN = 4
/**
 * On each leg, at the sender, at a load balancer and at every relay: next hops, and addresses of a
 * NAT gateway; and the backends of the load balancer.
 */
const MAX_FORKS = 2 * 2 * (MAX_RELAYS + 2) + 1
const DELIVERED = 0
const REFUSED = 1
const LEFT = 2
const STUCK = 3

const OUTSIDE = -2
const SERVICE = -3

/** A follower over a fabric. Not for use by two callers at the same time. */
export function createFollower(fabric: Fabric, judge: Judge = createJudge(fabric)): Follower {
  const { packet } = judge
  const {
    flags,
    ports,
    subnets,
    domains,
    routes,
    publics,
    nats,
    links,
    gateways,
    balancers,
    instances,
    services,
    guests,
    exits,
    transits,
    chains,
    outbounds,
  } = fabric
  const { privateSpace } = fabric
  // Held one by one: an array behind two loads costs a tenth of the verdict.
  const { domain: portDomain, subnet: portSubnet, table: portTable, state: portState } = ports
  const { flags: portFlags, instance: portInstance, publicHead, nat: portNat } = ports
  const { hopOffsets, hopKind, hopTarget } = routes
  const { kind: publicKind, rank: publicRank } = publics
  const { aclIn, aclOut } = subnets
  const { balancers: firstBalancer } = ports
  const { mode: domainMode } = domains
  const { guest: guestOf, system: systemOf } = instances
  const filtersIn = chainOrders(false)
  const filtersOut = chainOrders(true)
  const reach = new Int32Array(4)
  /** Port, source and destination of each. */
  const sessions = new Int32Array(3 * 64)
  const relayed = new Int32Array(MAX_RELAYS + 1)
  const choices = new Int32Array(MAX_FORKS)
  const radix = new Int32Array(MAX_FORKS)
  const someInside = fabric.systems.length > 0
  const flows: GuestFlow[] = []
  const guestLegs: readonly GuestLeg[] = [
    { reply: false, flows, onward: false },
    { reply: true, flows, onward: false },
  ]
  const classicRefusals = refusalCodes.map((code) => (code === 'none' ? 0 : R[code]))

  let refusal = 0
  let leg = 0
  let unknown = false
  let depth = 0
  let sessionCount = 0
  let relayCount = 0
  /** Port behind the packet's present source and destination, where the walk knows it. */
  let sourcePeer = -1
  let destinationPeer = -1
  /** Translations of the forward leg. */
  let outPublic = -1
  let outNat = -1
  let inPublic = -1
  let inNat = -1
  let portShift = 0
  let receiver = -1
  /** Port that the receiver's guest got the forward packet by. */
  let cameBy = -1
  /** The load balancer that the request went through, the address it has and the port it moved. */
  let balancer = -1
  let balancerAddress = -1
  let balancerShift = 0
  /** The client behind its address, where its backend does not see it. */
  let hidden = -1
  let hiddenHigh = -1
  let originDomain = -1
  let originSource = -1
  let lastDomain = -1
  let originPort = -1
  let target = -1
  let outside = false
  /** Public address by which a NAT gateway was called. */
  let called = -1
  /** The reply has passed the translation it had to pass. */
  let retraced = false
  /** Exit by which the packet came into the network; -1: it did not. */
  let cameInBy = -1
  /** Sources that NAT gateways with interfaces of their own hide, the outermost last. */
  let hiddenSources = 0
  const hiddenRank = new Int32Array(MAX_HIDDEN)
  const hiddenPort = new Int32Array(MAX_HIDDEN)

  /** The filters of every chain as a packet meets them. */
  function chainOrders(egress: boolean): readonly (readonly number[])[] {
    return Array.from(chains.offsets.subarray(1), (_, chain) =>
      filtersInOrder(chains, chain, egress),
    )
  }

  function refuse(code: number): number {
    refusal = code
    return REFUSED
  }

  function stuck(): number {
    unknown = true
    return STUCK
  }

  function shrink(word: number, to: number): void {
    if (to < packet[word]) packet[word] = to
  }

  function pick(options: number): number {
    if (options === 1) return 0
    radix[depth] = options
    return choices[depth++]
  }

  function follow(asked: AskedPacket): number {
    load(asked)
    let end = forward(asked)
    if (end === DELIVERED) {
      leg = 1
      turnAround()
      end = back()
      turnAround()
    }
    if (hidden >= 0) unhide(P.source)
    packet[P.port] -= portShift
    packet[P.portHigh] -= portShift
    save(asked)
    if (end === REFUSED) return OUTCOME.unreachable
    if (unknown) return OUTCOME.undetermined
    return end === LEFT ? OUTCOME.leaves : OUTCOME.reachable
  }

  function load(asked: AskedPacket): void {
    packet[P.source] = asked.source
    packet[P.sourceHigh] = asked.sourceHigh
    packet[P.destination] = asked.destination
    packet[P.destinationHigh] = asked.destinationHigh
    packet[P.protocol] = asked.protocol
    packet[P.sourcePort] = asked.sourcePort
    packet[P.sourcePortHigh] = asked.sourcePortHigh
    packet[P.port] = asked.destinationPort
    packet[P.portHigh] = asked.destinationPortHigh
    refusal = 0
    leg = 0
    unknown = false
    depth = 0
    sessionCount = 0
    relayCount = 0
    sourcePeer = -1
    destinationPeer = -1
    outPublic = -1
    outNat = -1
    inPublic = -1
    inNat = -1
    portShift = 0
    receiver = -1
    cameBy = -1
    balancer = -1
    hidden = -1
    originDomain = -1
    originSource = -1
    originPort = -1
    lastDomain = -1
    target = asked.target
    outside = asked.outside
    retraced = false
    cameInBy = asked.exit
    hiddenSources = 0
    if (flows.length > 0) flows.length = 0
  }

  /** Only ends outside the network are open intervals, and those are never translated. */
  function save(asked: AskedPacket): void {
    const sourceOpen = asked.sourceHigh > asked.source
    const destinationOpen = asked.destinationHigh > asked.destination
    reach[REACH.source] = sourceOpen ? packet[P.sourceHigh] : asked.source
    reach[REACH.destination] = destinationOpen ? packet[P.destinationHigh] : asked.destination
    reach[REACH.sourcePort] = packet[P.sourcePortHigh]
    reach[REACH.destinationPort] = packet[P.portHigh]
  }

  /** The reply: ends and ports change places. */
  function turnAround(): void {
    swap(P.source, P.destination)
    swap(P.sourceHigh, P.destinationHigh)
    if (hasPortWords(packet[P.protocol])) {
      swap(P.sourcePort, P.port)
      swap(P.sourcePortHigh, P.portHigh)
    }
    const peer = sourcePeer
    sourcePeer = destinationPeer
    destinationPeer = peer
    relayCount = 0
  }

  function swap(a: number, b: number): void {
    const kept = packet[a]
    packet[a] = packet[b]
    packet[b] = kept
  }

  function forward(asked: AskedPacket): number {
    if (asked.port < 0 && asked.instance < 0)
      return asked.exit < 0 ? fromOutside() : fromExit(asked.exit)
    let port = asked.port
    if (port < 0) {
      port = guestPort(asked.instance, -1, true, -1)
      if (port === -1) port = lateWay(asked.instance)
      if (port < 0) return withoutPort(port)
    }
    if (portState[port] === PORT_STATE.doubted || isAddressUnread(port)) return stuck()
    if (packet[P.source] < 0) {
      let own = isIpv6() ? ports.address6[port] : ports.address4[port]
      if (own < 0 && asked.port < 0 && isIpv6()) own = lentAddress(fabric, port)
      if (own === UNREAD) return unusable(usable(port) || -1)
      if (own < 0) return refuse(isIpv6() ? R['eni.no-ipv6-address'] : R['eni.no-public-address'])
      packet[P.source] = own
      packet[P.sourceHigh] = own
    }
    sourcePeer = port
    if (packet[P.source] !== ports.address4[port]) {
      const owner = judge.owner(portDomain[port], packet[P.source])
      if (owner >= 0) sourcePeer = owner
    }
    const state = usable(port)
    if (state !== 0) return unusable(state)
    originDomain = portDomain[port]
    originSource = packet[P.source]
    originPort = sourcePeer
    return asked.port < 0 ? sendByWayOf(port) : sendBy(port)
  }

  /** Over IPv6 a guest looks a second time only where the first time found nothing. */
  function lateWay(instance: number): number {
    const tables = guestOf[instance]
    if (!flags.guestSecondLookup || !isIpv6() || tables < 0 || packet[P.source] >= 0) return -1
    const { source, way } = lateStart(fabric, instance, (own) => seenGuestPort(tables, own, -1))
    if (way >= 0) {
      packet[P.source] = source
      packet[P.sourceHigh] = source
    }
    return way
  }

  /** A guest that names no source looks a second time, with the source of the way it found first. */
  function sendByWayOf(first: number): number {
    const instance = portInstance[first]
    if (!flags.guestSecondLookup || isIpv6() || instance < 0 || guestOf[instance] < 0)
      return sendBy(first)
    const port = seenGuestPort(guestOf[instance], packet[P.source], -1)
    if (port < 0) return withoutPort(port)
    if (port !== first) {
      const state = usable(port)
      if (state !== 0) return unusable(state)
    }
    return sendBy(port)
  }

  /** The guest's own firewall, then the port. */
  function sendBy(port: number): number {
    const said = insideOf(port) ? heard(judge.guest.send(port, guestLegs[leg]), 'send') : 0
    if (said !== 0) return unusable(said)
    return balancer >= 0 ? handBack(port) : emit(port)
  }

  /** Whether anything was seen of the firewall, sockets and devices behind a port. */
  function insideOf(port: number): boolean {
    if (!someInside) return false
    const instance = portInstance[port]
    return instance >= 0 && systemOf[instance] >= 0
  }

  /** What an operating system said: 0 to go on, -1 where it is not known how, or the refusal. */
  function heard(facts: readonly GuestFact[], role: GuestRole): number {
    for (const fact of facts) {
      if (fact.outcome === 'refuses') return R[guestCode(fact, role)]
      if (fact.outcome === 'loses') return -1
      if (fact.outcome === 'opens') unknown = true
    }
    return 0
  }

  /** Whether an EIP that was not read may have replaced the IPv4 address of a port. */
  function isAddressUnread(port: number): boolean {
    return (portFlags[port] & PORT_FLAG.addressUnread) !== 0 && !isIpv6()
  }

  function fromOutside(): number {
    const at = judge.publicAt(packet[P.destination])
    return at < 0 ? unknownOutside() : arrive(at)
  }

  /** From the customer's side: by a VPN gateway into its VPC, by a line into its transit router. */
  function fromExit(exit: number): number {
    const domain = exits.domain[exit]
    if (domain >= 0) return fromGateway(exit, domain)
    const attachment = transits.exit.indexOf(exits.via[exit])
    return attachment < 0 ? stuck() : acrossRouter(attachment, -1)
  }

  function back(): number {
    if (receiver === SERVICE) return deliver(lastDomain, -1)
    if (receiver === OUTSIDE) return originDomain >= 0 && isIpv6() ? replyInside() : fromSession()
    const own = receiver
    const port = guestPort(portInstance[own], own, false, isIcmp(packet[P.protocol]) ? cameBy : -1)
    if (port < 0) return withoutPort(port)
    if (port !== own) {
      if (balancer >= 0 && flags.balancerSameInterface) return refuse(R['lb.return-bypass'])
      const state = usable(port)
      if (state !== 0) return unusable(state)
    }
    return sendBy(port)
  }

  /** A reply from the Internet: the forward leg's translation is undone. */
  function fromSession(): number {
    retraced = true
    packet[P.destination] = originSource
    packet[P.destinationHigh] = originSource
    if (
      outNat < 0 &&
      outPublic >= 0 &&
      domainMode[originDomain] !== MODE.bypass &&
      publicKind[outPublic] === PUBLIC.port
    ) {
      return redirected(originDomain)
    }
    if (outPublic >= 0 && publicKind[outPublic] === PUBLIC.classic)
      return deliverAt(publics.port[outPublic], -1)
    return deliver(originDomain, -1)
  }

  /** The gateway's own subnet may have a table; where that leads past the VPC is not followed. */
  function fromGateway(exit: number, domain: number): number {
    const table = exits.table[exit]
    if (table === UNREAD) return stuck()
    const kind = table < 0 ? HOP.local : hopKind[hopOffsets[judge.lookUp(table)]]
    if (kind === HOP.blackhole) return refuse(R['route.blackhole'])
    if (kind !== HOP.local && kind !== HOP.link) return stuck()
    const to = usedFrom(exit, domain)
    if (to === domain && exits.lentUnread[exit] && judge.lookUp(domains.subnetMap[to]) < 0)
      return stuck()
    return deliver(to, -1)
  }

  /** The VPC with the destination: the gateway's own, or a peer that uses it. */
  function usedFrom(exit: number, own: number): number {
    for (const domain of exits.lentTo[exit])
      if (judge.lookUp(domains.subnetMap[domain]) >= 0) return domain
    return own
  }

  function isIpv6(): boolean {
    return packet[P.destination] >= fabric.line.starts4.length
  }

  /** Refusal number of an attachment point that cannot carry packets; 0 if it can, -1 if in doubt. */
  function usable(port: number): number {
    switch (portState[port]) {
      case PORT_STATE.usable:
        return 0
      case PORT_STATE.notAttached:
        return R['eni.not-attached']
      case PORT_STATE.badState:
        return R['eni.bad-state']
      case PORT_STATE.notRunning:
        return R['instance.not-running']
      case PORT_STATE.locked:
        return R['instance.locked']
      case PORT_STATE.doubted:
        return -1
      default:
        unknown = true
        return 0
    }
  }

  const unusable = (state: number): number => (state < 0 ? stuck() : refuse(state))

  /** The interface a guest sends by: its own tables if seen, else the documented default. */
  function guestPort(instance: number, own: number, relays: boolean, by: number): number {
    if (instance < 0) return own
    const tables = guestOf[instance]
    if (
      tables >= 0 &&
      (own < 0 || !(portFlags[own] & (PORT_FLAG.classicIntranet | PORT_FLAG.classicInternet)))
    ) {
      return seenGuestPort(tables, own < 0 && !relays ? -1 : packet[P.source], by)
    }
    if (!relays && own >= 0) return own
    const first = instances.offsets[instance]
    const end = instances.offsets[instance + 1]
    if (first === end) return own
    const primary = instances.ports[first]
    const isVpc = primary < ports.interfaces
    const partial = !(portFlags[primary] & PORT_FLAG.primary) && isVpc
    if (isVpc && instances.portsUnread[instance]) return surePort(primary, partial)
    if (!partial && end - first === 1) return primary
    let able = speaks(primary) ? primary : -1
    for (let i = first; i < end; i++) {
      const port = instances.ports[i]
      if (portState[port] === PORT_STATE.notAttached || portState[port] === PORT_STATE.badState)
        continue
      if (!speaks(port)) continue
      if (able < 0) able = port
      if (
        flags.guestConnected &&
        portSubnet[port] >= 0 &&
        judge.lookUp(domains.subnetMap[portDomain[port]]) === portSubnet[port]
      )
        return port
    }
    return able < 0 ? primary : able
  }

  /** An interface without an IPv6 address gives its guest no IPv6 routes. */
  function speaks(port: number): boolean {
    return ports.address6[port] >= 0 || !isIpv6()
  }

  /** The interface of a guest that may have more of them: none in the destination's vSwitch comes first. */
  function surePort(primary: number, partial: boolean): number {
    // Without its primary interface, an instance has more than was read.
    if (partial || !speaks(primary)) return UNREAD
    const domain = portDomain[primary]
    const subnet = judge.lookUp(domains.subnetMap[domain])
    if (subnet >= 0) return subnet === portSubnet[primary] ? primary : UNREAD
    const near = domains.subnetsUnread[domain] && judge.lookUp(domains.privateMap[domain]) === 1
    return near ? UNREAD : primary
  }

  function seenGuestPort(tables: number, source: number, by: number): number {
    for (const { from, map } of guests[tables].rules) {
      if (from && !isFrom(source, from.low, from.high)) continue
      const way = judge.lookUp(map)
      if (way >= 0) return way
      if (way !== -1) return portOfWay(guests[tables], way, by)
    }
    return -1
  }

  /** Whether a guest's rule for a source holds; of others from there on the same is said. */
  function isFrom(source: number, low: number, high: number): boolean {
    if (source < low) {
      if (source >= 0) shrink(P.sourceHigh, low - 1)
      return false
    }
    if (source > high) return false
    shrink(P.sourceHigh, high)
    return true
  }

  /** A seen guest knows no way, or nobody knows by which interface it is. */
  function withoutPort(port: number): number {
    return port < -1 ? stuck() : refuse(R['guest.route-missing'])
  }

  function hasSession(port: number): boolean {
    if (leg === 0 || !flags.groupsStateful) return false
    const source = packet[P.source]
    const destination = packet[P.destination]
    for (let i = 0; i < sessionCount; i += 3) {
      if (sessions[i] !== port) continue
      if (sessions[i + 1] === destination && sessions[i + 2] === source) return true
    }
    return false
  }

  function addSession(port: number): void {
    if (leg !== 0 || sessionCount >= sessions.length) return
    sessions[sessionCount++] = port
    sessions[sessionCount++] = packet[P.source]
    sessions[sessionCount++] = packet[P.destination]
  }

  /** Groups of a port; 0 or the refusal. */
  function groups(port: number, egress: boolean): number {
    if (portFlags[port] & PORT_FLAG.groupless || hasSession(port)) return 0
    if (flags.groupsInChain) return filtersOf(port, egress)
    const judged = judge.groups(port, egress, egress ? destinationPeer : sourcePeer)
    addSession(port)
    if (judged === JUDGED.unread) {
      unknown = true
      return 0
    }
    if (judge.accepts(judged)) return 0
    if (egress) return judged < 0 ? R['sg.egress.no-match'] : R['sg.egress.deny']
    return judged < 0 ? R['sg.ingress.no-match'] : R['sg.ingress.deny']
  }

  /** Whether a chain has filters beside a manager's. */
  function hasGroups(chain: number): boolean {
    if (chain < 0) return false
    const first = chains.offsets[chain]
    return chains.offsets[chain + 1] - first > chains.managers[first]
  }

  /** The filters of a port, one after another; 0 or the refusal. */
  function filtersOf(port: number, egress: boolean): number {
    const chain = chains.of[port]
    addSession(port)
    if (!egress && leg === 0 && inPublic >= 0 && publics.closed[inPublic] && !hasGroups(chain))
      return R['sg.ingress.no-match']
    if (chain < 0) return 0
    // A manager's rule that was not read may let it past every group.
    let past = false
    for (const filter of (egress ? filtersOut : filtersIn)[chain]) {
      const judged = judge.filter(filter, port, egress, egress ? destinationPeer : sourcePeer)
      if (judged === JUDGED.unread) {
        unknown = true
        past ||= chains.managers[filter] > 0
      } else if (!judge.accepts(judged)) {
        if (past) return 0
        if (egress) return judged < 0 ? R['sg.egress.no-match'] : R['sg.egress.deny']
        return judged < 0 ? R['sg.ingress.no-match'] : R['sg.ingress.deny']
      } else if (judge.isFinal(judged)) return 0
    }
    return 0
  }

  /** The list at the boundary of a port's subnet; `other` is the far port if it is an interface. */
  function boundary(port: number, egress: boolean, other: number): number {
    const subnet = portSubnet[port]
    if (subnet < 0) {
      const exempt = flags.aclCutThroughExempt && portFlags[port] & PORT_FLAG.cutThrough
      if (port < ports.interfaces && !exempt) unknown = true
      return 0
    }
    const list = egress ? aclOut[subnet] : aclIn[subnet]
    if (list === -1) return 0
    if (port >= firstBalancer && flags.balancerUnfiltered) return 0
    if (leg === 1 && flags.aclStateful) return 0
    if (other >= 0 && flags.aclSameSubnetExempt && portSubnet[other] === subnet) return 0
    if (flags.aclCutThroughExempt && portFlags[port] & PORT_FLAG.cutThrough) return 0
    if (judge.filterExempt(egress)) return 0
    if (list === UNREAD) {
      unknown = true
      return 0
    }
    if (judge.accepts(judge.list(list, egress))) return 0
    if (portFlags[port] & PORT_FLAG.addressUnread) {
      unknown = true
      return 0
    }
    if (leg === 0) return egress ? R['acl.egress.deny'] : R['acl.ingress.deny']
    return egress ? R['acl.return.egress.deny'] : R['acl.return.ingress.deny']
  }

  /**
   * A packet leaves a port: groups, route, boundary, next hop; relays go round the loop. Not
   * `asked`: the checks and groups of the first port have had their say.
   */
  function emit(start: number, asked = true): number {
    let port = start
    let filtered = asked
    for (;;) {
      if (
        (asked || port !== start) &&
        portFlags[port] & PORT_FLAG.checked &&
        judge.owner(portDomain[port], packet[P.source]) !== port
      ) {
        return refuse(R['eni.source-dest-check'])
      }
      if (filtered) {
        const refused = groups(port, true)
        if (refused !== 0) return refuse(refused)
      }
      lastDomain = portDomain[port]
      const identity = bypass(port)
      if (identity === UNREAD) return stuck()
      if (identity >= 0) {
        const refused = boundary(port, true, -1)
        return refused !== 0 ? refuse(refused) : leaveBy(port, identity)
      }
      const table = portTable[port]
      if (table < 0) return stuck()
      const route = judge.lookUp(table)
      if (route < 0) return refuse(leg === 0 ? R['route.none'] : R['route.return.none'])
      const first = hopOffsets[route]
      const hops = hopOffsets[route + 1] - first
      if (hops === 0) return refuse(R['route.inactive'])
      const hop = first + pick(hops)
      const relay = hopTarget[hop]
      if (hopKind[hop] !== HOP.relay) return handOver(port, hopKind[hop], relay)
      const owner = judge.owner(portDomain[relay], packet[P.destination])
      const far = portDomain[relay] !== portDomain[port]
      if (owner === relay && cameFromInternet()) return refuse(R['nat.return-bypass'])
      if (far) {
        const crossed = crossTo(portDomain[port], portDomain[relay])
        if (crossed !== DELIVERED) return crossed
      }
      if (owner === relay)
        return far ? deliver(portDomain[relay], -1) : toNeighbour(port, portDomain[port])
      if (owner === NOBODY && mayBeOwned(portDomain[relay])) return stuck()
      const end = enterRelay(port, relay)
      if (end !== DELIVERED) return end
      if (isOwnGuests(relay, owner)) return deliverInside(relay, owner)
      const taken = takeIn(relay)
      if (taken !== DELIVERED) return taken
      filtered = flags.relayFiltered
      const next = guestPort(portInstance[relay], relay, true, relay)
      if (next < 0) return withoutPort(next)
      if (next !== relay) {
        const state = usable(next)
        if (state !== 0) return unusable(state)
      }
      const passed = passOn(relay, next)
      if (passed !== DELIVERED) return passed
      port = next
    }
  }

  /** A relay's own firewall, once its routes have said by which port it sends. */
  function passOn(relay: number, next: number): number {
    const said = insideOf(relay) ? heard(judge.guest.passOn(next, guestLegs[leg]), 'relay') : 0
    return said === 0 ? DELIVERED : unusable(said)
  }

  /** The identity by which a packet reaches the Internet past the route table; -1 if it does not. */
  function bypass(port: number): number {
    if (publicHead[port] < 0 && (sourcePeer === port || sourcePeer < 0) && !flags.identitiesUnread)
      return -1
    const domain = portDomain[port]
    if (domain >= domains.vpcs) return -1
    const identity = identityOf(port)
    if (identity < 0) return mayBypass(port) ? UNREAD : -1
    const kind = publicKind[identity]
    if (kind !== PUBLIC.port && kind !== PUBLIC.ipMapping)
      return flags.ipv6Gateway ? -1 : ipv6Bypass(domain, identity)
    const mode = domainMode[domain]
    if (mode === MODE.gateway || mode === MODE.none) return -1
    if (judge.lookUp(domains.privateMap[domain]) === 1) return -1
    // An activated gateway would send it by the route table; an own address comes before a mapping.
    return mode === MODE.unread || (kind === PUBLIC.ipMapping && domains.publicsUnread[domain])
      ? UNREAD
      : identity
  }

  /** Without a listed identity, one that was not read may still lead past the route table. */
  function mayBypass(port: number): boolean {
    const domain = portDomain[port]
    const some = domains.publicsUnread[domain] || domains.mappingUnread[domain]
    if (!(some || portState[port] === PORT_STATE.unread) || isIpv6()) return false
    const mode = domainMode[domain]
    if (mode === MODE.gateway || mode === MODE.none) return false
    return judge.lookUp(domains.privateMap[domain]) !== 1
  }

  /** The public identity of the source; a reply takes the one that was called if it has several. */
  function mappingOf(port: number): number {
    const first = judge.mapping(port, packet[P.source])
    const called = leg === 1 && first >= 0 && inPublic >= 0 && publics.port[inPublic] === port
    return called && publics.inside[inPublic] === packet[P.source] ? inPublic : first
  }

  /** A port's own public identity; a DNAT IP mapping holds for its address whichever port sends. */
  function identityOf(port: number): number {
    const own = mappingOf(port)
    if (
      own >= 0 ||
      sourcePeer < 0 ||
      sourcePeer === port ||
      portDomain[sourcePeer] !== portDomain[port]
    )
      return own
    let at = mappingOf(sourcePeer)
    while (
      at >= 0 &&
      (publicKind[at] !== PUBLIC.ipMapping || publics.inside[at] !== packet[P.source])
    )
      at = publics.next[at]
    return at
  }

  /** The public identity that an IPv4 gateway gives: by the source address, whichever port sends. */
  function ownAddressOf(port: number): number {
    const own = mappingOf(port)
    if (own >= 0 || sourcePeer < 0 || portDomain[sourcePeer] !== portDomain[port]) return own
    return mappingOf(sourcePeer)
  }

  function ipv6Bypass(domain: number, identity: number): number {
    if (!isIpv6() || judge.lookUp(privateSpace) === 1) return -1
    return judge.lookUp(domains.subnetMap[domain]) >= 0 ? -1 : identity
  }

  function enterRelay(from: number, port: number): number {
    for (let i = 0; i < relayCount; i++) if (relayed[i] === port) return refuse(R['route.loop'])
    if (relayCount >= MAX_RELAYS) return refuse(R['route.loop'])
    relayed[relayCount++] = port
    if (flags.nextHopAlive) {
      const state = portState[port]
      if (state === PORT_STATE.doubted) return stuck()
      if (state === PORT_STATE.unread) unknown = true
      else if (state !== PORT_STATE.usable) return refuse(R['route.next-hop-down'])
    }
    if (from >= 0) {
      const refused = boundary(from, true, port)
      if (refused !== 0) return refuse(refused)
    }
    if (portFlags[port] & PORT_FLAG.checked) return refuse(R['eni.source-dest-check'])
    let refused = boundary(port, false, from)
    if (refused === 0 && flags.relayFiltered) refused = groups(port, false)
    return refused !== 0 ? refuse(refused) : DELIVERED
  }

  /** Whether the destination is another port of the guest that a packet was relayed to. */
  function isOwnGuests(relay: number, owner: number): boolean {
    return (
      flags.guestAnyPort &&
      owner >= 0 &&
      portInstance[owner] >= 0 &&
      portInstance[owner] === portInstance[relay]
    )
  }

  /** The guest takes the packet where it came in. */
  function deliverInside(at: number, owner: number): number {
    if (cameFromInternet()) return refuse(R['nat.return-bypass'])
    packet[P.destinationHigh] = packet[P.destination]
    destinationPeer = owner
    const meant = leg === 0 ? target : originPort
    if (meant >= 0 && meant !== owner) return refuse(R['peer.cidr-overlap'])
    if (isMartian(at)) return refuse(R['guest.martian-source'])
    const state = usable(owner)
    if (state !== 0) return unusable(state)
    const said = insideOf(at) ? heard(judge.guest.receive(at, owner, guestLegs[leg]), 'receive') : 0
    if (said !== 0) return unusable(said)
    if (leg === 0) cameBy = at
    return delivered(owner)
  }

  /** Whether a packet comes in with an address of the guest behind a port as its source. */
  function isMartian(port: number): boolean {
    if (!flags.guestDropsMartians || isIpv6()) return false
    const owner = judge.owner(portDomain[port], packet[P.source])
    if (owner < 0 || portInstance[owner] < 0 || portInstance[owner] !== portInstance[port])
      return false
    packet[P.sourceHigh] = packet[P.source]
    return true
  }

  /** A relay's guest, up to its routes. */
  function takeIn(port: number): number {
    if (isMartian(port)) return refuse(R['guest.martian-source'])
    const said = insideOf(port) ? heard(judge.guest.takeIn(port, guestLegs[leg]), 'relay') : 0
    if (said !== 0) return unusable(said)
    if (!flags.guestForwarding) return DELIVERED
    const forwarding = instances.forwarding[portInstance[port]]
    if (forwarding === 2) return refuse(R['instance.ip-forward-disabled'])
    if (forwarding !== 1) unknown = true
    return DELIVERED
  }

  function handOver(port: number, kind: number, target: number): number {
    if (cameFromInternet() && staysInside(kind))
      return isServed(kind, target) ? stuck() : refuse(R['nat.return-bypass'])
    if (kind === HOP.local) return toNeighbour(port, portDomain[port])
    switch (kind) {
      case HOP.blackhole:
        return refuse(R['route.blackhole'])
      case HOP.unresolved:
        return refuse(R['route.next-hop-unresolved'])
      case HOP.noMaster:
        return refuse(R['havip.no-master'])
      case HOP.refuse:
        return refuse(classicRefusals[target])
      case HOP.unread:
      case HOP.unsupported:
        return stuck()
    }
    if (kind === HOP.fromClassic) return intoVpc(port, target)
    if (kind === HOP.internet) return fromClassicNic(port)
    if (kind === HOP.translate) return intoNatPort(port, target)
    if (kind === HOP.transit) return intoRouter(port, target)
    if (kind === HOP.outbound) return outward(port)
    const refused = boundary(port, true, -1)
    if (refused !== 0) return refuse(refused)
    switch (kind) {
      case HOP.leaves:
        return cameFromInternet() ? refuse(R['nat.return-bypass']) : leaveBeyond(target)
      case HOP.service:
        return target === -1 ? toService(port) : toServed(target)
      case HOP.nat:
        return throughNat(port, target)
      case HOP.gateway:
        return throughGateway(port, target)
      case HOP.link:
        return overLink(portDomain[port], target)
      default:
        return intoClassic(port)
    }
  }

  /** Local delivery: the owner decides whether the boundary of the sender's subnet is crossed. */
  function toNeighbour(port: number, domain: number): number {
    const owner = ownerIn(domain)
    // Whoever has it, an address of the sender's own subnet is not across the boundary.
    const near = judge.lookUp(domains.subnetMap[domain]) === portSubnet[port] ? port : -1
    const refused = boundary(port, true, owner >= 0 ? owner : near)
    if (refused === 0) return deliverTo(owner, domain, port)
    // An owner that was not read may be in the sender's subnet.
    const open = owner === -1 || (owner === NOBODY && domains.ownersUnread[domain] === 1)
    return open ? stuck() : refuse(refused)
  }

  /** Who has the destination; a reply to its sender needs no search. */
  function ownerIn(domain: number): number {
    const rank = packet[P.destination]
    if (leg === 1 && rank === originSource && domain === originDomain) return originPort
    return judge.owner(domain, rank)
  }

  function deliver(domain: number, from: number): number {
    return deliverTo(ownerIn(domain), domain, from)
  }

  function deliverTo(owner: number, domain: number, from: number): number {
    packet[P.destinationHigh] = packet[P.destination]
    if (owner === NOBODY) {
      // The routes of a service in another VPC are not in the input: its answer stays open.
      if (serviceAt(domain))
        return domain === lastDomain && leg === 0 ? delivered(SERVICE) : stuck()
      return domains.ownersUnread[domain] || heldUnread(domain)
        ? stuck()
        : refuse(R['address.not-assigned'])
    }
    if (owner === NO_MASTER) return refuse(R['havip.no-master'])
    if (owner < 0) return stuck()
    return deliverAt(owner, from)
  }

  /** Whether an interface or a HaVip that was not read may have the destination: the relay itself. */
  function mayBeOwned(domain: number): boolean {
    return domains.ownersUnread[domain] === 1 && judge.lookUp(domains.subnetMap[domain]) >= 0
  }

  /** Whether something that is not listed may have the destination. */
  function heldUnread(domain: number): boolean {
    const subnet = judge.lookUp(domains.subnetMap[domain])
    return subnet < 0 ? domains.subnetsUnread[domain] === 1 : subnets.holdersUnread[subnet] === 1
  }

  function deliverAt(port: number, from: number): number {
    destinationPeer = port
    const meant = leg === 0 ? target : originPort
    if (meant >= 0 && meant !== port) return refuse(R['peer.cidr-overlap'])
    // Who called from behind a gateway has no port here.
    if (leg === 1 && cameInBy >= 0) return refuse(R['peer.cidr-overlap'])
    if (port >= firstBalancer) return throughBalancer(port, from)
    if (portNat[port] >= 0) return backAtNatPort(port, from)
    const state = usable(port)
    if (state !== 0) return unusable(state)
    if (isAddressUnread(port)) unknown = true
    const passes = balancer >= 0 && leg === 0 && !flags.balancerFiltered
    let refused = passes ? 0 : boundary(port, false, from)
    if (refused === 0) refused = groups(port, false)
    if (refused === 0 && isMartian(port)) refused = R['guest.martian-source']
    if (refused === 0 && insideOf(port))
      refused = heard(judge.guest.receive(port, port, guestLegs[leg]), 'receive')
    if (refused < 0) return stuck()
    if (refused !== 0) return refuse(refused)
    if (leg === 0) cameBy = port
    return delivered(port)
  }

  /** A load balancer hands the connection to one of a listener's backends. */
  function throughBalancer(port: number, from: number): number {
    // Nobody here called from the address of a load balancer.
    if (leg === 1) return refuse(R['peer.cidr-overlap'])
    const state = balancers.state[port - firstBalancer]
    if (state === BALANCER_STATE.unread) return stuck()
    let refused = boundary(port, false, from)
    if (refused === 0) refused = groups(port, false)
    if (refused !== 0) return refuse(refused)
    if (state === BALANCER_STATE.idle) return refuse(R['lb.bad-state'])
    if (state === BALANCER_STATE.stateUnread) unknown = true
    // Whether the address answers an echo is the provider's business.
    const every = balancers.everyPort[port - firstBalancer]
    if (packet[P.protocol] === 1 && !every) return stuck()
    const listener = listenerAt(port - firstBalancer) ?? every
    if (!listener?.running) return refuse(R['lb.no-listener'])
    const { backends, keepsClient } = listener
    if (backends.length === 0) return refuse(R['lb.listener-no-backend'])
    const { at, address, port: service } = backends[pick(backends.length)]
    if (at === BACKEND.unread) return stuck()
    if (at === BACKEND.gone) return refuse(R['instance.no-interface'])
    balancer = port
    balancerAddress = packet[P.destination]
    balancerShift = service - listener.port
    target = -1
    packet[P.destination] = address
    packet[P.destinationHigh] = address
    packet[P.port] += balancerShift
    packet[P.portHigh] += balancerShift
    portShift += balancerShift
    if (!keepsClient) hide()
    // An EIP in cut-through mode has taken its address from the backend.
    if (portState[at] !== PORT_STATE.doubted && judge.owner(portDomain[at], address) !== at)
      return refuse(R['address.not-assigned'])
    if (!flags.balancerOwnList) return deliverAt(at, -1)
    destinationPeer = at
    refused = groups(port, true)
    if (refused === 0) refused = boundary(port, true, at)
    return refused === 0 ? deliverAt(at, port) : refuse(refused)
  }

  function listenerAt(at: number): ListenerRow | undefined {
    if (!hasPortWords(packet[P.protocol])) return undefined
    return balancers.listeners[at].find(
      ({ protocol, port }) => protocol === packet[P.protocol] && inPorts(port, port),
    )
  }

  /** Only with the semantic `lb.client-address` off: the backend sees its load balancer as client. */
  function hide(): void {
    hidden = packet[P.source]
    hiddenHigh = packet[P.sourceHigh]
    packet[P.source] = balancerAddress
    packet[P.sourceHigh] = balancerAddress
    sourcePeer = balancer
  }

  function unhide(end: number): void {
    packet[end] = hidden
    packet[end + 1] = hiddenHigh
    hidden = -1
  }

  /** The reply of a backend goes back to its load balancer, which answers as itself. */
  function handBack(port: number): number {
    const by = balancer
    if (
      portFlags[port] & PORT_FLAG.checked &&
      judge.owner(portDomain[port], packet[P.source]) !== port
    )
      return refuse(R['eni.source-dest-check'])
    let refused = groups(port, true)
    const near = flags.balancerOwnList ? by : -1
    if (refused === 0 && flags.balancerFiltered) refused = boundary(port, true, near)
    if (refused === 0 && flags.balancerOwnList) refused = boundary(by, false, port)
    if (refused !== 0) return refuse(refused)
    if (!flags.balancerReturnDirect && portTable[port] >= 0 && judge.lookUp(portTable[port]) < 0)
      return refuse(R['route.return.none'])
    if (hidden >= 0) unhide(P.destination)
    packet[P.source] = balancerAddress
    packet[P.sourceHigh] = balancerAddress
    if (hasPortWords(packet[P.protocol])) {
      packet[P.sourcePort] -= balancerShift
      packet[P.sourcePortHigh] -= balancerShift
      portShift -= balancerShift
    }
    sourcePeer = by
    balancer = -1
    return flags.balancerReturnRouted ? emit(port, false) : emit(by)
  }

  function delivered(at: number): number {
    if (leg === 0) receiver = at
    return DELIVERED
  }

  /** Whether a route leads to a service past every table, whose calls come from the Internet, too. */
  const isServed = (kind: number, to: number): boolean => kind === HOP.service && to < -1

  /** Behind an endpoint; one of a subnet serves TCP and UDP, of other protocols nothing is known. */
  function toServed(target: number): number {
    return target < -1 && !hasPortWords(packet[P.protocol]) ? stuck() : delivered(SERVICE)
  }

  function toService(port: number): number {
    const rank = packet[P.destination]
    const domain = portDomain[port]
    for (const service of services) {
      if (rank < service.range.low || rank > service.range.high) continue
      if (service.domain >= 0 && service.domain !== domain) continue
      if (
        service.ports.length > 0 &&
        hasPortWords(packet[P.protocol]) &&
        !service.ports.some(({ from, to }) => inPorts(from, to))
      )
        continue
      shrink(P.destinationHigh, service.range.high)
      return delivered(SERVICE)
    }
    return stuck()
  }

  /** A managed service with an address of the VPC: a database, a cache. */
  function serviceAt(domain: number): boolean {
    const rank = packet[P.destination]
    return services.some(
      (one) => one.domain === domain && rank >= one.range.low && rank <= one.range.high,
    )
  }

  function inPorts(from: number, to: number): boolean {
    const port = packet[P.port]
    if (port < from) shrink(P.portHigh, from - 1)
    if (port < from || port > to) return false
    shrink(P.portHigh, to)
    return true
  }

  /** Out of the cloud, to where somebody else's network begins. */
  function leaveBeyond(exit: number): number {
    if (exit < 0) return LEFT
    if (leg === 1 && cameInBy >= 0 && exit === exits.via[cameInBy]) return DELIVERED
    if (judge.lookUp(exits.map[exit]) === 1 || !exits.complete[exit]) return LEFT
    return refuse(R['vpn.internal-route'])
  }

  /** A NAT gateway takes a packet in at its interface, and sends it on from there as itself. */
  function intoNatPort(port: number, at: number): number {
    const nat = portNat[at]
    let refused = flags.natFiltered ? boundary(port, true, at) : 0
    if (refused === 0 && flags.natFiltered) refused = boundary(at, false, port)
    if (refused !== 0) return refuse(refused)
    if (nats.unread[nat]) return stuck()
    if (nats.state[nat] === 1) return refuse(R['nat.bad-state'])
    if (flags.natProtocolsOnly && !translatable()) return refuse(R['nat.protocol-unsupported'])
    // It knows no connection of which it has not seen the beginning.
    if (leg === 1) return refuse(R['nat.return-bypass'])
    if (hiddenSources === MAX_HIDDEN) return refuse(R['route.loop'])
    hiddenRank[hiddenSources] = packet[P.source]
    hiddenPort[hiddenSources++] = originPort
    packet[P.source] = ports.address4[at]
    packet[P.sourceHigh] = packet[P.source]
    sourcePeer = at
    beginAt(at, packet[P.source])
    return emit(at)
  }

  /** Where the answer has to come back to. */
  function beginAt(port: number, source: number): void {
    originPort = port
    originSource = source
    originDomain = portDomain[port]
  }

  /** An answer reaches a NAT gateway, which knows whom it is for; nobody else may call it. */
  function backAtNatPort(port: number, from: number): number {
    const refused = flags.natFiltered ? boundary(port, false, from) : 0
    if (refused !== 0) return refuse(refused)
    if (leg === 0 || hiddenSources === 0) return refuse(R['nat.dnat-missing'])
    hiddenSources--
    beginAt(hiddenPort[hiddenSources], hiddenRank[hiddenSources])
    packet[P.destination] = originSource
    packet[P.destinationHigh] = originSource
    destinationPeer = originPort
    return emit(port)
  }

  /** Into a transit router, where the zone of the sender has a plug. */
  function intoRouter(port: number, attachment: number): number {
    if (transits.state[attachment] === 2) return stuck()
    if (transits.state[attachment] === 1) return refuse(R['tr.attachment-bad-state'])
    const zone = zoneOf(port)
    const plug = plugIn(attachment, zone)
    if (plug < 0) return areZonesUnread(attachment) ? stuck() : refuse(R['tr.zone-restriction'])
    let refused = boundary(port, true, plug)
    if (refused === 0) refused = boundary(plug, false, port)
    return refused === 0 ? acrossRouter(attachment, zone) : refuse(refused)
  }

  /** Whether it was not read in which zones an attachment has plugs. */
  function areZonesUnread(attachment: number): boolean {
    const plugs = transits.plugs[attachment]
    return plugs.length === 0 || plugs.some((plug) => portSubnet[plug] < 0)
  }

  function plugIn(attachment: number, zone: number): number {
    for (const plug of transits.plugs[attachment]) if (zoneOf(plug) === zone) return plug
    return -1
  }

  /** From table to table, until an attachment leads out of the routers. */
  function acrossRouter(first: number, zone: number): number {
    let attachment = first
    for (let routers = 0; routers < MAX_RELAYS; routers++) {
      const table = transits.table[attachment]
      if (table === UNREAD) return stuck()
      if (table < 0) return refuse(R['tr.no-association'])
      const route = judge.lookUp(table)
      if (route < 0) return transits.learns[attachment] ? LEFT : refuse(R['tr.no-route'])
      const first = hopOffsets[route]
      const hop = first + pick(hopOffsets[route + 1] - first)
      if (hopKind[hop] === HOP.blackhole) return refuse(R['tr.blackhole'])
      if (hopKind[hop] !== HOP.attachment) return stuck()
      const out = hopTarget[hop]
      if (transits.state[out] === 2) return stuck()
      if (transits.state[out] === 1) return refuse(R['tr.attachment-bad-state'])
      if (transits.exit[out] >= 0) return leaveBeyond(transits.exit[out])
      if (transits.far[out] < 0) return outOfRouter(out, zone)
      attachment = transits.far[out]
    }
    return refuse(R['route.loop'])
  }

  /** A packet keeps to the zone it came from where the far VPC has a plug there. */
  function outOfRouter(attachment: number, zone: number): number {
    const plugs = transits.plugs[attachment]
    if (plugs.length === 0) return stuck()
    const same = plugIn(attachment, zone)
    const plug = same >= 0 ? same : plugs[pick(plugs.length)]
    if (portDomain[plug] < 0) return stuck()
    // Behind a router, groups do not know whose packet it is.
    sourcePeer = -1
    if (relayCount >= MAX_RELAYS) return refuse(R['route.loop'])
    relayed[relayCount++] = -1
    return emit(plug)
  }

  const zoneOf = (port: number): number =>
    portSubnet[port] < 0 ? -1 : subnets.zone[portSubnet[port]]

  function overLink(domain: number, link: number): number {
    const state = links.state[link]
    if (state === 1) return refuse(R['peer.bad-state'])
    if (state === 2) return cameFromInternet() ? refuse(R['nat.return-bypass']) : LEFT
    if (state === 3) return stuck()
    if (links.domainA[link] !== domain && links.domainB[link] !== domain)
      return refuse(R['route.next-hop-unresolved'])
    if (state === 4) return refuse(R['peer.access-off'])
    if (isForeignTo(domain, link)) return refuse(R['peer.forwarded-refused'])
    const far = links.domainA[link] === domain ? links.domainB[link] : links.domainA[link]
    if (judge.lookUp(domains.subnetMap[far]) >= 0) return deliver(far, -1)
    if (domains.subnetsUnread[far]) return stuck()
    const transitive =
      links.kind[link] === 'peering' ? flags.linksTransitive : flags.routersTransitive
    return transitive ? onward(far) : refuse(R['peer.not-transitive'])
  }

  /** Whether the other side of a link takes nothing from this side that did not begin here. */
  function isForeignTo(domain: number, link: number): boolean {
    const taking = links.domainA[link] === domain ? 2 : 1
    if (links.takesForeign[link] & taking) return false
    return judge.lookBack(domains.subnetMap[domain]) < 0
  }

  /** To a next hop in a VPC on the other side of a peering. */
  function crossTo(from: number, to: number): number {
    for (let link = 0; link < links.state.length; link++) {
      const [a, b] = [links.domainA[link], links.domainB[link]]
      if (!(a === from && b === to) && !(a === to && b === from)) continue
      if (links.state[link] === 4) return refuse(R['peer.access-off'])
      if (links.state[link] !== 0) continue
      return isForeignTo(from, link) ? refuse(R['peer.forwarded-refused']) : DELIVERED
    }
    return refuse(R['route.next-hop-unresolved'])
  }

  /** To the Internet by what the provider has for the port. */
  function outward(port: number): number {
    if (isIpv6()) return stuck()
    if (isPrivateTo(portDomain[port])) return refuse(R['igw.private-destination'])
    if (leg === 1) {
      if (inPublic < 0) return refuse(R['route.return.none'])
      const same = port === receiver || !flags.natReturnThrough
      return same ? toInternet(inPublic) : refuse(R['nat.return-bypass'])
    }
    // What an appliance relays it may translate first: only its guest knows.
    if (sourcePeer !== port) return stuck()
    const way = outbounds.of[port]
    if (way >= 0 && outbounds.ways[way].first) return byWay(outbounds.ways[way])
    const identity = ownAddressOf(port)
    if (identity >= 0 && publicKind[identity] === PUBLIC.port) return toInternet(identity)
    if (domains.publicsUnread[portDomain[port]]) return stuck()
    return way < 0 ? refuse(R['igw.no-way-out']) : byWay(outbounds.ways[way])
  }

  function byWay({ kind, publics: drawn, portedOnly }: OutboundWay): number {
    if (kind === 'unread') return stuck()
    if (portedOnly && !hasPortWords(packet[P.protocol]))
      return refuse(R['nat.protocol-unsupported'])
    if (drawn.length > 0) return toInternet(drawn[pick(drawn.length)])
    // To another address of this network, nobody knows who calls.
    return outside || judge.publicAt(packet[P.destination]) < 0 ? toInternet(-1) : stuck()
  }

  /** Only with a `not-transitive` semantic switched off: the far router looks the packet up again. */
  function onward(domain: number): number {
    if (relayCount >= MAX_RELAYS) return refuse(R['route.loop'])
    relayed[relayCount++] = -1
    const table = domains.systemTable[domain]
    const route = table < 0 ? -1 : judge.lookUp(table)
    const hop = route < 0 ? -1 : hopOffsets[route]
    if (hop < 0 || hopKind[hop] !== HOP.link) return refuse(R['peer.not-transitive'])
    return overLink(domain, hopTarget[hop])
  }

  function throughNat(port: number, nat: number): number {
    if (cameFromInternet() && inNat >= 0 && nat !== inNat) return refuse(R['nat.return-bypass'])
    if (nats.state[nat] === 2) return stuck()
    if (nats.state[nat] === 1) return nats.unread[nat] ? stuck() : refuse(R['nat.bad-state'])
    if (isPrivateTo(nats.domain[nat])) return refuse(R['igw.private-destination'])
    if (flags.natProtocolsOnly && !translatable()) return refuse(R['nat.protocol-unsupported'])
    if (leg === 1 && inNat >= 0) {
      if (nat !== inNat && flags.natReturnThrough) return refuse(R['nat.return-bypass'])
      const lost = natReaches(nat)
      return lost !== 0 ? refuse(lost) : answerOutside()
    }
    const identity = natIdentity(port, nat)
    if (identity < 0) return identity === -2 ? STUCK : REFUSED
    const lost = natReaches(nat)
    if (lost !== 0) return refuse(lost)
    if (publicKind[identity] === PUBLIC.nat) {
      if (leg === 0) outNat = nat
    }
    return leaveBy(port, identity)
  }

  /** Public record a NAT gateway sends a packet out with; -1 refused, -2 not read. */
  function natIdentity(port: number, nat: number): number {
    const own = identityOf(port)
    if (own >= 0 && publicKind[own] === PUBLIC.port && flags.natOwnAddressFirst) return own
    if (domains.publicsUnread[portDomain[port]] && !cameFromInternet()) {
      stuck()
      return -2
    }
    if (own >= 0 && publicKind[own] === PUBLIC.ipMapping && publics.nat[own] === nat) return own
    let mapped = own
    while (
      mapped >= 0 &&
      !(
        publicKind[mapped] === PUBLIC.ipMapping &&
        publics.nat[mapped] === nat &&
        publics.inside[mapped] === packet[P.source]
      )
    ) {
      mapped = publics.next[mapped]
    }
    if (mapped >= 0) return mapped
    if (nats.unread[nat]) {
      stuck()
      return -2
    }
    const source = packet[P.source]
    for (let i = nats.snatOffsets[nat]; i < nats.snatOffsets[nat + 1]; i++) {
      const range = nats.snatRange[i]
      if (source < range.low || source > range.high) continue
      return drawFrom(nats.snatPublics[i], nats.snatUnread[i] === 1)
    }
    if (own >= 0 && publicKind[own] === PUBLIC.port) return own
    if (!flags.natSnatNeeded) {
      for (let i = nats.snatOffsets[nat]; i < nats.snatOffsets[nat + 1]; i++)
        if (nats.snatPublics[i].length > 0) return nats.snatPublics[i][0]
    }
    refuse(R['nat.snat-missing'])
    return -1
  }

  function drawFrom(addresses: Int32Array, unread: boolean): number {
    const drawn = addresses.length > 0 || unread ? pick(addresses.length + (unread ? 1 : 0)) : 0
    if (drawn < addresses.length) return addresses[drawn]
    if (unread) {
      stuck()
      return -2
    }
    refuse(R['nat.no-addresses'])
    return -1
  }

  /** Whether no gateway of a VPC carries the packet's destination to the Internet. */
  function isPrivateTo(domain: number): boolean {
    return judge.lookUp(privateSpace) === 1 || judge.lookUp(domains.ownMap[domain]) === 1
  }

  /** With an activated IPv4 gateway, the NAT gateway's own subnet must route to it; 0 if it does. */
  function natReaches(nat: number): number {
    const domain = nats.domain[nat]
    if (domainMode[domain] === MODE.none) return R['igw.absent']
    if (domainMode[domain] === MODE.unread) unknown = true
    if (domainMode[domain] !== MODE.gateway || !flags.natOwnTable) return 0
    const subnet = nats.subnet[nat]
    const table = subnet < 0 ? UNREAD : subnets.table[subnet]
    if (table < 0) {
      unknown = true
      return 0
    }
    const route = judge.lookUp(table)
    if (route < 0) return leg === 0 ? R['route.none'] : R['route.return.none']
    for (let hop = hopOffsets[route]; hop < hopOffsets[route + 1]; hop++) {
      if (hopKind[hop] === HOP.gateway && hopTarget[hop] === domains.gateway4[domain]) return 0
    }
    return leg === 0 ? R['route.none'] : R['route.return.none']
  }

  function translatable(): boolean {
    const protocol = packet[P.protocol]
    return protocol === 6 || protocol === 17 || protocol === 1
  }

  function throughGateway(port: number, gateway: number): number {
    if (!gateways.enabled[gateway]) return refuse(R['route.next-hop-down'])
    const kind = gateways.kind[gateway]
    if (kind !== GATEWAY.both && (kind === GATEWAY.ipv4) === isIpv6())
      return refuse(R['route.next-hop-unresolved'])
    if (kind === GATEWAY.egressOnly && leg === 1 && inPublic >= 0)
      return refuse(R['ipv6.egress-only'])
    if (isPrivateTo(portDomain[port])) return refuse(R['igw.private-destination'])
    if (isIpv6()) return overIpv6()
    const identity = ownAddressOf(port)
    if (identity >= 0 && publicKind[identity] === PUBLIC.port) return leaveBy(port, identity)
    if (flags.gatewayNeedsPublic)
      return domains.publicsUnread[portDomain[port]] && !cameFromInternet()
        ? stuck()
        : refuse(R['igw.no-public-mapping.egress'])
    return leg === 0 ? delivered(OUTSIDE) : DELIVERED
  }

  function overIpv6(): number {
    const identity = publicOf(fabric, packet[P.source])
    if (identity < 0) return refuse(R['igw.no-public-mapping.egress'])
    if (publicKind[identity] === PUBLIC.ipv6Private)
      return refuse(R['igw.no-public-mapping.egress'])
    if (publicKind[identity] === PUBLIC.ipv6Unread) unknown = true
    return toInternet(identity)
  }

  /** Out to the Internet under a public identity. */
  function leaveBy(port: number, identity: number): number {
    if (isIpv6()) return overIpv6()
    if (domainMode[portDomain[port]] === MODE.none) return refuse(R['igw.absent'])
    if (leg === 1 && !retraced && flags.natReturnThrough && !retraces(identity))
      return refuse(R['nat.return-bypass'])
    if (!carries(identity)) return refuse(R['nat.protocol-unsupported'])
    return toInternet(identity)
  }

  const staysInside = (kind: number): boolean =>
    kind === HOP.local ||
    kind === HOP.link ||
    kind === HOP.transit ||
    kind === HOP.service ||
    kind === HOP.toClassic ||
    kind === HOP.fromClassic

  /** A translation carries TCP, UDP and ICMP only; a cut-through EIP is none. */
  function carries(identity: number): boolean {
    if (translatable()) return true
    if (publicKind[identity] !== PUBLIC.port) return !flags.natProtocolsOnly
    return !flags.mappedProtocolsOnly || isCutThrough(fabric, identity)
  }

  /** The reply of a translated connection: nothing but that translation can carry it. */
  function cameFromInternet(): boolean {
    return (
      leg === 1 &&
      !retraced &&
      flags.natReturnThrough &&
      (inNat >= 0 || (inPublic >= 0 && !isIpv6()))
    )
  }

  /** A reply leaves with the public address that was called, or by the gateway that knows its session. */
  function retraces(identity: number): boolean {
    if (inNat >= 0)
      return publicKind[identity] === PUBLIC.ipMapping && publics.nat[identity] === inNat
    return inPublic >= 0 && identity === inPublic
  }

  function answerOutside(): number {
    return toInternet(-1)
  }

  function toInternet(identity: number): number {
    if (leg === 1) {
      if (outPublic < 0 && outNat < 0 && !(isIpv6() && originDomain >= 0)) return DELIVERED
      restoreCalled()
      return replyInside()
    }
    if (
      packet[P.protocol] === flags.blockedProtocol &&
      inPorts(flags.blockedPort, flags.blockedPort)
    ) {
      return refuse(R['policy.platform-blocked'])
    }
    outPublic = identity
    if (identity >= 0 && !isIpv6()) {
      packet[P.source] = publicRank[identity]
      packet[P.sourceHigh] = packet[P.source]
      sourcePeer = -1
    }
    if (outside) return delivered(OUTSIDE)
    const at = judge.publicAt(packet[P.destination])
    if (at >= 0) return arrive(at)
    return unknownOutside()
  }

  /** An unlisted address may be one that was not read; IPv6 addresses come with their interfaces. */
  function unknownOutside(): number {
    // Out there, the address of what was meant is somebody else's.
    if (leg === 0 && target >= 0) return refuse(R['peer.cidr-overlap'])
    if (!isIpv6()) return flags.publicsUnread ? stuck() : delivered(OUTSIDE)
    switch (judge.lookUp(fabric.ipv6Space)) {
      case IPV6_SPACE.unread:
        return stuck()
      case IPV6_SPACE.nobodys:
        return refuse(R['address.not-assigned'])
      default:
        return delivered(OUTSIDE)
    }
  }

  /** The client sees the reply come from the address and port that it called. */
  function restoreCalled(): void {
    if (isIpv6()) return
    const rank = inNat >= 0 ? called : inPublic >= 0 ? publicRank[inPublic] : -1
    if (rank < 0) return
    packet[P.source] = rank
    packet[P.sourceHigh] = rank
    sourcePeer = -1
    if (!hasPortWords(packet[P.protocol])) return
    packet[P.sourcePort] -= portShift
    packet[P.sourcePortHigh] -= portShift
    portShift = 0
  }

  /** The reply of a connection between two places of this network that met over the Internet. */
  function replyInside(): number {
    if (!isIpv6()) return fromSession()
    const at = publicOf(fabric, packet[P.destination])
    return at < 0 ? deliver(originDomain, -1) : arriveIpv6(at)
  }

  /** A packet from the Internet meets a public address of this network. */
  function arrive(at: number): number {
    switch (publicKind[at]) {
      case PUBLIC.unbound:
        return refuse(R['eip.not-bound'])
      case PUBLIC.badState:
        return refuse(R['eip.bad-state'])
      case PUBLIC.noMaster:
        return refuse(R['havip.no-master'])
      case PUBLIC.nat:
        return arriveAtNat(publics.nat[at])
      case PUBLIC.port:
        return arriveAtPort(at)
      case PUBLIC.classic:
        inPublic = at
        return deliverAt(publics.port[at], -1)
      case PUBLIC.ipv6:
      case PUBLIC.ipv6EgressOnly:
      case PUBLIC.ipv6Private:
      case PUBLIC.ipv6Unread:
        return arriveIpv6(at)
      default:
        return flags.mappedProtocolsOnly && !isCutThrough(fabric, at) && !translatable()
          ? refuse(R['nat.protocol-unsupported'])
          : stuck()
    }
  }

  function arriveAtPort(at: number): number {
    const port = publics.port[at]
    const domain = portDomain[port]
    if (domainMode[domain] === MODE.none) return refuse(R['igw.absent'])
    if (!isCutThrough(fabric, at) && flags.mappedProtocolsOnly && !translatable())
      return refuse(R['nat.protocol-unsupported'])
    inPublic = at
    packet[P.destination] = publics.inside[at]
    packet[P.destinationHigh] = packet[P.destination]
    // A public frontend has no private address that could be looked for.
    if (port >= firstBalancer && publics.inside[at] === publicRank[at]) return deliverAt(port, -1)
    const past = port >= firstBalancer && flags.balancerPastGateway
    return domainMode[domain] === MODE.bypass || past ? deliver(domain, -1) : redirected(domain)
  }

  /** The gateway route table may name an interface that sees the packet first. */
  function redirected(domain: number): number {
    const table = domains.gatewayTable[domain]
    if (table === UNREAD) return stuck()
    const route = table < 0 ? -1 : judge.lookUp(table)
    const hop = route < 0 ? -1 : hopOffsets[route]
    if (hop < 0 || hop === hopOffsets[route + 1]) return deliver(domain, -1)
    switch (hopKind[hop]) {
      case HOP.relay:
        break
      case HOP.blackhole:
        return refuse(R['route.blackhole'])
      case HOP.unresolved:
        return refuse(R['route.next-hop-unresolved'])
      case HOP.unread:
        return stuck()
      default:
        return deliver(domain, -1)
    }
    const relay = hopTarget[hop]
    const owner = judge.owner(domain, packet[P.destination])
    if (owner === relay) return deliver(domain, -1)
    if (owner === NOBODY && mayBeOwned(domain)) return stuck()
    const end = enterRelay(-1, relay)
    if (end !== DELIVERED) return end
    if (isOwnGuests(relay, owner)) return deliverInside(relay, owner)
    const taken = takeIn(relay)
    if (taken !== DELIVERED) return taken
    const next = guestPort(portInstance[relay], relay, true, relay)
    if (next < 0) return withoutPort(next)
    if (next !== relay) {
      const state = usable(next)
      if (state !== 0) return unusable(state)
    }
    const passed = passOn(relay, next)
    return passed === DELIVERED ? emit(next) : passed
  }

  function arriveAtNat(nat: number): number {
    if (flags.natProtocolsOnly && !translatable()) return refuse(R['nat.protocol-unsupported'])
    if (nats.state[nat] === 1) return nats.unread[nat] ? stuck() : refuse(R['nat.bad-state'])
    if (nats.state[nat] === 2 || nats.unread[nat]) return stuck()
    if (domainMode[nats.domain[nat]] === MODE.none) return refuse(R['igw.absent'])
    const row = dnatRow(nat)
    if (row < 0) return refuse(R['nat.dnat-missing'])
    const { inside, shift } = nats.dnat[row]
    if (outNat === nat && !flags.natHairpin) return refuse(R['nat.hairpin'])
    inNat = nat
    called = packet[P.destination]
    packet[P.destination] = inside
    packet[P.destinationHigh] = inside
    packet[P.port] += shift
    packet[P.portHigh] += shift
    portShift = shift
    return deliver(nats.domain[nat], -1)
  }

  function dnatRow(nat: number): number {
    for (let i = nats.dnatOffsets[nat]; i < nats.dnatOffsets[nat + 1]; i++) {
      const row = nats.dnat[i]
      if (row.external !== packet[P.destination]) continue
      if (row.protocol < 0) return i
      if (row.protocol === packet[P.protocol] && inPorts(row.low, row.high)) return i
    }
    return -1
  }

  function arriveIpv6(at: number): number {
    const port = publics.port[at]
    if (portState[port] === PORT_STATE.doubted) return stuck()
    const domain = portDomain[port]
    const kind = publicKind[at]
    const gateway = domains.gateway6[domain]
    if (gateway === UNREAD) unknown = true
    else if (gateway < 0 || !gateways.enabled[gateway]) return refuse(R['igw.absent'])
    else if (gateways.kind[gateway] === GATEWAY.egressOnly && leg === 0)
      return refuse(R['ipv6.egress-only'])
    if (kind === PUBLIC.ipv6Private) return refuse(R['igw.no-public-mapping.ingress'])
    if (kind === PUBLIC.ipv6EgressOnly && leg === 0) return refuse(R['ipv6.egress-only'])
    if (kind === PUBLIC.ipv6Unread) unknown = true
    inPublic = at
    return deliver(domain, -1)
  }

  function intoClassic(port: number): number {
    const domain = domains.classic[portDomain[port]]
    const owner = domain < 0 ? NOBODY : judge.owner(domain, packet[P.destination])
    if (owner < 0)
      return domain >= 0 && domains.ownersUnread[domain] ? stuck() : refuse(R['classiclink.absent'])
    const instance = portInstance[owner]
    if (instances.linkUnread[instance]) return stuck()
    const linked = instances.linkedDomain[instance] === portDomain[port]
    if (!linked) return refuse(R['classiclink.absent'])
    const subnet = judge.valueAt(domains.subnetMap[portDomain[port]], packet[P.source])
    let covered = 0
    if (subnet >= 0) covered = classicRefusals[subnets.classicRefusal[subnet]]
    else if (!isPrimary(portDomain[port], packet[P.source]))
      covered = R['classiclink.outside-primary']
    if (covered !== 0) return refuse(covered)
    return deliverAt(owner, -1)
  }

  /** A vSwitch that was not read may lie in the primary range, too. */
  function isPrimary(domain: number, rank: number): boolean {
    const range = domains.primary[domain]
    return range !== undefined && range.low <= rank && rank <= range.high
  }

  function intoVpc(port: number, vpc: number): number {
    const subnet = judge.lookUp(domains.subnetMap[vpc])
    if (subnet >= 0 && subnets.classicRefusal[subnet] !== 0)
      return refuse(classicRefusals[subnets.classicRefusal[subnet]])
    if (flags.classicGuestRoute && needsGuestRoute(vpc)) {
      const tables = guestOf[portInstance[port]]
      if (tables >= 0 && seenGuestPort(tables, packet[P.source], -1) === -1)
        return refuse(R['guest.route-missing'])
    }
    return deliver(vpc, -1)
  }

  function needsGuestRoute(vpc: number): boolean {
    return fabric.network.vpc?.[vpc]?.cidrs[0]?.startsWith('192.168.') ?? false
  }

  function fromClassicNic(port: number): number {
    if (leg === 1) return toInternet(-1)
    return toInternet(publicHead[port])
  }

  function nextBranch(): boolean {
    while (depth > 0) {
      depth--
      if (++choices[depth] < radix[depth]) return true
      choices[depth] = 0
    }
    return false
  }

  function reset(): boolean {
    const some = choices.some((choice) => choice !== 0)
    choices.fill(0)
    return some
  }

  return {
    follow,
    refusal: () => refusal,
    leg: () => leg,
    reach,
    nextBranch,
    branch: () => Array.from(choices.subarray(0, depth)),
    reset,
  }
}
