// whole: the walk of one packet on one page, in the order of its steps, to be read against the engine
import type { ConcreteQuestion } from '#conformance'
import {
  type InsidePacket,
  type KnownFlow,
  passesOn,
  receives,
  type Said,
  sends,
  takesIn,
  type Visit,
  visit,
} from './inside-guest.ts'
import { parseAddress, parsePrefixOrAddress, prefixContains, prefixCovers } from '#net'
import type {
  AddressText,
  Guest,
  GuestRoute,
  Instance,
  InternetGateway,
  Listener,
  LoadBalancer,
  NatGateway,
  Network,
  NetworkInterface,
  NextHop,
  PortInterval,
  PublicAddress,
  ResourceKind,
  Route,
  RouterInterface,
  RouteTable,
  RouteTarget,
  SecurityGroupRule,
  Subnet,
  Verdict,
  Vpc,
  VpcId,
} from '#model'

export type { ConcreteQuestion }

/** What stopped a branch first. */
export interface OracleBlocker {
  readonly code: string
  readonly leg: 'forward' | 'return'
  /** The id of what refused: interface or classic instance, ACL, table, next hop, gateway, VPC. */
  readonly component: string
  readonly ruleId?: string
}

export interface OracleBranch {
  readonly verdict: Verdict
  readonly blocker?: OracleBlocker
  /** What the input did not say, `code component` each. */
  readonly doubts: readonly string[]
  /** The stops in order, for whoever has to find out why two readings differ. */
  readonly trail: readonly string[]
}

export interface OracleAnswer {
  readonly verdict: Verdict
  readonly branches: readonly OracleBranch[]
}

/**
 * Follows one packet and its reply through an Alibaba Cloud network by plain scans of its arrays:
 * slow, and independent of the compiled engine. Every choice among equal next hops or SNAT
 * addresses is a branch; at most 4096 branches are walked.
 */
export function walk(network: Network, packet: ConcreteQuestion): OracleAnswer {
  const branches: OracleBranch[] = []
  let script: readonly number[] | undefined = []
  while (script !== undefined && branches.length < 4096) {
    const run = newRun(network, script)
    branches.push(judgeBranch(run, thereAndBack(run, packet)))
    script = nextScript(run.choices)
  }
  return { verdict: judgeAll(branches.map(({ verdict }) => verdict)), branches }
}

function judgeAll(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.every((verdict) => verdict === verdicts[0])) return verdicts[0]
  return verdicts.includes('undetermined') ? 'undetermined' : 'partial'
}

function judgeBranch({ doubts, trail, leg }: Run, end: End): OracleBranch {
  const seen = { doubts, trail }
  if (end.kind === 'drop') {
    const { code, component, ruleId } = end
    const blocker = { code, leg, component, ...(ruleId === undefined ? {} : { ruleId }) }
    return { verdict: 'unreachable', blocker, ...seen }
  }
  if (doubts.length > 0) return { verdict: 'undetermined', ...seen }
  return { verdict: end.kind === 'leaves' ? 'leaves_model' : 'reachable', ...seen }
}

// ---- One run: the choices of one branch, and what it has found so far

interface Header {
  readonly s: string
  readonly d: string
  readonly protocol: number
  readonly sport: number
  readonly dport: number
}

interface Drop {
  readonly kind: 'drop'
  readonly code: string
  readonly component: string
  readonly ruleId?: string
}

type Place =
  /** `by`: the interface that the packet came in by, if it is another one of the guest. */
  | { readonly kind: 'eni'; readonly eni: NetworkInterface; readonly by?: string }
  | { readonly kind: 'classic'; readonly instance: Instance; readonly nic: Nic }
  /** `vpcId` absent: asked from the classic network. */
  | { readonly kind: 'service'; readonly vpcId?: string }
  | { readonly kind: 'outside' }
type Nic = 'intranet' | 'internet'

type End =
  | Drop
  | { readonly kind: 'unknown' | 'leaves' }
  | { readonly kind: 'at'; readonly place: Place; readonly header: Header }

/** How a packet leaves for the Internet: as `address`, which belongs to `component`. */
interface Exit {
  readonly kind: 'own' | 'any' | 'snat' | 'dnat' | 'classic'
  readonly address: string
  readonly component: string
  readonly natGatewayId?: string
  readonly cutThrough?: boolean
}

/** The way the request left its VPC: replies to the exit are turned back to `s`. */
interface Departure {
  readonly exit: Exit
  readonly s: string
  readonly vpcId?: string
}

/** The public address that the request called, which its reply has to leave as. */
interface Called {
  readonly kind: 'direct' | 'dnat'
  readonly address: string
  readonly port: number
  readonly natGatewayId?: string
}

/** A request that a load balancer has handed to a backend. */
interface Balanced {
  readonly balancer: Known
  readonly port: number
}

interface Run {
  readonly network: Network
  readonly script: readonly number[]
  readonly choices: { readonly pick: number; readonly of: number }[]
  readonly doubts: string[]
  readonly trail: string[]
  /** Interfaces that the request passed: they know the connection when the reply comes. */
  readonly sessions: Set<string>
  /** Connections that operating systems on the way have seen begin. */
  readonly flows: KnownFlow[]
  /** Interfaces that have relayed the packet on this leg. */
  relays: string[]
  leg: 'forward' | 'return'
  origin: Place
  departure?: Departure
  called?: Called
  balanced?: Balanced
  /** A load balancer that answers, in the shape of an interface. */
  answering?: { readonly id: string; readonly own: NetworkInterface }
  /** A reply that has not left its VPC yet although the request came through a public address. */
  owed?: Called
}

function newRun(network: Network, script: readonly number[]): Run {
  return {
    network,
    script,
    choices: [],
    doubts: [],
    trail: [],
    sessions: new Set(),
    flows: [],
    relays: [],
    leg: 'forward',
    origin: { kind: 'outside' },
  }
}

/** The script says which way to take at each fork; past its end the first way is taken. */
function choose<T>(run: Run, ways: readonly T[]): T {
  if (ways.length === 1) return ways[0]
  const pick = run.script[run.choices.length] ?? 0
  run.choices.push({ pick, of: ways.length })
  return ways[pick]
}

/** The next combination of choices, the last fork turning fastest. */
function nextScript(choices: Run['choices']): readonly number[] | undefined {
  const turning = choices.findLastIndex(({ pick, of }) => pick + 1 < of)
  if (turning < 0) return undefined
  return [...choices.slice(0, turning).map(({ pick }) => pick), choices[turning].pick + 1]
}

const replyCodes = new Map([
  ['acl.egress.deny', 'acl.return.egress.deny'],
  ['acl.ingress.deny', 'acl.return.ingress.deny'],
  ['route.none', 'route.return.none'],
])

function drop(run: Run, code: string, component: string, ruleId?: string): Drop {
  const name = run.leg === 'return' ? (replyCodes.get(code) ?? code) : code
  return { kind: 'drop', code: name, component, ...(ruleId === undefined ? {} : { ruleId }) }
}

/** Notes a missing fact; the walk goes on. */
function doubt(run: Run, code: string, component: string): undefined {
  run.doubts.push(`${code} ${component}`)
}

/** Notes a missing fact without which the way is not known. */
function lost(run: Run, code: string, component: string): End {
  doubt(run, code, component)
  return { kind: 'unknown' }
}

// ---- The journey there, and the reply

function thereAndBack(run: Run, packet: ConcreteQuestion): End {
  const there = start(run, packet)
  if (there.kind !== 'at') return there
  run.leg = 'return'
  run.relays = []
  if (run.called) run.owed = run.called
  const back = reply(run, there.place, turned(there.header))
  if (back.kind !== 'at' || samePlace(back.place, run.origin)) return back
  return drop(run, 'nat.return-bypass', nameOf(back.place))
}

function turned({ s, d, protocol, sport, dport }: Header): Header {
  return { s: d, d: s, protocol, sport: dport, dport: sport }
}

function samePlace(a: Place, b: Place): boolean {
  return a.kind === b.kind && nameOf(a) === nameOf(b)
}

function nameOf(place: Place): string {
  if (place.kind === 'eni') return place.eni.id
  return place.kind === 'classic' ? place.instance.id : place.kind
}

function start(run: Run, { from, to: d, ...packet }: ConcreteQuestion): End {
  const { network } = run
  const ported = packet.protocol === TCP || packet.protocol === UDP
  const [sport, dport] = ported ? [packet.sourcePort, packet.destinationPort] : [0, 0]
  const header = { d, protocol: packet.protocol, sport, dport }
  if (from.kind === 'address') return startAddress(run, from.address, from.vpcId, header)
  if (from.kind === 'networkInterface') {
    const eni = findById(network.networkInterface, from.id)
    return eni ? startInterface(run, eni, header) : lost(run, 'query.input-missing', from.id)
  }
  const instance = findById(network.instance, from.id)
  if (!instance) return lost(run, 'query.input-missing', from.id)
  return instance.classic
    ? startClassic(run, instance, header)
    : startInstance(run, instance, header)
}

type Unsent = Omit<Header, 's'>

function startInstance(run: Run, { id }: Instance, header: Unsent): End {
  if (!guestRoutes(run, id)) {
    const chosen = interfaceToward(run, id, header.d)
    return 'kind' in chosen ? chosen : startInterface(run, chosen, header)
  }
  const chosen = guestInterface(run, id, undefined, header.d)
  if ('kind' in chosen) return chosen.kind === 'drop' ? startLate(run, id, header, chosen) : chosen
  if (!speaks(chosen, header.d)) return startWithLent(run, id, chosen, header)
  // With the address that this way gives it, an IPv4 packet is routed once more.
  return startInterface(run, chosen, header, (s) =>
    isIpv4(s) ? guestInterface(run, id, s, header.d) : chosen,
  )
}

/** Over IPv6 a guest looks again where it found no route without a source, with one of its own. */
function startLate(run: Run, id: string, header: Unsent, none: Drop): End {
  if (isIpv4(header.d)) return none
  const all = (run.network.networkInterface ?? []).filter((eni) => eni.instanceId === id)
  if (areAddressesUnread(run, all)) return lost(run, 'query.input-missing', id)
  const ready = all.filter((eni) => eni.state === 'InUse')
  const ways = ready.flatMap((eni) =>
    (eni.ipv6Addresses ?? []).map(({ address: s }) => ({
      eni,
      s,
      way: guestInterface(run, id, s, header.d),
    })),
  )
  const [only] = ways
  if (ways.every(({ way }) => 'kind' in way && way.kind === 'drop')) return none
  if (ways.length > 1) return lost(run, 'query.unsupported-feature', id)
  if ('kind' in only.way) return only.way
  const down = unusable(run, only.way)
  return down ?? startAs(run, only.eni, { s: only.s, ...header }, only.way)
}

/** Whether a guest may have other interfaces or addresses than those that are listed. */
function areAddressesUnread({ network }: Run, all: readonly NetworkInterface[]): boolean {
  const stray = all.some(({ subnetId }) => !findById(network.subnet, subnetId))
  const doubted = all.some((eni) => hasGapOf(network, 'networkInterface', eni.id))
  return stray || doubted || lacks(network, 'networkInterface')
}

/** By an interface without an IPv6 address, a guest sends with that of another one. */
function startWithLent(run: Run, id: string, way: NetworkInterface, header: Unsent): End {
  const down = unusable(run, way)
  if (down) return down
  const all = (run.network.networkInterface ?? []).filter((eni) => eni.instanceId === id)
  if (areAddressesUnread(run, all)) return lost(run, 'query.input-missing', id)
  const lenders = all.filter((eni) => eni.state === 'InUse' && speaks(eni, header.d))
  const [lender] = lenders
  const lent = lenders.flatMap(({ ipv6Addresses = [] }) => ipv6Addresses)
  if (lent.length > 1) return lost(run, 'query.unsupported-feature', id)
  const s = lent[0]?.address
  if (!lender || s === undefined) return drop(run, 'eni.no-ipv6-address', way.id)
  return startAs(run, lender, { s, ...header }, way)
}

function startInterface(
  run: Run,
  eni: NetworkInterface,
  header: Unsent,
  wayOf: (s: string) => NetworkInterface | End = () => eni,
): End {
  if (isIpv4(header.d) && mayBeReplaced(run.network, eni)) {
    return lost(run, 'query.input-missing', eni.id)
  }
  const down = unusable(run, eni)
  if (down) return down
  const s = addressesOf(run.network, eni).find((address) => sameFamily(address, header.d))
  return s === undefined
    ? drop(run, 'query.no-common-ip-version', eni.id)
    : startAs(run, eni, { s, ...header }, wayOf(s))
}

function startAs(
  run: Run,
  eni: NetworkInterface,
  header: Header,
  way: NetworkInterface | End = eni,
): End {
  if (isIpv4(header.d) && mayBeReplaced(run.network, eni)) {
    return lost(run, 'query.input-missing', eni.id)
  }
  run.origin = { kind: 'eni', eni }
  if ('kind' in way) return way
  return egress(run, way, header, (at) => sends(at, way.id))
}

function startAddress(run: Run, s: string, vpcId: string | undefined, header: Unsent): End {
  const { network } = run
  const owner = vpcId === undefined ? undefined : ownerOf(network, vpcId, s)
  if (!owner) {
    const classic = classicInstances(network).find(
      ({ classic }) =>
        classic?.intranetAddress === s && (vpcId === undefined || classic.linkedVpcId === vpcId),
    )
    if (classic) return startClassic(run, classic, header)
    if (vpcId === undefined && !isPrivate(s)) return startOutside(run, { s, ...header })
    return nobody(run, s, vpcId ?? 'internet')
  }
  if (owner.kind === 'unread') return lost(run, 'query.input-missing', s)
  if (owner.kind === 'none') return drop(run, 'havip.no-master', owner.haVipId)
  if (owner.kind === 'balancer') return lost(run, 'query.unsupported-feature', owner.balancer.id)
  if (!sameFamily(s, header.d)) return drop(run, 'query.no-common-ip-version', owner.eni.id)
  return startAs(run, owner.eni, { s, ...header })
}

function startOutside(run: Run, header: Header): End {
  if (isPrivate(header.d)) return drop(run, 'igw.private-destination', 'internet')
  if (!sameFamily(header.s, header.d)) return drop(run, 'query.no-common-ip-version', 'internet')
  return arrive(run, header)
}

function reply(run: Run, place: Place, header: Header): End {
  switch (place.kind) {
    case 'eni': {
      const { eni } = place
      if (run.balanced) return answer(run, eni, run.balanced, header)
      if (eni.instanceId === undefined) return egress(run, eni, header, (at) => sends(at, eni.id))
      const chosen = guestRoutes(run, eni.instanceId)
        ? guestInterface(run, eni.instanceId, header.s, header.d, echoedBy(place, header))
        : eni
      if ('kind' in chosen) return chosen
      return egress(run, chosen, header, (at) => sends(at, chosen.id))
    }
    case 'classic':
      return replyOfClassic(run, place.instance, place.nic, header)
    case 'service':
      // The service answers the source itself, so the VPC delivers without any relay.
      return place.vpcId === undefined
        ? backAtOrigin(run, header)
        : deliver(run, place.vpcId, header, undefined)
    case 'outside':
      return replyFromOutside(run, header)
  }
}

// ---- Interfaces, instances, guests

/** The drop of an interface that cannot carry packets. */
function unusable(run: Run, eni: NetworkInterface): End | undefined {
  const { id, state, instanceId } = eni
  // Whatever is written about it may be wrong.
  if (hasGapOf(run.network, 'networkInterface', id)) return lost(run, 'query.input-missing', id)
  if (!findById(run.network.vpc, eni.vpcId)) return lost(run, 'query.input-missing', eni.vpcId)
  if (instanceId === undefined || state === 'Available') return drop(run, 'eni.not-attached', id)
  if (state !== 'InUse') return drop(run, 'eni.bad-state', id)
  const instance = findById(run.network.instance, instanceId)
  return instance ? unusableInstance(run, instance) : doubt(run, 'query.input-missing', instanceId)
}

function unusableInstance(run: Run, { id, state, locks = [] }: Instance): Drop | undefined {
  if (hasGapOf(run.network, 'instance', id)) return doubt(run, 'query.input-missing', id)
  if (state !== 'Running') return drop(run, 'instance.not-running', id)
  return locks.length > 0 ? drop(run, 'instance.locked', id) : undefined
}

function unusableClassic(run: Run, instance: Instance): End | undefined {
  return hasGapOf(run.network, 'instance', instance.id)
    ? lost(run, 'query.input-missing', instance.id)
    : unusableInstance(run, instance)
}

/** The interface of an instance in the subnet of `d`, else its primary one. */
function interfaceToward(run: Run, instanceId: string, d: string): NetworkInterface | End {
  const { network } = run
  const all = (network.networkInterface ?? []).filter((eni) => eni.instanceId === instanceId)
  const stray = all.some(({ subnetId }) => !findById(network.subnet, subnetId))
  if (stray || lacks(network, 'networkInterface')) {
    const primary = all.find(({ type }) => type === 'primary')
    const near = primary && subnetOf(network, primary.vpcId, d)
    // None of those that were not read comes before the primary one in the vSwitch itself.
    const open = primary && !near && lacks(network, 'subnet') && mayBeInside(network, primary, d)
    const sure = primary && !open && speaks(primary, d) && (!near || near.id === primary.subnetId)
    return sure ? primary : lost(run, 'query.input-missing', instanceId)
  }
  const attached = all
    .filter(({ id, state }) => state === 'InUse' || hasGapOf(network, 'networkInterface', id))
    .filter((eni) => speaks(eni, d))
    .toSorted((a, b) => compareTexts(`${a.type} ${a.id}`, `${b.type} ${b.id}`))
  const connected = attached.find(({ subnetId }) => {
    const subnet = findById(network.subnet, subnetId)
    return subnet !== undefined && subnetHas(subnet, d)
  })
  const primary = all.find(({ type }) => type === 'primary')
  const chosen = connected ?? (primary && speaks(primary, d) ? primary : attached.at(0)) ?? primary
  if (chosen) return chosen
  return drop(run, 'instance.no-interface', instanceId)
}

/** IPv6 is only where the interface has an address of it; IPv4 is everywhere. */
function speaks({ ipv6Addresses = [] }: NetworkInterface, d: string): boolean {
  return isIpv4(d) || ipv6Addresses.length > 0
}

/** Whether an address may be one of the VPC's own, for all that its range says. */
function mayBeInside(network: Network, { vpcId }: NetworkInterface, d: string): boolean {
  const { cidrs = [], userCidrs = [] } = findById(network.vpc, vpcId) ?? {}
  return !isIpv4(d) || isPrivate(d) || [...cidrs, ...userCidrs].some((cidr) => contains(cidr, d))
}

function guestOf({ network }: Run, instanceId: string): Guest | undefined {
  return network.guests?.find((guest) => guest.instanceId === instanceId)
}

function guestRoutes(run: Run, instanceId: string): Guest['routes'] {
  return guestOf(run, instanceId)?.routes
}

/** A seen guest with the packet in it; undefined: nobody looked inside. */
function insideOf(run: Run, instanceId: string | undefined, header: Header): Visit | undefined {
  const guest = instanceId === undefined ? undefined : guestOf(run, instanceId)
  const packet: InsidePacket = { ...header, reply: run.leg === 'return' }
  return guest && visit(guest, packet, run.flows)
}

/** What an operating system said, in the words of the walk; undefined: the packet goes on. */
function heard(run: Run, at: Visit | undefined, ask: (at: Visit) => Said): End | undefined {
  if (!at) return undefined
  const said = ask(at)
  const { instanceId } = at.guest
  if (said.kind === 'stops') return drop(run, said.code, instanceId)
  if (said.kind === 'lost') return lost(run, said.code, instanceId)
  for (const code of said.doubts) doubt(run, code, instanceId)
  return undefined
}

const MAIN_TABLE = 254

/** `ip -6 route add` without a metric makes one of 1024, and so does metric 0. */
const kernelMetric = ({ destination, metric = 0 }: GuestRoute): number =>
  metric || (destination.includes(':') ? 1024 : 0)

/** Where the kernel got the echo request that it answers. */
const echoedBy = ({ eni, by }: Extract<Place, { kind: 'eni' }>, { protocol }: Header) =>
  protocol === ICMP || protocol === ICMPV6 ? (by ?? eni.id) : undefined

/**
 * The interface that the rules and routes of a seen guest choose. `s` undefined: not chosen yet;
 * `by`: the interface by which a relayed packet or an answered echo came in.
 */
function guestInterface(
  run: Run,
  instanceId: string,
  s: string | undefined,
  d: string,
  by?: string,
): NetworkInterface | End {
  const { rules = [{ priority: 0, table: MAIN_TABLE }], routes = [] } =
    guestOf(run, instanceId) ?? {}
  const applying = rules
    // From everywhere holds before there is a source.
    .filter(
      ({ from }) =>
        from === undefined ||
        (lengthOf(from) === 0 ? sameFamily(from, d) : s !== undefined && contains(from, s)),
    )
    .toSorted((a, b) => a.priority - b.priority)
  for (const { table } of applying) {
    const better = (a: GuestRoute, b: GuestRoute) =>
      lengthOf(b.destination) - lengthOf(a.destination) || kernelMetric(a) - kernelMetric(b)
    const inOrder = routes
      .filter((route) => (route.table ?? MAIN_TABLE) === table && contains(route.destination, d))
      .toSorted(better)
    const equal = inOrder.filter((route) => !isIpv4(d) && better(route, inOrder[0]) === 0)
    const best = equal.find((route) => route.networkInterfaceId === by) ?? inOrder.at(0)
    if (!best) continue
    const gateways = equal.filter(({ via }) => via !== undefined)
    const ways = new Set(gateways.map(({ networkInterfaceId }) => networkInterfaceId))
    if (gateways.includes(best) && ways.size > 1)
      return lost(run, 'query.unsupported-feature', instanceId)
    const eni = findById(run.network.networkInterface, best.networkInterfaceId)
    return eni ?? lost(run, 'query.input-missing', best.networkInterfaceId)
  }
  return drop(run, 'guest.route-missing', instanceId)
}

/** The cut-through EIP bound to an interface, whatever its state: the guest has lost the private one. */
function cutThroughOf(network: Network, eni: NetworkInterface): PublicAddress | undefined {
  return network.publicAddress?.find(
    ({ mode, boundTo }) =>
      mode === 'cut-through' &&
      ((boundTo?.kind === 'networkInterface' && boundTo.id === eni.id) ||
        (boundTo?.kind === 'instance' && eni.type === 'primary' && boundTo.id === eni.instanceId)),
  )
}

/**
 * Whether a cut-through EIP that was not read may have replaced the private address: secondary
 * interfaces only, and none that has an EIP in NAT mode.
 */
function mayBeReplaced(network: Network, { id, type }: NetworkInterface): boolean {
  if (type !== 'secondary') return false
  const bound = (network.publicAddress ?? []).filter(
    ({ boundTo }) => boundTo?.kind === 'networkInterface' && boundTo.id === id,
  )
  const isDoubted = (item: PublicAddress) => hasGapOf(network, 'publicAddress', item.id)
  if (bound.some((item) => !isDoubted(item))) return false
  return bound.length > 0 || lacks(network, 'publicAddress')
}

/** The addresses that the guest sees: a cut-through EIP stands in place of what it maps. */
function addressesOf(network: Network, eni: NetworkInterface): readonly string[] {
  const eip = cutThroughOf(network, eni)
  const replaced = eip && (eip.boundTo?.privateAddress ?? eni.addresses[0])
  const ipv4 = eni.addresses.map((address) => (eip && address === replaced ? eip.address : address))
  return [...ipv4, ...(eni.ipv6Addresses ?? []).map(({ address }) => address)]
}

type Owner =
  | { readonly kind: 'owner'; readonly eni: NetworkInterface }
  | { readonly kind: 'none'; readonly haVipId: string }
  | { readonly kind: 'balancer'; readonly balancer: LoadBalancer }
  | { readonly kind: 'unread' }

/** Whoever has an address in a VPC; a HaVip stands for its master. */
function ownerOf(network: Network, vpcId: string, address: string): Owner | undefined {
  const eni = network.networkInterface?.find(
    (eni) => eni.vpcId === vpcId && addressesOf(network, eni).some((own) => same(own, address)),
  )
  if (eni) return { kind: 'owner', eni }
  const haVip = network.haVip?.find(
    (haVip) =>
      same(haVip.address, address) && findById(network.subnet, haVip.subnetId)?.vpcId === vpcId,
  )
  if (!haVip) {
    const balancer = network.loadBalancer?.find(
      (item) => item.address === address && vpcOfBalancer(network, item) === vpcId,
    )
    return balancer && { kind: 'balancer', balancer }
  }
  if (hasGapOf(network, 'haVip', haVip.id)) return { kind: 'unread' }
  const master = masterOf(network, haVip.id)
  if (!master && haVip.master !== undefined) return { kind: 'unread' }
  return master ? { kind: 'owner', eni: master } : { kind: 'none', haVipId: haVip.id }
}

function masterOf(network: Network, haVipId: string): NetworkInterface | undefined {
  const master = findById(network.haVip, haVipId)?.master
  if (master === undefined) return undefined
  return findById(network.networkInterface, master) ?? primaryOf(network, master)
}

function primaryOf(network: Network, instanceId: string): NetworkInterface | undefined {
  return network.networkInterface?.find(
    (eni) => eni.type === 'primary' && eni.instanceId === instanceId,
  )
}

function owns(run: Run, eni: NetworkInterface, address: string): boolean {
  const owner = ownerOf(run.network, eni.vpcId, address)
  return owner?.kind === 'owner' && owner.eni.id === eni.id
}

/** A managed service with an address of the VPC; its answer is known within the VPC only. */
function managed(run: Run, header: Header, vpcId: string): End | undefined {
  const here = run.network.cloudService?.some(
    (item) => item.vpcId === vpcId && item.cidrs.some((cidr) => contains(cidr, header.d)),
  )
  if (here !== true) return undefined
  const { origin, leg, departure } = run
  if (leg === 'return' || departure || origin.kind !== 'eni' || origin.eni.vpcId !== vpcId) {
    return lost(run, 'service.unknown', header.d)
  }
  return { kind: 'at', place: { kind: 'service', vpcId }, header }
}

function nobody(run: Run, address: string, vpcId: string): End {
  const { network } = run
  const subnet = subnetOf(network, vpcId, address)
  const held =
    subnet !== undefined &&
    (hasGap(network, 'addressUse') ||
      hasGapOf(network, 'addressUse', subnet.id) ||
      lacks(network, 'cloudService') ||
      lacks(network, 'loadBalancer'))
  const unlisted = subnet === undefined && lacks(network, 'subnet')
  return held || unlisted || hasUnreadOwners(network)
    ? lost(run, 'query.input-missing', address)
    : drop(run, 'address.not-assigned', vpcId)
}

// ---- Security groups

type Direction = 'ingress' | 'egress'

/** One interface or NIC before its groups. */
interface Guarded {
  readonly id: string
  readonly groupIds: readonly string[]
  /** Present: a NIC of the classic network. */
  readonly nic?: Nic
  /** The groups of whoever has a private address, as far as this interface can tell. */
  readonly groupsOf: (address: string) => readonly string[]
  /** Whether somebody who was not read may have a private address that this interface can see. */
  readonly isUnknown: (address: string) => boolean
}

function guardedInterface({ network }: Run, eni: NetworkInterface): Guarded {
  const groupsOf = (address: string): readonly string[] => {
    const owner = ownerOf(network, eni.vpcId, address)
    if (owner?.kind === 'owner') {
      return cutThroughOf(network, owner.eni)?.address === address ? [] : owner.eni.securityGroupIds
    }
    if (owner?.kind === 'balancer') return []
    const linked = linkedInstance(network, eni.vpcId, address)
    return linked?.classic?.securityGroupIds ?? []
  }
  const isUnknown = (address: string): boolean => {
    if (ownerOf(network, eni.vpcId, address)) return false
    if (subnetOf(network, eni.vpcId, address)) return hasUnreadOwners(network)
    const classic = classicInstances(network).find(
      (item) => item.classic?.intranetAddress === address,
    )
    if (classic) return isLinkUnread(network, classic)
    const some = classicInstances(network).length > 0
    return some && lacks(network, 'instance') && isPrivate(address)
  }
  return { id: eni.id, groupIds: eni.securityGroupIds, groupsOf, isUnknown }
}

function hasUnreadOwners(network: Network): boolean {
  const { haVip = [], loadBalancer = [] } = network
  return (
    lacks(network, 'networkInterface') ||
    lacks(network, 'haVip') ||
    haVip.some(({ subnetId }) => !findById(network.subnet, subnetId)) ||
    loadBalancer.some((item) => item.address && vpcOfBalancer(network, item) === undefined)
  )
}

function guardedClassic({ network }: Run, instance: Instance, nic: Nic): Guarded {
  const { linkedVpcId, securityGroupIds = [] } = instance.classic ?? {}
  const groupsOf = (address: string): readonly string[] => {
    const neighbour = classicNeighbour(network, instance, address)
    if (neighbour) return neighbour.classic?.securityGroupIds ?? []
    const known = linkedVpcId !== undefined && !isLinkUnread(network, instance)
    const owner = known ? ownerOf(network, linkedVpcId, address) : undefined
    return owner?.kind === 'owner' ? owner.eni.securityGroupIds : []
  }
  const isUnknown = (address: string): boolean =>
    isLinkUnread(network, instance) && !classicNeighbour(network, instance, address)
  return { id: instance.id, groupIds: securityGroupIds, nic, groupsOf, isUnknown }
}

function refusedByGroups(
  run: Run,
  guarded: Guarded,
  direction: Direction,
  header: Header,
): Drop | undefined {
  const { network } = run
  const { id, groupIds, nic } = guarded
  run.trail.push(`groups ${direction} ${id}`)
  if (groupIds.length === 0) return doubt(run, 'eni.no-groups', id)
  const groups = groupIds.flatMap((groupId) => findById(network.securityGroup, groupId) ?? [])
  const unread = groupIds.find(
    (groupId) =>
      !findById(network.securityGroup, groupId) || hasGapOf(network, 'securityGroup', groupId),
  )
  if (unread !== undefined) return doubt(run, 'query.input-missing', unread)
  const peerGroups = guarded.groupsOf(direction === 'ingress' ? header.s : header.d)
  if (direction === 'ingress' && nic !== 'internet') {
    const shared = groups.filter(
      ({ type, intraGroup }) => type === 'basic' && intraGroup === 'accept',
    )
    if (shared.some((group) => peerGroups.includes(group.id))) return undefined
  }
  const rules = groups
    .flatMap((group) => group.rules)
    .filter((rule) => rule.direction === direction)
    .filter((rule) => nic === undefined || (rule.nic ?? 'intranet') === nic)
    .filter((rule) => matchesButPeer(rule, direction, header))
  const peer = direction === 'ingress' ? header.s : header.d
  const decided = winner(rules.filter((rule) => peerMatches(network, rule, peer, peerGroups)))
  const accepts = direction === 'egress' && (nic !== undefined || groups.every(isBasic))
  const verdict = decided?.action ?? (accepts ? 'accept' : 'drop')
  const { origin } = run
  // Whoever sent it is known, even where its address may be somebody else's here.
  const sent = origin.kind === 'eni' && owns(run, origin.eni, peer)
  const stranger = !sent && guarded.isUnknown(peer)
  const mayMatch = (rule: SecurityGroupRule): boolean =>
    isUnreadList(network, rule) ||
    isUnreadGroup(network, rule, peerGroups) ||
    (stranger && rule.peer.kind === 'group' && mayBeBasicPair(network, rule))
  const open = rules.find((rule) => mayMatch(rule) && overrides(rule, decided, verdict))
  if (open) return doubt(run, 'query.input-missing', open.id)
  if (verdict === 'accept') return undefined
  const intra = groups.some(({ type, intraGroup }) => type === 'basic' && intraGroup === 'accept')
  if (stranger && intra && direction === 'ingress' && nic !== 'internet') {
    return doubt(run, 'query.input-missing', peer)
  }
  if (!decided) return drop(run, `sg.${direction}.no-match`, id)
  return drop(run, `sg.${direction}.deny`, id, decided.id)
}

function isBasic({ type }: { readonly type: string }): boolean {
  return type === 'basic'
}

function matchesButPeer(rule: SecurityGroupRule, direction: Direction, header: Header): boolean {
  const { protocol, ports, sourcePorts = [], local } = rule
  if (protocol !== 'all' && protocol !== header.protocol) return false
  if (header.protocol === TCP || header.protocol === UDP) {
    if (!portIn(ports, header.dport) || !portIn(sourcePorts, header.sport)) return false
  }
  const own = direction === 'ingress' ? header.d : header.s
  return local === undefined || contains(local, own)
}

/** No interval: every port. */
function portIn(intervals: readonly PortInterval[], port: number): boolean {
  return intervals.length === 0 || intervals.some(({ from, to }) => from <= port && port <= to)
}

function peerMatches(
  network: Network,
  rule: SecurityGroupRule,
  address: string,
  groups: readonly string[],
): boolean {
  const { peer } = rule
  switch (peer.kind) {
    case 'anyOf':
    case 'serviceTag':
      return false
    case 'cidr':
      return contains(peer.cidr, address)
    case 'group':
      return groups.includes(peer.groupId) && isBasicPair(network, rule)
    case 'prefixList': {
      const cidrs = findById(network.prefixList, peer.prefixListId)?.cidrs ?? []
      return !isUnreadList(network, rule) && cidrs.some((cidr) => contains(cidr, address))
    }
  }
}

/** Of a group that was not read it is not known whether it is a basic one. */
function isUnreadGroup(
  { securityGroup = [] }: Network,
  rule: SecurityGroupRule,
  groups: readonly string[],
): boolean {
  const { peer } = rule
  if (peer.kind !== 'group' || !groups.includes(peer.groupId)) return false
  const own = securityGroup.find((group) => group.rules.includes(rule))
  return own?.type === 'basic' && !securityGroup.some(({ id }) => id === peer.groupId)
}

function mayBeBasicPair(network: Network, rule: SecurityGroupRule): boolean {
  const { peer } = rule
  const groups = peer.kind === 'group' ? [peer.groupId] : []
  return isBasicPair(network, rule) || isUnreadGroup(network, rule, groups)
}

/** Only basic groups can name each other. */
function isBasicPair({ securityGroup = [] }: Network, rule: SecurityGroupRule): boolean {
  const { peer } = rule
  const own = securityGroup.find((group) => group.rules.includes(rule))
  const named = securityGroup.find(({ id }) => peer.kind === 'group' && id === peer.groupId)
  return own?.type === 'basic' && named?.type === 'basic'
}

/** The lowest priority number; drop before accept among equals. */
function winner(rules: readonly SecurityGroupRule[]): SecurityGroupRule | undefined {
  const order = (rule: SecurityGroupRule) => rule.priority * 2 + (rule.action === 'drop' ? 0 : 1)
  return rules.toSorted((a, b) => order(a) - order(b)).at(0)
}

function isUnreadList(network: Network, { peer }: SecurityGroupRule): boolean {
  if (peer.kind !== 'prefixList') return false
  const { prefixListId: id } = peer
  return !findById(network.prefixList, id) || hasGapOf(network, 'prefixList', id)
}

/** Whether a rule that may match would turn the verdict round. */
function overrides(
  rule: SecurityGroupRule,
  decided: SecurityGroupRule | undefined,
  verdict: 'accept' | 'drop',
): boolean {
  if (rule.action === verdict) return false
  return !decided || winner([decided, rule]) === rule
}

function refusedByOwnGroups(
  run: Run,
  eni: NetworkInterface,
  direction: Direction,
  header: Header,
): Drop | undefined {
  if (run.leg === 'return' && run.sessions.has(`${eni.id} ${header.d} ${header.s}`))
    return undefined
  const refused = refusedByGroups(run, guardedInterface(run, eni), direction, header)
  if (!refused && run.leg === 'forward') run.sessions.add(`${eni.id} ${header.s} ${header.d}`)
  return refused
}

// ---- Network ACLs

const serviceExemptions = ['100.100.2.128/28', '100.100.2.112/28', '100.100.100.200/32']

/** @param near whether the packet stays between interfaces of this subnet */
function refusedByAcl(
  run: Run,
  eni: NetworkInterface,
  direction: Direction,
  header: Header,
  near: boolean,
): Drop | undefined {
  const { network } = run
  const far = direction === 'egress' ? header.d : header.s
  // No list judges what a load balancer sends.
  if (near || run.answering?.own === eni) return undefined
  if (cutThroughOf(network, eni)) return undefined
  if (serviceExemptions.some((cidr) => contains(cidr, far))) return undefined
  const subnet = findById(network.subnet, eni.subnetId)
  if (!subnet) return doubt(run, 'query.input-missing', eni.subnetId)
  const id = subnet.networkAclId
  if (isDoubtedSubnet(network, subnet)) return doubt(run, 'query.input-missing', subnet.id)
  if (id === undefined) {
    const unread =
      hasGap(network, 'networkAclAssociation') ||
      hasGapOf(network, 'networkAclAssociation', subnet.id)
    return unread ? doubt(run, 'query.input-missing', subnet.id) : undefined
  }
  run.trail.push(`acl ${direction} ${id}`)
  const acl = findById(network.networkAcl, id)
  if (!acl || hasGapOf(network, 'networkAcl', id)) return doubt(run, 'query.input-missing', id)
  const entry = acl[direction].find(({ protocol, ports, peer }) => {
    if (protocol !== 'all' && protocol !== header.protocol) return false
    const ported = header.protocol === TCP || header.protocol === UDP
    return (!ported || portIn([ports], header.dport)) && contains(peer, far)
  })
  if (entry?.action === 'accept') return undefined
  if (mayBeReplaced(network, eni)) return doubt(run, 'query.input-missing', eni.id)
  return drop(run, `acl.${direction}.deny`, id, entry?.id)
}

// ---- Out of an interface

/** @param inside what the operating system says before the packet is out */
function egress(
  run: Run,
  x: NetworkInterface,
  header: Header,
  inside: (at: Visit) => Said,
  known = insideOf(run, x.instanceId, header),
): End {
  run.trail.push(`egress ${x.id} ${header.s} to ${header.d}`)
  return stoppedAt(run, x, header, inside, known) ?? route(run, x, header)
}

/** What keeps a packet from getting out of an interface. */
function stoppedAt(
  run: Run,
  x: NetworkInterface,
  header: Header,
  inside: (at: Visit) => Said,
  known: Visit | undefined,
): End | undefined {
  const stopped = unusable(run, x) ?? heard(run, known, inside)
  if (stopped) return stopped
  if (x.sourceDestCheck === true && !owns(run, x, header.s)) {
    return drop(run, 'eni.source-dest-check', x.id)
  }
  return refusedByOwnGroups(run, x, 'egress', header)
}

function route(run: Run, x: NetworkInterface, header: Header): End {
  const { network } = run
  const vpc = findById(network.vpc, x.vpcId)
  const subnet = findById(network.subnet, x.subnetId)
  if (!vpc) return lost(run, 'query.input-missing', x.vpcId)
  const exit = bypassOf(run, x, vpc, header)
  if (exit) {
    // Own addresses come before mappings, and an activated gateway before both.
    const unsure = exit.kind === 'any' && arePublicsUnreadIn(network, vpc.id)
    if (unsure || isModeUnread(network, vpc.id)) return lost(run, 'query.input-missing', vpc.id)
    if (run.leg === 'return' && !settles(run.owed, exit)) {
      return drop(run, 'nat.return-bypass', exit.component)
    }
    return refusedByAcl(run, x, 'egress', header, false) ?? internet(run, vpc, header, exit)
  }
  if (mayLeaveUnread(run, x, vpc, header)) return lost(run, 'query.input-missing', x.id)
  if (!subnet) return lost(run, 'query.input-missing', x.subnetId)
  const table = tableOf(run, subnet)
  if (!table) return lost(run, 'query.input-missing', subnet.routeTableId ?? vpc.id)
  if (mayBeUnreadSubnet(run, vpc, table, header.d)) return lost(run, 'query.input-missing', vpc.id)
  const found = lookUp(run, contentOf(network, table, vpc), table, header.d)
  if ('kind' in found) return found
  return follow(run, { x, vpc, subnet, table, entry: found.entry }, found.target, header)
}

/** Whether an exit is the one that the reply must take. */
function settles(owed: Called | undefined, exit: Exit): boolean {
  if (owed?.kind === 'dnat') return exit.natGatewayId === owed.natGatewayId
  return owed?.address === exit.address
}

/** The exit past the route table of a source that has a public address, in default mode. */
function bypassOf(run: Run, x: NetworkInterface, vpc: Vpc, header: Header): Exit | undefined {
  const { network } = run
  const { s, d } = header
  if (!isIpv4(d) || isPrivate(d) || vpc.internetAccess === 'none') return undefined
  if ([...vpc.cidrs, ...(vpc.userCidrs ?? [])].some((cidr) => contains(cidr, d))) return undefined
  const exit = ownExit(run, x, s) ?? anyExit(network, vpc.id, s)
  return exit && !enabledGateway(network, vpc.id, 'ipv4') ? exit : undefined
}

/** Without a listed public address, one that was not read may still lead past the route table. */
function mayLeaveUnread({ network }: Run, x: NetworkInterface, vpc: Vpc, { d }: Header): boolean {
  if (!isIpv4(d) || isPrivate(d) || vpc.internetAccess === 'none') return false
  if ([...vpc.cidrs, ...(vpc.userCidrs ?? [])].some((cidr) => contains(cidr, d))) return false
  if (enabledGateway(network, vpc.id, 'ipv4')) return false
  const { instanceId } = x
  const instance = instanceId === undefined ? undefined : findById(network.instance, instanceId)
  const ownUnread =
    instanceId !== undefined && (!instance || hasGapOf(network, 'instance', instanceId))
  return ownUnread || arePublicsUnreadIn(network, vpc.id) || mayBeMapped(network, vpc.id)
}

/** Whether something in a VPC may have a public address that was not read. */
function arePublicsUnreadIn(network: Network, vpcId: string): boolean {
  const doubted = (network.publicAddress ?? []).filter(({ id }) =>
    hasGapOf(network, 'publicAddress', id),
  )
  const here = doubted.some((item) => (boundVpcOf(network, item) ?? vpcId) === vpcId)
  return here || lacks(network, 'publicAddress') || hasGap(network, 'instance')
}

function boundVpcOf(network: Network, { boundTo }: PublicAddress): string | undefined {
  switch (boundTo?.kind) {
    case 'instance':
    case 'networkInterface':
    case 'natGateway': {
      const items: readonly { readonly id: string; readonly vpcId?: string }[] | undefined =
        network[boundTo.kind]
      const vpcId = findById(items, boundTo.id)?.vpcId
      return vpcId !== undefined && findById(network.vpc, vpcId) ? vpcId : undefined
    }
    case 'haVip': {
      const subnetId = findById(network.haVip, boundTo.id)?.subnetId ?? ''
      const vpcId = findById(network.subnet, subnetId)?.vpcId
      return vpcId !== undefined && findById(network.vpc, vpcId) ? vpcId : undefined
    }
    default:
      return undefined
  }
}

/** Whether a NAT gateway of which the entries were not read has an address to map. */
function mayBeMapped(network: Network, vpcId: string): boolean {
  if (!network.gaps?.some(({ kind }) => kind === 'natGateway')) return false
  return (network.publicAddress ?? []).some(({ boundTo }) => {
    if (boundTo?.kind !== 'natGateway') return false
    const gateway = findById(network.natGateway, boundTo.id)
    const doubted = hasGapOf(network, 'natGateway', boundTo.id)
    return !gateway || (gateway.vpcId === vpcId && doubted)
  })
}

/** Some public address, or whose one of them is, was not read. */
function arePublicsUnread({ gaps = [] }: Network): boolean {
  return gaps.some(
    ({ kind, id }) => kind === 'publicAddress' || (kind === 'instance' && id === undefined),
  )
}

/** The natPublicIp or EIP that stands for exactly this address of this interface. */
function ownExit(
  { network, owed, answering }: Run,
  x: NetworkInterface,
  s: string,
): Exit | undefined {
  const all = (network.publicAddress ?? []).filter((item) => {
    const { boundTo, mode, address } = item
    if (!boundTo || !isLive(network, item)) return false
    const balancer = answering?.own === x ? answering.id : undefined
    if (boundTo.kind === 'loadBalancer') return boundTo.id === balancer
    if (balancer !== undefined) return false
    if (boundTo.kind === 'haVip') {
      const haVip = findById(network.haVip, boundTo.id)
      return haVip?.address === s && masterOf(network, haVip.id)?.id === x.id
    }
    const bound =
      boundTo.kind === 'networkInterface'
        ? findById(network.networkInterface, boundTo.id)
        : boundTo.kind === 'instance'
          ? primaryOf(network, boundTo.id)
          : undefined
    if (bound?.id !== x.id) return false
    if (mode === 'cut-through') return address === s
    return (boundTo.privateAddress ?? x.addresses.at(0)) === s
  })
  // Of several, a reply leaves by the one that was called.
  const own = all.find(({ address }) => address === owed?.address) ?? all.at(0)
  if (!own) return undefined
  const { address, id: component, mode } = own
  return { kind: 'own', address, component, cutThrough: mode === 'cut-through' }
}

/** The external address of a DNAT entry for every port (IP mapping) of `s`. */
function anyExit(network: Network, vpcId: string, s: string, only?: NatGateway): Exit | undefined {
  const gateways = (network.natGateway ?? []).filter(
    (gateway) =>
      gateway.vpcId === vpcId &&
      gateway.reach === 'internet' &&
      inService(gateway) &&
      (only === undefined || gateway.id === only.id),
  )
  const exits = gateways.flatMap((gateway) =>
    gateway.dnat
      .filter(
        ({ protocol, state, internalAddress, externalAddress }) =>
          protocol === 'any' &&
          state === 'Available' &&
          internalAddress === s &&
          isLiveOn(network, gateway, externalAddress),
      )
      .map(({ externalAddress: address }): Exit => {
        return { kind: 'any', address, component: gateway.id, natGatewayId: gateway.id }
      }),
  )
  // No document says which of several it is: the lowest.
  return exits.toSorted((a, b) => (valueOf(a.address) < valueOf(b.address) ? -1 : 1)).at(0)
}

function valueOf(address: string): bigint {
  return BigInt(parseAddress(address)?.value ?? 0)
}

function isLive(network: Network, { id, state, locks = [] }: PublicAddress): boolean {
  return !hasGapOf(network, 'publicAddress', id) && state === 'InUse' && locks.length === 0
}

/** Whether an address is an EIP of this NAT gateway that carries packets. */
function isLiveOn(network: Network, gateway: NatGateway, address: string): boolean {
  const item = network.publicAddress?.find((item) => item.address === address)
  if (item?.boundTo?.kind !== 'natGateway') return false
  return item.boundTo.id === gateway.id && isLive(network, item)
}

function inService({ state, locks = [] }: NatGateway): boolean {
  return state === 'Available' && locks.length === 0
}

/**
 * The IPv4 gateway that puts a VPC into gateway mode. A gap leaves default mode in doubt, unless
 * the VPC's gateway is listed: a VPC has one at most.
 */
function activatedGateway(run: Run, vpcId: string): InternetGateway | undefined {
  if (isModeUnread(run.network, vpcId)) doubt(run, 'query.input-missing', vpcId)
  return enabledGateway(run.network, vpcId, 'ipv4')
}

/** Whether it was not read if a VPC has an activated IPv4 gateway. */
function isModeUnread(network: Network, vpcId: string): boolean {
  const listed = network.internetGateway?.find(
    (gateway) => gateway.kind === 'ipv4' && gateway.vpcId === vpcId,
  )
  return listed
    ? hasGapOf(network, 'internetGateway', listed.id)
    : lacks(network, 'internetGateway')
}

function enabledGateway(network: Network, vpcId: string, kind: 'ipv4' | 'ipv6') {
  return network.internetGateway?.find(
    (gateway) =>
      gateway.kind === kind &&
      gateway.vpcId === vpcId &&
      gateway.enabled &&
      !hasGapOf(network, 'internetGateway', gateway.id),
  )
}

// ---- Route tables

/** `classicLink`: the route that a ClassicLink of the VPC adds; `unread`: that may be there. */
type Target = RouteTarget | { readonly kind: 'classicLink' | 'unread' }
type Hop = Omit<NextHop, 'target'> & { readonly target: Target }
type Entry = Omit<Route, 'nextHops' | 'destination' | 'origin'> & {
  readonly destination: string
  readonly nextHops: readonly Hop[]
}

/** Whether the sources contradict each other about a subnet or its VPC. */
function isDoubtedSubnet(network: Network, { id, vpcId }: Subnet): boolean {
  return hasGapOf(network, 'subnet', id) || hasGapOf(network, 'vpc', vpcId)
}

function tableOf({ network }: Run, subnet: Subnet): RouteTable | undefined {
  const { routeTableId: id, vpcId } = subnet
  if (isDoubtedSubnet(network, subnet)) return undefined
  const table =
    id === undefined
      ? network.routeTable?.find((table) => table.type === 'system' && table.vpcId === vpcId)
      : findById(network.routeTable, id)
  return table && !hasGapOf(network, 'routeTable', table.id) ? table : undefined
}

/** What a table lists, with the system routes that it does not list. */
function contentOf(network: Network, table: RouteTable, vpc: Vpc): readonly Entry[] {
  const subnets = (network.subnet ?? []).filter(({ vpcId }) => vpcId === vpc.id)
  const local = [...subnets.flatMap(rangesOf), '100.64.0.0/10'].map((destination) =>
    implied(destination, { kind: 'local' }),
  )
  const neighbours = classicInstances(network).filter(({ region }) => region === vpc.region)
  const linked = neighbours.some(
    (item) => item.classic?.linkedVpcId === vpc.id && !isLinkUnread(network, item),
  )
  const doubted = neighbours.some((item) => isLinkUnread(network, item))
  const maybe = vpc.classicLink !== false && (doubted || hasGap(network, 'instance'))
  const kind = linked ? 'classicLink' : maybe ? 'unread' : undefined
  const added = kind ? [...local, implied('10.0.0.0/8', { kind })] : local
  const unlisted = added.filter(
    ({ destination }) => !table.routes.some((listed) => sameRange(listed.destination, destination)),
  )
  return [...table.routes, ...unlisted]
}

/** A vSwitch that was not read has a local route, which custom routes are never more specific than. */
function mayBeUnreadSubnet({ network }: Run, vpc: Vpc, table: RouteTable, d: string): boolean {
  if (!lacks(network, 'subnet') || subnetOf(network, vpc.id, d)) return false
  const told = table.routes.some(
    ({ origin, destination, nextHops }) =>
      origin === 'system' &&
      sameFamily(destination, d) &&
      destination !== '100.64.0.0/10' &&
      nextHops.some(({ target }) => target.kind === 'local'),
  )
  const stray = network.networkInterface?.some(
    (eni) =>
      eni.vpcId === vpc.id &&
      !vpc.ipv6Cidrs?.length &&
      !findById(network.subnet, eni.subnetId) &&
      assignmentOf(eni, d) !== undefined,
  )
  const near = [...vpc.cidrs, ...(vpc.ipv6Cidrs ?? [])].some((cidr) => contains(cidr, d))
  return !told && (near || stray === true)
}

function implied(destination: string, target: Target): Entry {
  return { id: `implied ${destination}`, destination, state: 'Available', nextHops: [{ target }] }
}

/** The longest active route to `d`, and one of its usable next hops. */
function lookUp(
  run: Run,
  entries: readonly Entry[],
  { id }: { readonly id: string },
  d: string,
): { readonly entry: Entry; readonly target: Target } | Drop {
  const matching = entries.filter(({ destination }) => contains(destination, d))
  const entry = longest(matching.filter(({ state }) => state === 'Available'))
  if (!entry) {
    const inactive = longest(matching)
    return inactive ? drop(run, 'route.inactive', id, inactive.id) : drop(run, 'route.none', id)
  }
  const enabled = entry.nextHops.filter((hop) => hop.enabled !== false)
  const heavy = enabled.some(({ weight = 0 }) => weight > 0)
  const carrying = enabled.filter(({ weight }) => !heavy || weight !== 0)
  if (carrying.length === 0) return drop(run, 'route.inactive', id, entry.id)
  const { target } = choose(run, carrying)
  run.trail.push(`route ${id} ${entry.destination} to ${target.kind}`)
  return { entry, target }
}

function longest(entries: readonly Entry[]): Entry | undefined {
  return entries.toSorted((a, b) => lengthOf(b.destination) - lengthOf(a.destination)).at(0)
}

/** Where a packet stands when its route is known. */
interface Fork {
  readonly x: NetworkInterface
  readonly vpc: Vpc
  readonly subnet: Subnet
  readonly table: RouteTable
  readonly entry: Entry
}

function follow(run: Run, fork: Fork, target: Target, header: Header): End {
  const { x, vpc, table, entry } = fork
  switch (target.kind) {
    case 'local':
      return bypassed(run, 'local', x.id) ?? goLocal(run, fork, header)
    case 'unread':
      return lost(run, 'query.input-missing', vpc.id)
    case 'classicLink':
      return bypassed(run, 'classicLink', x.id) ?? goClassic(run, x, vpc, header)
    case 'blackhole':
      return drop(run, 'route.blackhole', table.id, entry.id)
    case 'instance':
    case 'networkInterface':
    case 'haVip':
      return goRelay(run, fork, { kind: target.kind, id: target.id }, header)
    case 'transitRouter':
    case 'endpoint':
    case 'unsupported':
      return lost(run, 'tr.unsupported-attachment', target.id)
    case 'internet':
    case 'gateway':
    case 'address':
      throw new Error(`Alibaba Cloud has no route to ${target.kind}`)
    case 'natGateway':
    case 'internetGateway':
    case 'peering':
    case 'routerInterface':
    case 'vpnGateway':
    case 'line':
      return goGateway(run, fork, { kind: target.kind, id: target.id }, header)
  }
}

/** The drop of a reply that takes this way although the request came through a public address. */
function bypassed(run: Run, kind: Target['kind'], id: string): Drop | undefined {
  const { owed } = run
  if (!owed) return undefined
  const leaves = kind === 'natGateway' || (kind === 'internetGateway' && owed.kind === 'direct')
  const wrongGateway = owed.kind === 'dnat' && owed.natGatewayId !== id
  return leaves && !wrongGateway ? undefined : drop(run, 'nat.return-bypass', id)
}

function goLocal(run: Run, { x, vpc, subnet }: Fork, header: Header): End {
  const { network } = run
  const { d } = header
  if (contains('100.64.0.0/10', d) && !subnetOf(network, vpc.id, d)) {
    return refusedByAcl(run, x, 'egress', header, false) ?? service(run, vpc, header)
  }
  const owner = ownerOf(network, vpc.id, d)
  const near = owner?.kind === 'owner' ? owner.eni.subnetId === x.subnetId : subnetHas(subnet, d)
  const refused = refusedByAcl(run, x, 'egress', header, near)
  // An owner that was not read may be in the sender's subnet.
  const open = owner?.kind === 'unread' || (!owner && hasUnreadOwners(network))
  if (refused && open) return lost(run, 'query.input-missing', d)
  return refused ?? deliver(run, vpc.id, header, x)
}

type RelayTarget = { readonly kind: 'instance' | 'networkInterface' | 'haVip'; readonly id: string }

function goRelay(run: Run, { x, vpc }: Fork, target: RelayTarget, header: Header): End {
  const f = relayOf(run, vpc.id, target, header.d)
  if ('kind' in f) return f
  const near = f.subnetId === x.subnetId
  return refusedByAcl(run, x, 'egress', header, near) ?? relay(run, f, header, x)
}

/** The interface that a next hop names, if it is there and alive. */
function relayOf(
  run: Run,
  vpcId: string,
  { kind, id }: RelayTarget,
  d: string,
): NetworkInterface | End {
  const { network } = run
  const missing = (missed: GapKind): End =>
    hasGap(network, missed) ||
    hasGapOf(network, missed, id) ||
    (missed === 'networkInterface' && kind !== missed && lacks(network, missed)) ||
    (missed === 'networkInterface' && kind === 'haVip' && lacks(network, 'instance'))
      ? lost(run, 'query.input-missing', id)
      : drop(run, 'route.next-hop-unresolved', id)
  // Of an instance only its primary interface has to be known to find the way.
  const known = kind === 'instance' && primaryOf(network, id) !== undefined
  if (!known && !isListed(network, kind, id)) return missing(kind)
  if (kind === 'haVip' && hasGapOf(network, kind, id)) return lost(run, 'query.input-missing', id)
  if (kind === 'haVip' && findById(network.haVip, id)?.master === undefined) {
    return drop(run, 'havip.no-master', id)
  }
  const eni =
    kind === 'haVip'
      ? masterOf(network, id)
      : kind === 'instance'
        ? primaryOf(network, id)
        : findById(network.networkInterface, id)
  if (!eni) return missing('networkInterface')
  if (eni.vpcId !== vpcId) return drop(run, 'route.next-hop-unresolved', id)
  // An address that nobody listed has may be the relay's own.
  const own = !ownerOf(network, vpcId, d) && subnetOf(network, vpcId, d) !== undefined
  if (own && hasUnreadOwners(network)) return lost(run, 'query.input-missing', d)
  const down = unusable(run, eni)
  if (down?.kind === 'unknown') return down
  return down ? drop(run, 'route.next-hop-down', id) : eni
}

type GatewayTarget = {
  readonly kind:
    | 'natGateway'
    | 'internetGateway'
    | 'peering'
    | 'routerInterface'
    | 'vpnGateway'
    | 'line'
  readonly id: string
}

function goGateway(run: Run, { x, vpc }: Fork, { kind, id }: GatewayTarget, header: Header): End {
  const { network } = run
  if (!belongs(network, vpc.id, kind, id)) {
    const unread = hasGap(network, kind) || hasGapOf(network, kind, id)
    if (unread && !isListed(network, kind, id)) return lost(run, 'query.input-missing', id)
    return drop(run, 'route.next-hop-unresolved', id)
  }
  if (kind === 'internetGateway' && hasGapOf(network, kind, id)) {
    return lost(run, 'query.input-missing', id)
  }
  const refused = bypassed(run, kind, id) ?? refusedByAcl(run, x, 'egress', header, false)
  if (refused) return refused
  run.trail.push(`gateway ${id}`)
  if (kind === 'peering') return throughPeering(run, vpc.id, id, header)
  const nat = kind === 'natGateway' && findById(network.natGateway, id)
  if (nat) return translate(run, nat, x, vpc, header)
  const gateway = kind === 'internetGateway' && findById(network.internetGateway, id)
  if (gateway) return throughGateway(run, gateway, x, vpc, header)
  const end = kind === 'routerInterface' && findById(network.routerInterface, id)
  return end ? throughRouter(run, end, header) : { kind: 'leaves' }
}

/** Whether a next hop is in the input and can be reached from this VPC. */
function belongs(network: Network, vpcId: string, kind: GatewayTarget['kind'], id: string) {
  switch (kind) {
    case 'natGateway':
      return findById(network.natGateway, id)?.vpcId === vpcId
    case 'routerInterface':
      return findById(network.routerInterface, id)?.vpcId === vpcId
    case 'peering': {
      const peering = findById(network.peering, id)
      return peering?.requesterVpcId === vpcId || peering?.accepterVpcId === vpcId
    }
    case 'internetGateway':
    case 'vpnGateway':
    case 'line':
      return isListed(network, kind, id)
  }
}

// ---- Relays and delivery

const MOST_RELAYS = 16

/** @param from the interface that sent the packet here; undefined: a gateway did */
function relay(run: Run, f: NetworkInterface, header: Header, from?: NetworkInterface): End {
  if (owns(run, f, header.d)) {
    // Like a local route, this would leave out the translation that the reply has to pass.
    return run.owed && from ? drop(run, 'nat.return-bypass', f.id) : receive(run, f, header, from)
  }
  run.trail.push(`relay ${f.id}`)
  if (run.relays.includes(f.id) || run.relays.length >= MOST_RELAYS) {
    return drop(run, 'route.loop', f.id)
  }
  run.relays.push(f.id)
  if (f.sourceDestCheck === true) return drop(run, 'eni.source-dest-check', f.id)
  const refused = admitted(run, f, header, from)
  if (refused) return refused
  const { instanceId = '' } = f
  const forged = martian(run, f, header)
  if (forged) return forged
  const at = insideOf(run, instanceId, header)
  const own = ownerOf(run.network, f.vpcId, header.d)
  if (own?.kind === 'owner' && own.eni.instanceId === f.instanceId && f.instanceId !== undefined) {
    // The table of a guest's own addresses comes before all others.
    if (run.owed) return drop(run, 'nat.return-bypass', f.id)
    return (
      unusable(run, own.eni) ??
      heard(run, at, (visited) => receives(visited, f.id, true)) ?? {
        kind: 'at',
        place: { kind: 'eni', eni: own.eni, by: f.id },
        header,
      }
    )
  }
  const several = mayHaveSeveral(run, instanceId)
  const stopped = heard(run, at, (visited) => takesIn(visited, f.id, several))
  if (stopped) return stopped
  const forwards = guestOf(run, instanceId)?.ipForward
  if (forwards === false) return drop(run, 'instance.ip-forward-disabled', instanceId)
  if (forwards === undefined) doubt(run, 'instance.forwarding-opaque', instanceId)
  const next = guestRoutes(run, instanceId)
    ? guestInterface(run, instanceId, header.s, header.d, f.id)
    : interfaceToward(run, instanceId, header.d)
  if ('kind' in next) return next
  return egress(run, next, header, (visited) => passesOn(visited, next.id), at)
}

/** A source that is the guest's own, and yet comes in from outside. */
function martian(run: Run, { vpcId, instanceId }: NetworkInterface, { s }: Header) {
  if (instanceId === undefined || !isIpv4(s)) return undefined
  const owner = ownerOf(run.network, vpcId, s)
  if (owner?.kind !== 'owner' || owner.eni.instanceId !== instanceId) return undefined
  return drop(run, 'guest.martian-source', instanceId)
}

/** Whether there may be more interfaces than one. */
function mayHaveSeveral({ network }: Run, instanceId: string): boolean {
  const all = (network.networkInterface ?? []).filter((eni) => eni.instanceId === instanceId)
  const stray = all.some(({ subnetId }) => !findById(network.subnet, subnetId))
  return all.length > 1 || stray || lacks(network, 'networkInterface')
}

/** ACL, then groups, on the way into an interface. */
function admitted(run: Run, eni: NetworkInterface, header: Header, from?: NetworkInterface) {
  const near = from?.subnetId === eni.subnetId
  return (
    refusedByAcl(run, eni, 'ingress', header, near) ??
    refusedByOwnGroups(run, eni, 'ingress', header)
  )
}

function deliver(run: Run, vpcId: string, header: Header, from: NetworkInterface | undefined): End {
  const owner = ownerOf(run.network, vpcId, header.d)
  if (owner?.kind === 'unread') return lost(run, 'query.input-missing', header.d)
  if (!owner) return managed(run, header, vpcId) ?? nobody(run, header.d, vpcId)
  if (owner.kind === 'none') return drop(run, 'havip.no-master', owner.haVipId)
  if (owner.kind === 'balancer') return balance(run, owner.balancer, header)
  return receive(run, owner.eni, header, from)
}

// ---- Load balancers (docs/decisions/0010)

/** A load balancer of which all is known that it takes to hand packets on. */
interface Known {
  readonly id: string
  readonly address: AddressText
  readonly vpcId: VpcId
  readonly state: string | undefined
  readonly listeners: readonly Listener[]
}

function knownBalancer(network: Network, item: LoadBalancer | undefined): Known | undefined {
  const vpcId = item && vpcOfBalancer(network, item)
  if (!item?.address || !item.listeners || vpcId === undefined) return undefined
  if (hasGapOf(network, 'loadBalancer', item.id) || !findById(network.vpc, vpcId)) return undefined
  const { id, address, listeners, state } = item
  return { id, address, vpcId, state, listeners }
}

function vpcOfBalancer(network: Network, { vpcId, subnetId }: LoadBalancer): VpcId | undefined {
  return vpcId ?? findById(network.subnet, subnetId ?? '')?.vpcId
}

/** There: a running listener, one of its backends, and what every packet meets at that one. */
function balance(run: Run, item: LoadBalancer, header: Header): End {
  run.trail.push(`balance ${item.id}`)
  // No connection starts here, so that no reply ends here.
  if (run.leg === 'return') return drop(run, 'nat.return-bypass', item.id)
  const balancer = knownBalancer(run.network, item)
  if (!balancer) return lost(run, 'lb.not-analysed', item.id)
  const { id, state, listeners } = balancer
  if (state === undefined) doubt(run, 'query.input-missing', id)
  else if (state.toLowerCase() !== 'active') return drop(run, 'lb.bad-state', id)
  if (header.protocol === ICMP) return lost(run, 'lb.echo-not-analysed', id)
  const word = header.protocol === TCP ? 'tcp' : header.protocol === UDP ? 'udp' : undefined
  const listener = listeners.find(
    (one) => one.protocol === word && one.port === header.dport && one.state === 'running',
  )
  if (!listener) return drop(run, 'lb.no-listener', id)
  const backends = listener.backends.filter(({ weight }) => weight > 0)
  if (backends.length === 0) return drop(run, 'lb.listener-no-backend', id)
  return toBackend(run, { balancer, port: listener.port }, choose(run, backends), header)
}

function toBackend(
  run: Run,
  balanced: Balanced,
  { target, port: dport }: Listener['backends'][number],
  header: Header,
): End {
  const { network } = run
  const { kind, id } = target
  const ofInstance = kind === 'instance'
  const eni = ofInstance ? primaryOf(network, id) : findById(network.networkInterface, id)
  if (!eni) {
    const unlisted = ofInstance && !isListed(network, kind, id)
    return unlisted || lacks(network, 'networkInterface')
      ? lost(run, 'query.input-missing', id)
      : drop(run, 'instance.no-interface', id)
  }
  run.balanced = balanced
  const [d] = eni.addresses
  const gone = cutThroughOf(network, eni) && !addressesOf(network, eni).includes(d)
  const down = gone
    ? (unusable(run, eni) ?? drop(run, 'address.not-assigned', eni.vpcId))
    : undefined
  return down ?? receive(run, eni, { ...header, d, dport })
}

/** And back: by the interface that took the request, then as the load balancer's own answer. */
function answer(run: Run, taker: NetworkInterface, balanced: Balanced, header: Header): End {
  const { balancer, port } = balanced
  const { id, address } = balancer
  const { instanceId } = taker
  const seen = instanceId !== undefined && guestRoutes(run, instanceId) !== undefined
  const way = seen ? guestInterface(run, instanceId, header.s, header.d) : taker
  if ('kind' in way) return way
  run.trail.push(`answer by ${way.id} to ${id}`)
  const inside = insideOf(run, way.instanceId, header)
  if (way.id !== taker.id) return drop(run, 'lb.return-bypass', id)
  const stopped = stoppedAt(run, way, header, (at) => sends(at, way.id), inside)
  if (stopped) return stopped
  const refused = refusedByAcl(run, way, 'egress', header, false)
  if (refused) return refused
  delete run.balanced
  const own = senderOf(run.network, balancer, taker)
  run.answering = { id, own }
  return route(run, own, { ...header, s: address, sport: port })
}

/** One more sender in its vSwitch, behind no instance and no group. */
function senderOf(
  network: Network,
  { id, address, vpcId }: Known,
  { instanceId: _, ...model }: NetworkInterface,
): NetworkInterface {
  const own = findById(network.loadBalancer, id)?.subnetId
  const subnetId = own ?? subnetOf(network, vpcId, address)?.id ?? model.subnetId
  const place = { vpcId, subnetId, addresses: [address], ipv6Addresses: [] }
  return { ...model, ...place, sourceDestCheck: false, securityGroupIds: [] }
}

function receive(run: Run, eni: NetworkInterface, header: Header, from?: NetworkInterface): End {
  run.trail.push(`receive ${eni.id}`)
  // In doubt or not, another interface than the one that asked is the wrong place for a reply.
  const stray = run.leg === 'return' && !samePlace({ kind: 'eni', eni }, run.origin)
  if (stray) return drop(run, 'nat.return-bypass', eni.id)
  const down = unusable(run, eni)
  if (down) return down
  if (isIpv4(header.d) && mayBeReplaced(run.network, eni)) doubt(run, 'query.input-missing', eni.id)
  return (
    admitted(run, eni, header, from) ??
    martian(run, eni, header) ??
    heard(run, insideOf(run, eni.instanceId, header), (at) => receives(at, eni.id)) ?? {
      kind: 'at',
      place: { kind: 'eni', eni },
      header,
    }
  )
}

function service(run: Run, vpc: Vpc | undefined, header: Header, region = vpc?.region): End {
  const ported = header.protocol === TCP || header.protocol === UDP
  const known = run.network.cloudService?.some(
    ({ cidrs, ports = [], vpcId, ...item }) =>
      item.region === region &&
      (vpcId === undefined || vpcId === vpc?.id) &&
      cidrs.some((cidr) => contains(cidr, header.d)) &&
      (!ported || portIn(ports, header.dport)),
  )
  const always = serviceExemptions.some((cidr) => contains(cidr, header.d))
  if (known !== true && !always) return lost(run, 'service.unknown', header.d)
  return {
    kind: 'at',
    place: { kind: 'service', ...(vpc ? { vpcId: vpc.id } : {}) },
    header,
  }
}

// ---- To the Internet and from it

/** `vpc` undefined: from the classic network. */
function internet(run: Run, vpc: Vpc | undefined, header: Header, exit: Exit): End {
  if (vpc?.internetAccess === 'none') return drop(run, 'igw.absent', vpc.id)
  // A classic NIC has its public address itself: nothing is translated.
  const translates = exit.kind !== 'classic' && exit.cutThrough !== true
  if (translates && !isTranslatable(header.protocol)) {
    return drop(run, 'nat.protocol-unsupported', exit.component)
  }
  run.trail.push(`internet as ${exit.address}`)
  if (run.leg === 'return') {
    const { owed } = run
    if (!owed || !settles(owed, exit)) return drop(run, 'nat.return-bypass', exit.component)
    delete run.owed
    return replyFromOutside(run, { ...header, s: owed.address, sport: owed.port })
  }
  if (isMail(header)) return drop(run, 'policy.platform-blocked', exit.component)
  run.departure = { exit, s: header.s, ...(vpc ? { vpcId: vpc.id } : {}) }
  return arrive(run, { ...header, s: exit.address })
}

function isMail({ protocol, dport }: Header): boolean {
  return protocol === TCP && dport === 25
}

function isTranslatable(protocol: number): boolean {
  return protocol === TCP || protocol === UDP || protocol === ICMP
}

/** A request from the Internet, or one that has just left for it. */
function arrive(run: Run, header: Header): End {
  const { network } = run
  if (!isIpv4(header.d)) return arriveIpv6(run, header)
  const item = network.publicAddress?.find(({ address }) => address === header.d)
  if (item) return arriveAt(run, item, header)
  const classic = classicInstances(network).find(
    ({ classic }) => classic?.publicAddress === header.d,
  )
  if (classic) return arriveClassic(run, classic, header)
  if (arePublicsUnread(network)) return lost(run, 'query.input-missing', header.d)
  return { kind: 'at', place: { kind: 'outside' }, header }
}

function arriveAt(run: Run, item: PublicAddress, header: Header): End {
  const { network } = run
  const { id, boundTo, locks = [], mode, state } = item
  run.trail.push(`arrive ${id}`)
  if (hasGapOf(network, 'publicAddress', id)) return lost(run, 'query.input-missing', id)
  if ((boundTo && state !== 'InUse') || locks.length > 0) return drop(run, 'eip.bad-state', id)
  if (!boundTo) return drop(run, 'eip.not-bound', id)
  if (mode !== 'cut-through' && !isTranslatable(header.protocol)) {
    return drop(run, 'nat.protocol-unsupported', id)
  }
  run.called = { kind: 'direct', address: header.d, port: header.dport }
  switch (boundTo.kind) {
    case 'natGateway': {
      const gateway = findById(network.natGateway, boundTo.id)
      return gateway && findById(network.vpc, gateway.vpcId)
        ? arriveNat(run, gateway, header)
        : lost(run, 'query.input-missing', boundTo.id)
    }
    case 'loadBalancer': {
      const balancer = knownBalancer(network, findById(network.loadBalancer, boundTo.id))
      if (!balancer) return lost(run, 'lb.not-analysed', boundTo.id)
      return enter(run, balancer.vpcId, { ...header, d: balancer.address }, false)
    }
    case 'haVip': {
      const haVip = findById(network.haVip, boundTo.id)
      const vpcId = haVip && findById(network.subnet, haVip.subnetId)?.vpcId
      if (!haVip || vpcId === undefined || !findById(network.vpc, vpcId)) {
        return lost(run, 'query.input-missing', boundTo.id)
      }
      // Whoever a gateway table steers it through: nobody announces the address at the end.
      const owner = ownerOf(network, vpcId, haVip.address)
      if (owner?.kind === 'unread') return lost(run, 'query.input-missing', haVip.id)
      if (haVip.master === undefined) return drop(run, 'havip.no-master', haVip.id)
      return enter(run, vpcId, { ...header, d: haVip.address }, true)
    }
    case 'instance':
    case 'networkInterface': {
      const eni =
        boundTo.kind === 'instance'
          ? primaryOf(network, boundTo.id)
          : findById(network.networkInterface, boundTo.id)
      if (!eni || !findById(network.vpc, eni.vpcId)) {
        return lost(run, 'query.input-missing', boundTo.id)
      }
      const mapped = boundTo.privateAddress ?? eni.addresses[0]
      const d = mode === 'cut-through' ? header.d : mapped
      return enter(run, eni.vpcId, { ...header, d }, true)
    }
  }
}

function arriveNat(run: Run, gateway: NatGateway, header: Header): End {
  const { id, vpcId, dnat, reach } = gateway
  const { protocol, d, dport } = header
  if (reach === 'intranet') return lost(run, 'query.unsupported-feature', id)
  if (!inService(gateway)) return outOfService(run, id)
  if (hasGapOf(run.network, 'natGateway', id)) return lost(run, 'query.input-missing', id)
  const entries = dnat.filter((entry) => entry.state === 'Available' && entry.externalAddress === d)
  const word = protocol === TCP ? 'tcp' : protocol === UDP ? 'udp' : undefined
  const entry =
    entries.find(
      (entry) => entry.protocol === word && portIn(intervalOf(entry.externalPort), dport),
    ) ?? entries.find((entry) => entry.protocol === 'any')
  if (!entry) return drop(run, 'nat.dnat-missing', id)
  const { exit } = run.departure ?? {}
  if (exit?.kind === 'snat' && exit.natGatewayId === id) return drop(run, 'nat.hairpin', id)
  run.called = { kind: 'dnat', address: d, port: dport, natGatewayId: id }
  const offset = dport - (entry.externalPort?.from ?? dport)
  const moved = entry.protocol !== 'any' && entry.internalPort
  const internal = { d: entry.internalAddress, dport: moved ? moved.from + offset : dport }
  return enter(run, vpcId, { ...header, ...internal }, false)
}

function intervalOf(pair: PortInterval | undefined): readonly PortInterval[] {
  return pair ? [pair] : []
}

/** @param direct whether a gateway table may redirect the packet: not after a NAT gateway */
function enter(run: Run, vpcId: string, header: Header, direct: boolean): End {
  const { network } = run
  if (findById(network.vpc, vpcId)?.internetAccess === 'none') {
    return drop(run, 'igw.absent', vpcId)
  }
  if (direct && isModeUnread(network, vpcId) && mayHaveGatewayTable(network, vpcId)) {
    return lost(run, 'query.input-missing', vpcId)
  }
  const tableId = direct ? enabledGateway(network, vpcId, 'ipv4')?.routeTableId : undefined
  if (tableId === undefined) return deliver(run, vpcId, header, undefined)
  const table = findById(network.routeTable, tableId)
  if (!table || hasGapOf(network, 'routeTable', tableId)) {
    return lost(run, 'query.input-missing', tableId)
  }
  const matching = table.routes.filter(
    ({ state, destination }) => state === 'Available' && contains(destination, header.d),
  )
  if (matching.length === 0) return deliver(run, vpcId, header, undefined)
  const found = lookUp(run, matching, table, header.d)
  if ('kind' in found) return found
  const { target } = found
  if (target.kind !== 'instance' && target.kind !== 'networkInterface') {
    return deliver(run, vpcId, header, undefined)
  }
  const f = relayOf(run, vpcId, { kind: target.kind, id: target.id }, header.d)
  return 'kind' in f ? f : relay(run, f, header)
}

function mayHaveGatewayTable(network: Network, vpcId: string): boolean {
  const listed = network.routeTable?.some(
    (table) => table.type === 'gateway' && table.vpcId === vpcId,
  )
  return listed === true || lacks(network, 'routeTable')
}

/** A reply that is on the Internet side: at the client outside, or before the exit of one inside. */
function replyFromOutside(run: Run, header: Header): End {
  if (!isIpv4(header.d)) return arriveIpv6(run, header)
  const { departure } = run
  if (!departure || departure.exit.address !== header.d) {
    return { kind: 'at', place: { kind: 'outside' }, header }
  }
  const { exit, s, vpcId } = departure
  if (vpcId === undefined) return backAtOrigin(run, header)
  return enter(run, vpcId, { ...header, d: s }, exit.kind === 'own')
}

const privateIpv4 = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']
const privateIpv6 = ['fc00::/7', 'fe80::/10']

/** A VPC looks for its own addresses at home only, even where they look public (VPC FAQ). */
const isPrivateTo = ({ cidrs }: Vpc, address: string): boolean =>
  isPrivate(address) || cidrs.some((cidr) => contains(cidr, address))

function isPrivate(address: string): boolean {
  return [...privateIpv4, ...privateIpv6].some((cidr) => contains(cidr, address))
}

function arriveIpv6(run: Run, header: Header): End {
  const { network } = run
  const eni = network.networkInterface?.find((eni) => assignmentOf(eni, header.d) !== undefined)
  if (!eni) {
    const near = network.vpc?.find(({ ipv6Cidrs = [] }) =>
      ipv6Cidrs.some((cidr) => contains(cidr, header.d)),
    )
    // A reply goes to the client that asked, whatever its address looks like.
    if (near && run.leg === 'forward') {
      return hasUnreadOwners(network)
        ? lost(run, 'query.input-missing', header.d)
        : drop(run, 'address.not-assigned', near.id)
    }
    return { kind: 'at', place: { kind: 'outside' }, header }
  }
  if (hasGapOf(network, 'networkInterface', eni.id) || !findById(network.vpc, eni.vpcId)) {
    return lost(run, 'query.input-missing', eni.id)
  }
  if (!enabledGateway(network, eni.vpcId, 'ipv6')) {
    const unread = lacks(network, 'internetGateway') || hasGap(network, 'ipv6Internet')
    const listed = network.internetGateway?.some(
      (gateway) =>
        gateway.kind === 'ipv6' &&
        gateway.vpcId === eni.vpcId &&
        !hasGapOf(network, 'internetGateway', gateway.id),
    )
    const doubted = network.internetGateway?.some(
      ({ id, kind, vpcId }) =>
        kind === 'ipv6' && vpcId === eni.vpcId && hasGapOf(network, 'internetGateway', id),
    )
    if (!doubted && (listed || !unread)) return drop(run, 'igw.absent', eni.vpcId)
    doubt(run, 'query.input-missing', eni.vpcId)
  }
  const reach = assignmentOf(eni, header.d)?.internet
  if (reach === 'none') return drop(run, 'igw.no-public-mapping.ingress', eni.id)
  if (reach === undefined) doubt(run, 'query.input-missing', header.d)
  if (reach === 'egress-only' && run.leg === 'forward') {
    return drop(run, 'ipv6.egress-only', eni.id)
  }
  return deliver(run, eni.vpcId, header, undefined)
}

function assignmentOf({ ipv6Addresses = [] }: NetworkInterface, address: string) {
  return ipv6Addresses.find((assignment) => same(assignment.address, address))
}

function throughGateway(
  run: Run,
  gateway: InternetGateway,
  x: NetworkInterface,
  vpc: Vpc,
  header: Header,
): End {
  const { id, vpcId, enabled, kind } = gateway
  const { s, d } = header
  if (hasGapOf(run.network, 'internetGateway', id)) return lost(run, 'query.input-missing', id)
  if (vpcId !== vpc.id || !enabled) return drop(run, 'route.next-hop-down', id)
  if (kind === 'ipv4') {
    const owner = ownerOf(run.network, vpc.id, s)
    const balancer = owner?.kind === 'balancer' ? run.answering?.own : undefined
    const sender = owner?.kind === 'owner' ? owner.eni : (balancer ?? x)
    const exit = ownExit(run, x, s) ?? ownExit(run, sender, s)
    if (!exit) {
      return arePublicsUnreadIn(run.network, vpc.id) && !isPrivate(d) && !run.owed
        ? lost(run, 'query.input-missing', id)
        : drop(run, 'igw.no-public-mapping.egress', id)
    }
    if (isPrivateTo(vpc, d)) return drop(run, 'igw.private-destination', id)
    return internet(run, vpc, header, exit)
  }
  const owner = ownerOf(run.network, vpc.id, s)
  const assignment = owner?.kind === 'owner' ? assignmentOf(owner.eni, s) : undefined
  if (!assignment || assignment.internet === 'none') {
    return drop(run, 'igw.no-public-mapping.egress', id)
  }
  if (assignment.internet === undefined) doubt(run, 'query.input-missing', s)
  if (isPrivate(d)) return drop(run, 'igw.private-destination', id)
  if (run.leg === 'forward' && isMail(header)) return drop(run, 'policy.platform-blocked', id)
  return arriveIpv6(run, header)
}

// ---- NAT gateways

function translate(
  run: Run,
  gateway: NatGateway,
  x: NetworkInterface,
  vpc: Vpc,
  header: Header,
): End {
  const { id, reach } = gateway
  if (reach === 'intranet') return lost(run, 'query.unsupported-feature', id)
  if (!inService(gateway)) return outOfService(run, id)
  if (isPrivateTo(vpc, header.d)) return drop(run, 'igw.private-destination', id)
  if (!isTranslatable(header.protocol)) return drop(run, 'nat.protocol-unsupported', id)
  const exit = natExit(run, gateway, x, header.s)
  if (typeof exit === 'object' && 'address' in exit) {
    return gatewayAllows(run, gateway, vpc, header.d) ?? internet(run, vpc, header, exit)
  }
  return exit
}

function outOfService(run: Run, id: string): End {
  return hasGapOf(run.network, 'natGateway', id)
    ? lost(run, 'query.input-missing', id)
    : drop(run, 'nat.bad-state', id)
}

/** Whom a source becomes: itself before an IP mapping before SNAT. */
function natExit(run: Run, gateway: NatGateway, x: NetworkInterface, s: string): Exit | End {
  const { network, owed } = run
  const { id } = gateway
  if (owed?.natGatewayId === id) {
    return { kind: 'dnat', address: owed.address, component: id, natGatewayId: id }
  }
  const own = ownExit(run, x, s)
  if (own) return own
  const unread = arePublicsUnreadIn(network, gateway.vpcId) && !owed
  if (unread) return lost(run, 'query.input-missing', id)
  const any = anyExit(network, gateway.vpcId, s, gateway)
  if (any) return any
  if (hasGapOf(network, 'natGateway', id)) return lost(run, 'query.input-missing', id)
  const entry = gateway.snat
    .filter(({ state, source }) => state === 'Available' && contains(source, s))
    .toSorted((a, b) => lengthOf(b.source) - lengthOf(a.source))
    .at(0)
  if (!entry) return drop(run, 'nat.snat-missing', id)
  const live = entry.addresses.filter((address) => isLiveOn(network, gateway, address))
  const unlisted = entry.addresses.some((address) => {
    const item = network.publicAddress?.find((item) => item.address === address)
    return !item || hasGapOf(network, 'publicAddress', item.id)
  })
  const open = unlisted && arePublicsUnread(network)
  const drawn = [...live, ...(open ? [undefined] : [])]
  if (drawn.length === 0) return drop(run, 'nat.no-addresses', id)
  const address = choose(run, drawn)
  return address === undefined
    ? lost(run, 'query.input-missing', id)
    : { kind: 'snat', address, component: id, natGatewayId: id }
}

/** In gateway mode the NAT gateway's own subnet needs a route to the IPv4 gateway. */
function gatewayAllows(run: Run, gateway: NatGateway, vpc: Vpc, d: string): End | undefined {
  const { network } = run
  const ipv4Gateway = activatedGateway(run, vpc.id)
  if (!ipv4Gateway) return undefined
  const subnet = gateway.subnetId && findById(network.subnet, gateway.subnetId)
  const table = subnet ? tableOf(run, subnet) : undefined
  // Whatever the table says, a definite drop further on is one.
  if (!table) return doubt(run, 'query.input-missing', gateway.id)
  const found = lookUp(run, contentOf(network, table, vpc), table, d)
  if ('kind' in found) return found
  const { target } = found
  const leads = target.kind === 'internetGateway' && target.id === ipv4Gateway.id
  return leads ? undefined : drop(run, 'route.none', table.id, found.entry.id)
}

// ---- Links between VPCs

function throughPeering(run: Run, vpcId: string, id: string, header: Header): End {
  const peering = findById(run.network.peering, id)
  if (!peering || hasGapOf(run.network, 'peering', id)) return lost(run, 'query.input-missing', id)
  if (peering.state !== 'Activated') return drop(run, 'peer.bad-state', id)
  const { requesterVpcId, accepterVpcId } = peering
  return across(run, requesterVpcId === vpcId ? accepterVpcId : requesterVpcId, id, header)
}

function throughRouter(run: Run, end: RouterInterface, header: Header): End {
  const { id, oppositeId, oppositeVpcId } = end
  const gone = oppositeId !== undefined && isUnreadId(run.network, 'routerInterface', oppositeId)
  if (gone || hasGapOf(run.network, 'routerInterface', id)) {
    return lost(run, 'query.input-missing', id)
  }
  const opposite =
    oppositeId === undefined ? undefined : findById(run.network.routerInterface, oppositeId)
  for (const { state, locks = [] } of opposite ? [end, opposite] : [end]) {
    if (state !== 'Active' || locks.length > 0) return drop(run, 'peer.bad-state', id)
  }
  const vpcId = opposite ? opposite.vpcId : oppositeVpcId
  return vpcId === undefined ? { kind: 'leaves' } : across(run, vpcId, id, header)
}

function across(run: Run, vpcId: string, linkId: string, header: Header): End {
  const { network } = run
  if (!findById(network.vpc, vpcId)) return lost(run, 'query.input-missing', vpcId)
  if (!subnetOf(network, vpcId, header.d)) {
    return lacks(network, 'subnet')
      ? lost(run, 'query.input-missing', vpcId)
      : drop(run, 'peer.not-transitive', linkId)
  }
  return deliver(run, vpcId, header, undefined)
}

// ---- The classic network and ClassicLink

function classicInstances(network: Network): readonly Instance[] {
  return (network.instance ?? []).filter(({ classic }) => classic !== undefined)
}

function linkedInstance(network: Network, vpcId: string, address: string): Instance | undefined {
  return classicInstances(network).find(
    (item) =>
      item.classic?.linkedVpcId === vpcId &&
      item.classic.intranetAddress === address &&
      !isLinkUnread(network, item),
  )
}

/** The classic instance of the same region that has an intranet address. */
function classicNeighbour(network: Network, { provider, region }: Instance, address: string) {
  return classicInstances(network).find(
    (other) =>
      other.provider === provider &&
      other.region === region &&
      other.classic?.intranetAddress === address,
  )
}

function startClassic(run: Run, instance: Instance, header: Unsent): End {
  const { id, classic } = instance
  const down = unusableClassic(run, instance)
  if (down || !classic) return down ?? lost(run, 'query.input-missing', id)
  if (!isIpv4(header.d)) return drop(run, 'query.no-common-ip-version', id)
  const nic = isPrivate(header.d) ? 'intranet' : 'internet'
  run.origin = { kind: 'classic', instance, nic }
  const s = nic === 'intranet' ? classic.intranetAddress : classic.publicAddress
  if (s === undefined) return drop(run, 'eni.no-public-address', id)
  const sent = { s, ...header }
  const refused =
    heard(run, insideOf(run, id, sent), (at) => sends(at, undefined)) ??
    refusedByGroups(run, guardedClassic(run, instance, nic), 'egress', sent)
  if (refused) return refused
  if (nic === 'internet') {
    return internet(run, undefined, sent, { kind: 'classic', address: s, component: id })
  }
  return throughIntranet(run, instance, sent)
}

function throughIntranet(run: Run, instance: Instance, header: Header): End {
  const { network } = run
  const { d } = header
  const neighbour = classicNeighbour(network, instance, d)
  if (neighbour) return receiveClassic(run, neighbour, 'intranet', header)
  if (contains('100.64.0.0/10', d)) return service(run, undefined, header, instance.region)
  const classicSpace = contains('10.0.0.0/8', d) && !contains('10.111.0.0/16', d)
  if (classicSpace && lacks(network, 'instance')) return lost(run, 'query.input-missing', d)
  return intoVpc(run, instance, header)
}

/** Over the ClassicLink of an instance into its VPC. */
function intoVpc(run: Run, instance: Instance, header: Header): End {
  const { network } = run
  const { d } = header
  if (isLinkUnread(network, instance)) return lost(run, 'query.input-missing', instance.id)
  const linkedVpcId = instance.classic?.linkedVpcId
  if (linkedVpcId === undefined) return drop(run, 'classiclink.absent', instance.id)
  const vpc = findById(network.vpc, linkedVpcId)
  if (!vpc) return lost(run, 'query.input-missing', linkedVpcId)
  if (!vpc.cidrs.some((cidr) => contains(cidr, d))) {
    return drop(run, 'classiclink.absent', instance.id)
  }
  const refused = uncovered(run, vpc, d)
  if (refused) return refused
  const routes = guestRoutes(run, instance.id)
  const needed = isInside(vpc.cidrs[0], '192.168.0.0/16')
  if (needed && routes && !routes.some(({ destination }) => contains(destination, d))) {
    return drop(run, 'guest.route-missing', instance.id)
  }
  return deliver(run, vpc.id, header, undefined)
}

/** Whether it is not known if, or to which VPC, a classic instance is linked. */
function isLinkUnread(network: Network, { id, classic }: Instance): boolean {
  if (!classic) return false
  if (hasGapOf(network, 'classicLink', id)) return true
  const { linkedVpcId } = classic
  if (linkedVpcId === undefined) return hasGap(network, 'classicLink')
  return !findById(network.vpc, linkedVpcId)
}

/** Whether ClassicLink does not cover an address of its VPC. */
function uncovered(run: Run, vpc: Vpc, address: string): Drop | undefined {
  const [primary] = vpc.cidrs
  if (primary === undefined || !contains(primary, address)) {
    return drop(run, 'classiclink.outside-primary', vpc.id)
  }
  const subnet = subnetOf(run.network, vpc.id, address)
  const narrow = isInside(primary, '10.0.0.0/8')
  if (!narrow || !subnet || isInside(subnet.cidr, '10.111.0.0/16')) return undefined
  return drop(run, 'classiclink.subnet-not-covered', subnet.id)
}

/** From a VPC by the route that its ClassicLink adds. */
function goClassic(run: Run, x: NetworkInterface, vpc: Vpc, header: Header): End {
  const { network } = run
  const neighbours = classicInstances(network).filter(({ region }) => region === vpc.region)
  const instance = neighbours.find(({ classic }) => classic?.intranetAddress === header.d)
  if (instance ? isLinkUnread(network, instance) : lacks(network, 'instance')) {
    return refusedByAcl(run, x, 'egress', header, false) ?? lost(run, 'query.input-missing', vpc.id)
  }
  if (instance?.classic?.linkedVpcId !== vpc.id) return drop(run, 'classiclink.absent', vpc.id)
  return (
    uncovered(run, vpc, header.s) ??
    refusedByAcl(run, x, 'egress', header, false) ??
    receiveClassic(run, instance, 'intranet', header)
  )
}

function arriveClassic(run: Run, instance: Instance, header: Header): End {
  run.called = { kind: 'direct', address: header.d, port: header.dport }
  return receiveClassic(run, instance, 'internet', header)
}

function receiveClassic(run: Run, instance: Instance, nic: Nic, header: Header): End {
  const down = unusableClassic(run, instance)
  if (down) return down
  // A reply meets the session that the request of this instance left behind.
  const known = run.leg === 'return' && nameOf(run.origin) === instance.id
  const refused = known
    ? undefined
    : refusedByGroups(run, guardedClassic(run, instance, nic), 'ingress', header)
  const own = header.s === instance.classic?.intranetAddress
  const forged = own ? drop(run, 'guest.martian-source', instance.id) : undefined
  return (
    refused ??
    forged ??
    heard(run, insideOf(run, instance.id, header), (at) => receives(at, undefined)) ?? {
      kind: 'at',
      place: { kind: 'classic', instance, nic },
      header,
    }
  )
}

/** A reply that finds its classic instance without any route. */
function backAtOrigin(run: Run, header: Header): End {
  const { origin } = run
  return origin.kind === 'classic'
    ? receiveClassic(run, origin.instance, origin.nic, header)
    : { kind: 'at', place: origin, header }
}

function replyOfClassic(run: Run, instance: Instance, nic: Nic, header: Header): End {
  const stopped = heard(run, insideOf(run, instance.id, header), (at) => sends(at, undefined))
  if (stopped) return stopped
  if (nic === 'internet') {
    return internet(run, undefined, header, {
      kind: 'classic',
      address: header.s,
      component: instance.id,
    })
  }
  return run.origin.kind === 'classic'
    ? throughIntranet(run, instance, header)
    : intoVpc(run, instance, header)
}

// ---- Plain questions about addresses, ranges and ids

const ICMP = 1
const ICMPV6 = 58
const TCP = 6
const UDP = 17

function findById<T extends { readonly id: string }>(
  items: readonly T[] | undefined,
  id: string,
): T | undefined {
  return items?.find((item) => item.id === id)
}

function isListed(network: Network, kind: ResourceKind, id: string): boolean {
  const items: readonly { readonly id: string }[] | undefined = network[kind]
  return findById(items, id) !== undefined
}

type GapKind = NonNullable<Network['gaps']>[number]['kind']

/** Whether a whole kind was not read. */
function hasGap({ gaps = [] }: Network, kind: GapKind): boolean {
  return gaps.some((gap) => gap.kind === kind && gap.id === undefined)
}

/** Whether something of a kind may be there though it is not listed. */
function lacks(network: Network, kind: ResourceKind): boolean {
  const { gaps = [] } = network
  return gaps.some(
    (gap) => gap.kind === kind && (gap.id === undefined || !isListed(network, kind, gap.id)),
  )
}

/** Whether a resource that is named may be there though it is not listed, or is in doubt. */
function isUnreadId(network: Network, kind: ResourceKind, id: string): boolean {
  return hasGapOf(network, kind, id) || (!isListed(network, kind, id) && hasGap(network, kind))
}

/** Whether this one resource was not read. */
function hasGapOf({ gaps = [] }: Network, kind: GapKind, id: string): boolean {
  return gaps.some((gap) => gap.kind === kind && gap.id === id)
}

function subnetOf({ subnet = [] }: Network, vpcId: string, address: string): Subnet | undefined {
  return subnet.find((item) => item.vpcId === vpcId && subnetHas(item, address))
}

function subnetHas(subnet: Subnet, address: string): boolean {
  return rangesOf(subnet).some((cidr) => contains(cidr, address))
}

function rangesOf({ cidr, ipv6Cidr }: Subnet): readonly string[] {
  return ipv6Cidr === undefined ? [cidr] : [cidr, ipv6Cidr]
}

function isIpv4(address: string): boolean {
  return !address.includes(':')
}

function sameFamily(a: string, b: string): boolean {
  return isIpv4(a) === isIpv4(b)
}

function same(a: string, b: string): boolean {
  if (a === b) return true
  return !isIpv4(a) && !isIpv4(b) && parseAddress(a)?.value === parseAddress(b)?.value
}

function prefixOf(cidr: string) {
  return parsePrefixOrAddress(cidr, { hostBits: 'mask' })
}

function lengthOf(cidr: string): number {
  return prefixOf(cidr)?.length ?? -1
}

function contains(cidr: string, address: string): boolean {
  if (!sameFamily(cidr, address)) return false
  const [prefix, parsed] = [prefixOf(cidr), parseAddress(address)]
  return prefix !== undefined && parsed !== undefined && prefixContains(prefix, parsed)
}

function isInside(inner: string | undefined, outer: string): boolean {
  const [a, b] = [prefixOf(outer), inner === undefined ? undefined : prefixOf(inner)]
  return a !== undefined && b !== undefined && prefixCovers(a, b)
}

function sameRange(a: string, b: string): boolean {
  return a === b || (isInside(a, b) && isInside(b, a))
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
