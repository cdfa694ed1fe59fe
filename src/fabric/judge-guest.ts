import {
  type Decider,
  type FirewallHook,
  type FirewallPacket,
  type Judgement,
  judgePacket,
  type PacketContext,
} from '#guest'
import { rankFamily } from './address-line.ts'
import type { Fabric } from './fabric.ts'
import type {
  FirewallFact,
  GuestFact,
  GuestFlow,
  GuestJudge,
  GuestLeg,
  RulePlace,
} from './guest-fact.ts'
import type { GuestFilter } from './guest-filter.ts'
import { boxObserver, connectionOf, firewallPacket } from './guest-packet.ts'
import { findSocket } from './guest-socket.ts'
import type { GuestSystem } from './guest-system.ts'
import { PACKET } from './packet.ts'
import { checkReversePath, isWayBack, type WayBack } from './reverse-path.ts'

/** What the guest judge asks of the packet in hand; both shrink its box. */
export interface GuestGround extends WayBack {
  readonly packet: Int32Array
}

/** The operating systems of a fabric around one packet. */
export function createGuestJudge(fabric: Fabric, ground: GuestGround): GuestJudge {
  let relayed: Pass | undefined

  function begin(port: number, leg: GuestLeg): Pass | undefined {
    const instance = fabric.ports.instance[port]
    const system = instance < 0 ? undefined : fabric.systems[fabric.instances.system[instance]]
    return system && newPass(fabric, ground, { instance, system, leg })
  }

  return {
    send(port, leg) {
      const pass = begin(port, leg)
      if (!pass) return nothing
      const own = { sourceType: 'local', destinationType: 'unicast', inputDevice: '' } as const
      enter(pass, { ...own, ...outputDevice(pass, port) })
      ask(pass, 'output')
      ask(pass, 'postrouting')
      remember(pass)
      return pass.facts
    },
    receive(port, owner, leg) {
      const pass = begin(port, leg)
      if (!pass) return nothing
      enter(pass, { ...arrival(fabric, ground, pass, port), destinationType: 'local' })
      ask(pass, 'prerouting')
      add(pass, () => checkReversePath(fabric, ground, pass, port, owner !== port))
      ask(pass, 'input')
      remember(pass)
      if (!leg.reply) add(pass, () => findSocket(fabric, ground.packet, pass.system))
      return pass.facts
    },
    takeIn(port, leg) {
      relayed = begin(port, leg)
      if (!relayed) return nothing
      const pass = relayed
      enter(pass, { ...arrival(fabric, ground, pass, port), destinationType: 'unicast' })
      ask(pass, 'prerouting')
      add(pass, () => checkReversePath(fabric, ground, pass, port, true))
      return pass.facts
    },
    passOn(to, leg) {
      if (!relayed) return nothing
      const pass: Pass = { ...relayed, leg, facts: [] }
      enter(pass, outputDevice(pass, to))
      ask(pass, 'forward')
      ask(pass, 'postrouting')
      remember(pass)
      return pass.facts
    },
  }
}

const nothing: readonly GuestFact[] = []

/** A packet on its way through one guest, with what was said about it so far. */
export interface Pass {
  readonly instance: number
  readonly system: GuestSystem
  readonly leg: GuestLeg
  readonly facts: GuestFact[]
  /** Absent: the guest has no firewall that anybody saw. */
  readonly seen?: Seen
}

/** The packet as the firewall sees it, and what is known of it; both change from hook to hook. */
interface Seen {
  readonly filter: GuestFilter
  readonly line: Fabric['line']
  readonly words: Int32Array
  readonly packet: FirewallPacket
  context: PacketContext
  /** What tracking made of it where it came into the guest. */
  tracked: GuestFlow['replies']
}

function newPass(
  { line }: Fabric,
  { packet: words }: GuestGround,
  given: Pick<Pass, 'instance' | 'system' | 'leg'>,
): Pass {
  const { filter } = given.system
  if (!filter) return { ...given, facts: [] }
  const packet = firewallPacket(line, words, given.leg.reply)
  const flow = flowOf(words, given)
  const connection = given.leg.reply ? connectionOf(packet, flow) : opening(packet, flow)
  const seen: Seen = { filter, line, words, packet, context: connection, tracked: 'none' }
  return { ...given, facts: [], seen }
}

/** A packet that comes by a second time on its way there is still the first of its connection. */
function opening(packet: FirewallPacket, flow: GuestFlow | undefined): PacketContext {
  const { state } = connectionOf(packet, undefined)
  return { ...(state && { state }), ...(flow && { connectionMark: flow.mark }) }
}

/** The connection that this guest knows the packet by: as it is, or turned round for a reply. */
function flowOf(
  words: Int32Array,
  { instance, leg }: Pick<Pass, 'instance' | 'leg'>,
): GuestFlow | undefined {
  const [source, destination] = [words[PACKET.source], words[PACKET.destination]]
  const [sourcePort, port] = [words[PACKET.sourcePort], words[PACKET.port]]
  const first = leg.reply
    ? { source: destination, destination: source, sourcePort: port, port: sourcePort }
    : { source, destination, sourcePort, port }
  return leg.flows.findLast(
    (flow) =>
      flow.instance === instance &&
      flow.source === first.source &&
      flow.destination === first.destination &&
      flow.sourcePort === first.sourcePort &&
      flow.port === first.port,
  )
}

function enter({ seen }: Pass, circumstances: PacketContext): void {
  if (seen) seen.context = { ...seen.context, ...circumstances }
}

const outputDevice = ({ system }: Pass, port: number): PacketContext => {
  const device = system.devices.get(port)
  return device ? { outputDevice: device.name } : {}
}

function arrival(fabric: Fabric, ground: GuestGround, pass: Pass, port: number): PacketContext {
  const device = pass.system.devices.get(port)
  const isIpv4 = rankFamily(fabric.line, ground.packet[PACKET.source]) === 4
  const { filter } = pass.system
  const asks = filter?.kind === 'rules' && filter.asksWayBack
  const from = asks && { instance: pass.instance, tool: filter.tool }
  const reverseRoute = from ? isWayBack(fabric, ground, from, port) : undefined
  return {
    ...(device && { inputDevice: device.name }),
    // The kernel looks an IPv4 source up in its own addresses only, an IPv6 one in all routes.
    ...(isIpv4 && { sourceType: 'unicast' }),
    ...(reverseRoute !== undefined && { reverseRoute }),
  }
}

/** Whether anything further is said: not of a packet out of sight, of a refused one as asked. */
const isOver = ({ facts, leg }: Pass): boolean =>
  facts.some(({ outcome }) => outcome === 'loses' || (outcome === 'refuses' && !leg.onward))

function add(pass: Pass, ask: () => GuestFact | undefined): void {
  const fact = isOver(pass) ? undefined : ask()
  if (fact) pass.facts.push(fact)
}

function ask(pass: Pass, hook: FirewallHook): void {
  const { seen } = pass
  if (seen) add(pass, () => askFirewall(seen, hook))
}

function askFirewall(seen: Seen, hook: FirewallHook): GuestFact | undefined {
  const { filter, packet, context, line, words } = seen
  if (filter.kind === 'unreadable') {
    return { kind: 'unreadable', outcome: 'loses', at: filter.at, says: filter.says }
  }
  const observer = boxObserver(line, words, context.direction)
  const judged = judgePacket(filter.ruleset, hook, packet, context, observer)
  if (judged.decision === 'accept') seen.context = judged.after.context
  else if (judged.decision === 'unknown') seen.context = clouded(context)
  if (hook === 'prerouting' || hook === 'output') seen.tracked = trackedAs(seen, judged)
  return firewallFact(hook, judged, filter.tool)
}

/** Behind a rule that nobody can decide, marks may be others, and the connection may be untracked. */
function clouded({ state: _, direction: __, ...rest }: PacketContext): PacketContext {
  return { ...rest, mark: 'unknown', connectionMark: 'unknown' }
}

function trackedAs({ context }: Seen, { decision }: Judgement): GuestFlow['replies'] {
  if (decision === 'unknown' || context.state === undefined) return 'unknown'
  return context.state === 'new' || context.state === 'established' ? 'established' : 'none'
}

function firewallFact(
  hook: FirewallHook,
  judged: Judgement,
  tool: RulePlace['tool'],
): FirewallFact | undefined {
  const { decision, by } = judged
  const base = {
    kind: 'firewall',
    hook,
    translates: decision === 'translate',
    because: '',
  } as const
  switch (decision) {
    case 'accept':
      return by.kind === 'no-chain'
        ? undefined
        : { ...base, outcome: 'admits', ...nameOf(by, tool) }
    case 'drop':
    case 'reject':
      return { ...base, outcome: 'refuses', ...nameOf(by, tool) }
    case 'translate':
      return { ...base, outcome: 'loses', ...nameOf(translator(judged), tool) }
    case 'unknown': {
      const away = judged.possible.some((one) => one === 'translate' || one === 'unknown')
      const because = judged.unknownBecause.join(', ')
      return { ...base, outcome: away ? 'loses' : 'opens', because, ...nameOf(by, tool) }
    }
  }
}

/** The rule that translates need not be the last one that let the packet through. */
function translator({ by, passed }: Judgement): Decider {
  const isTranslating = (one: Decider) =>
    one.kind === 'rule' && one.rule.steps.some(({ kind }) => kind === 'translate')
  return [...passed, by].find(isTranslating) ?? by
}

function nameOf(by: Decider, tool: RulePlace['tool']): Pick<FirewallFact, 'rule' | 'place'> {
  if (by.kind === 'no-chain') return {}
  const { family, table, name } = by.chain
  const position = by.kind === 'rule' ? by.rule.position : undefined
  const place = { tool, family, table, chain: name, position }
  return { rule: `${family} ${table} ${name} ${position ?? 'policy'}`, place }
}

/** The connection is known from here on, as its first packet went through. */
function remember({ seen, leg, instance }: Pass): void {
  if (!seen || leg.reply) return
  const { words, context, tracked } = seen
  leg.flows.push({
    instance,
    source: words[PACKET.source],
    destination: words[PACKET.destination],
    sourcePort: words[PACKET.sourcePort],
    port: words[PACKET.port],
    replies: tracked,
    mark: context.connectionMark ?? 0,
  })
}
