import {
  chooseRoute,
  findListener,
  type FirewallHook,
  type FirewallPacket,
  type FirewallRuleset,
  firstState,
  judgePacket,
  type PacketContext,
  parseFirewall,
  type RuleStep,
} from '#guest'
import { type Guest, type GuestFirewall, parseAddressText } from '#model'
import { type IpAddress, parseAddress } from '#net'

/** A packet as a guest has it before it. */
export interface InsidePacket {
  readonly s: string
  readonly d: string
  readonly protocol: number
  readonly sport: number
  readonly dport: number
  readonly reply: boolean
}

/** A connection that a guest has seen begin. */
export interface KnownFlow {
  readonly instanceId: string
  readonly s: string
  readonly d: string
  readonly sport: number
  readonly dport: number
  readonly tracked: 'yes' | 'no' | 'unsure'
  readonly mark: number | 'unknown'
}

/** What a guest makes of a packet; `lost`: not even where it goes on is known. */
export type Said =
  | { readonly kind: 'passes'; readonly doubts: readonly string[] }
  | { readonly kind: 'stops'; readonly code: string }
  | { readonly kind: 'lost'; readonly code: string }

/** A packet inside one guest, and what its kernel has made of it up to here. */
export interface Visit {
  readonly guest: Guest
  readonly packet: InsidePacket
  readonly flows: KnownFlow[]
  context: PacketContext
  tracked: KnownFlow['tracked']
}

export function visit(guest: Guest, packet: InsidePacket, flows: KnownFlow[]): Visit {
  return { guest, packet, flows, context: connection(guest, packet, flows), tracked: 'no' }
}

/** Out by an interface: OUTPUT, POSTROUTING. */
export function sends(inside: Visit, eniId: string | undefined): Said {
  const device = deviceOf(inside.guest, eniId)
  inside.context = {
    ...inside.context,
    inputDevice: '',
    ...(device && { outputDevice: device.name }),
    sourceType: 'local',
    destinationType: 'unicast',
  }
  const code = 'guest.firewall.egress-deny'
  return inTurn(inside, [
    () => firewall(inside, 'output', code),
    () => firewall(inside, 'postrouting', code),
  ])
}

/**
 * In by an interface and up: PREROUTING, rp_filter, INPUT, a socket. `strange`: the destination is
 * the address of another interface.
 */
export function receives(inside: Visit, eniId: string | undefined, strange = false): Said {
  const code = 'guest.firewall.ingress-deny'
  arrive(inside, eniId, 'local')
  return inTurn(inside, [
    () => firewall(inside, 'prerouting', code),
    () => reversePath(inside, eniId, strange),
    () => firewall(inside, 'input', code),
    () => (inside.packet.reply ? undefined : socket(inside)),
  ])
}

/** In by an interface on the way elsewhere. `several`: there may be more interfaces than one. */
export function takesIn(inside: Visit, eniId: string, several: boolean): Said {
  arrive(inside, eniId, 'unicast')
  const said = inTurn(
    inside,
    [
      () => firewall(inside, 'prerouting', 'guest.firewall.forward-deny'),
      () => reversePath(inside, eniId, several),
    ],
    false,
  )
  return said
}

/** And out again: FORWARD, POSTROUTING. */
export function passesOn(inside: Visit, eniId: string): Said {
  const device = deviceOf(inside.guest, eniId)
  if (device) inside.context = { ...inside.context, outputDevice: device.name }
  const code = 'guest.firewall.forward-deny'
  return inTurn(inside, [
    () => firewall(inside, 'forward', code),
    () => firewall(inside, 'postrouting', code),
  ])
}

/** One after the other, until something stops the packet or it is out of sight. */
function inTurn(inside: Visit, steps: readonly (() => Said | undefined)[], remembers = true): Said {
  const doubts: string[] = []
  for (const step of steps) {
    const said = step()
    if (said === undefined) continue
    if (said.kind !== 'passes') return said
    doubts.push(...said.doubts)
  }
  if (remembers) remember(inside)
  return { kind: 'passes', doubts }
}

function remember({ guest, packet, flows, tracked, context }: Visit): void {
  if (packet.reply) return
  const { s, d, sport, dport } = packet
  const mark = context.connectionMark ?? 0
  flows.push({ instanceId: guest.instanceId, s, d, sport, dport, tracked, mark })
}

function connection(
  { instanceId }: Guest,
  packet: InsidePacket,
  flows: readonly KnownFlow[],
): PacketContext {
  const { s, d, sport, dport, reply } = packet
  const [from, to] = reply ? [d, s] : [s, d]
  const [fromPort, toPort] = reply ? [dport, sport] : [sport, dport]
  const known = flows.findLast(
    (flow) =>
      flow.instanceId === instanceId &&
      flow.s === from &&
      flow.d === to &&
      flow.sport === fromPort &&
      flow.dport === toPort,
  )
  if (reply && known?.tracked === 'unsure') return { connectionMark: 'unknown' }
  if (reply && known?.tracked === 'yes')
    return { state: 'established', direction: 'reply', connectionMark: known.mark }
  const begins = { state: firstState(asFirewall(packet)) }
  return reply || !known ? begins : { ...begins, connectionMark: known.mark }
}

function arrive(inside: Visit, eniId: string | undefined, target: 'local' | 'unicast'): void {
  const { guest, packet } = inside
  const device = deviceOf(guest, eniId)
  const leads = eniId === undefined ? undefined : leadsBack(guest, packet, eniId)
  inside.context = {
    ...inside.context,
    ...(device && { inputDevice: device.name }),
    destinationType: target,
    ...(!packet.s.includes(':') && { sourceType: 'unicast' }),
    ...(leads !== undefined && { reverseRoute: leads }),
  }
}

const deviceOf = ({ devices = [] }: Guest, eniId: string | undefined) =>
  devices.find(({ networkInterfaceId }) => networkInterfaceId === eniId)

/** The interface by which the guest would answer; `none` if it would not know how. */
function wayBack({ routes, rules }: Guest, { s, d }: InsidePacket, input?: string): string {
  if (!routes) return 'unread'
  const main = [{ priority: 0, table: 254 }]
  const cameBy = routes.find((route) => route.networkInterfaceId === input)?.networkInterfaceId
  const way = { source: parse(d), destination: parse(s), ...(cameBy && { cameBy }) }
  const chosen = chooseRoute({ routes, rules: rules ?? main }, way)
  if (chosen.kind === 'shared') return 'unread'
  return chosen.kind === 'route' ? chosen.route.networkInterfaceId : 'none'
}

/** What the firewall's own look at the way back says; undefined: nobody can tell. */
function leadsBack(guest: Guest, packet: InsidePacket, eniId: string): boolean | undefined {
  const back = wayBack(guest, packet)
  if (back === 'unread') return undefined
  if (back === eniId || !packet.s.includes(':') || guest.firewall?.kind !== 'iptables')
    return back === eniId
  // One of the two matches that ip6tables may stand for takes any route of the prefix.
  const alike = guest.routes?.map(({ metric: _, via: __, ...route }) => route)
  return wayBack({ ...guest, ...(alike && { routes: alike }) }, packet, eniId) === eniId
    ? undefined
    : false
}

function reversePath(
  { guest, packet }: Visit,
  eniId: string | undefined,
  several: boolean,
): Said | undefined {
  const filter = deviceOf(guest, eniId)?.reversePathFilter ?? 'off'
  if (filter === 'off' || packet.s.includes(':')) return undefined
  const back = wayBack(guest, packet)
  if (back === 'unread')
    return several && filter === 'strict'
      ? { kind: 'passes', doubts: ['query.input-missing'] }
      : undefined
  const isRight = filter === 'loose' ? back !== 'none' : back === eniId
  return isRight ? undefined : { kind: 'stops', code: 'guest.rp-filter' }
}

const TCP = 6
const UDP = 17

function socket({ guest: { sockets }, packet }: Visit): Said | undefined {
  const { d, dport, protocol: number } = packet
  if (!sockets || (number !== TCP && number !== UDP)) return undefined
  const protocol = number === TCP ? 'tcp' : 'udp'
  const address = parseAddressText(d)
  if (address && findListener(sockets, { protocol, address, port: dport })) return undefined
  const elsewhere = sockets.some((one) => one.protocol === protocol && one.port === dport)
  const code = elsewhere ? 'guest.listen-wrong-address' : 'guest.not-listening'
  return { kind: 'stops', code }
}

function firewall(inside: Visit, hook: FirewallHook, code: string): Said | undefined {
  const { firewall: seen } = inside.guest
  if (!seen) return undefined
  const ruleset = rulesetOf(seen)
  if (!ruleset) return { kind: 'lost', code: 'guest.firewall.unreadable' }
  const judged = judgePacket(ruleset, hook, asFirewall(inside.packet), inside.context)
  const said = firewallSaid(inside, judged, code)
  if (hook === 'prerouting' || hook === 'output') noteTracking(inside, judged.decision)
  return said
}

function firewallSaid(
  inside: Visit,
  judged: ReturnType<typeof judgePacket>,
  code: string,
): Said | undefined {
  switch (judged.decision) {
    case 'accept':
      inside.context = judged.after.context
      return undefined
    case 'drop':
    case 'reject':
      return { kind: 'stops', code }
    case 'translate':
      return { kind: 'lost', code: 'guest.firewall.translates' }
    case 'unknown': {
      const { state: _, direction: __, ...rest } = inside.context
      inside.context = { ...rest, mark: 'unknown', connectionMark: 'unknown' }
      const open = judged.possible.every((one) => one !== 'translate' && one !== 'unknown')
      return open
        ? { kind: 'passes', doubts: ['guest.firewall.undecided'] }
        : { kind: 'lost', code: 'guest.firewall.undecided' }
    }
  }
}

/** Whether the connection of the packet will be known to belong to it. */
function noteTracking(inside: Visit, decision: string): void {
  const { state } = inside.context
  if (decision === 'unknown' || state === undefined) inside.tracked = 'unsure'
  else inside.tracked = state === 'new' || state === 'established' ? 'yes' : 'no'
}

function asFirewall({ s, d, protocol, sport, dport, reply }: InsidePacket): FirewallPacket {
  const isPorted = protocol === TCP || protocol === UDP
  const [ask, answer] = protocol === 1 ? [8, 0] : [128, 129]
  return {
    family: s.includes(':') ? 6 : 4,
    protocol,
    source: parse(s),
    destination: parse(d),
    ...(isPorted && { sourcePort: sport, destinationPort: dport }),
    icmpType: reply ? answer : ask,
    icmpCode: 0,
    tcpFlags: reply ? 18 : 2,
  }
}

function parse(text: string): IpAddress {
  const address = parseAddress(text)
  if (!address) throw new Error(`no address: ${text}`)
  return address
}

const rulesets = new WeakMap<GuestFirewall, FirewallRuleset | 'unreadable'>()

function rulesetOf(firewall: GuestFirewall): FirewallRuleset | undefined {
  const known = rulesets.get(firewall)
  if (known) return known === 'unreadable' ? undefined : known
  const parsed = parseFirewall(firewall)
  if (parsed.kind === 'unreadable') {
    rulesets.set(firewall, 'unreadable')
    return undefined
  }
  const chains = parsed.ruleset.chains.map((chain) => ({
    ...chain,
    rules: chain.rules.map((rule) => ({ ...rule, steps: rule.steps.map(withoutMask) })),
  }))
  const ruleset = { ...parsed.ruleset, chains }
  rulesets.set(firewall, ruleset)
  return ruleset
}

/** A condition on an address under a mask that is no prefix is one that nobody decides. */
function withoutMask(step: RuleStep): RuleStep {
  const keys = step.kind === 'match' ? [step.key] : 'keys' in step ? step.keys : []
  const strange = keys.some(
    ({ field, mask }) =>
      /source$|destination$/i.test(field) && mask !== undefined && !isPrefix(mask),
  )
  if (!strange) return step
  return step.kind === 'lookup'
    ? { kind: 'verdict', verdict: { kind: 'unknown', because: 'a mask' } }
    : { kind: 'unknown-match', because: 'a mask' }
}

function isPrefix(mask: bigint): boolean {
  return [32n, 128n].some((bits) => {
    const free = ((1n << bits) - 1n) ^ mask
    return free >= 0n && (free & (free + 1n)) === 0n
  })
}
