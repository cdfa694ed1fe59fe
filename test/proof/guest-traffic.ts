/** Random packets for the scene, and what the evaluator says of their whole way. */

import { firstState, judgePacket } from '#guest'
import type {
  AddressType,
  ConnectionState,
  Decider,
  FirewallHook,
  FirewallPacket,
  FirewallRuleset,
  Judgement,
  PacketContext,
} from '#guest'
import type { Family, IpAddress } from '#net'
import { hasIcmpType, hasPorts } from '#net'
import type { Dice } from '#conformance'
import { addressBytes, packetBytes } from './guest-packet-bytes.ts'
import type { WirePacket } from './guest-packet-bytes.ts'
import { ports } from './guest-random-nft.ts'
import type { Shot } from './guest-sandbox-client.ts'
import { deviceTo, devices, frame, HOP_LIMIT, isOwn, others, own } from './guest-scene.ts'
import type { DeviceName } from './guest-scene.ts'

/** A packet on its way: received by a device, or sent by the guest itself. */
export interface Probe {
  readonly wire: WirePacket
  readonly from: DeviceName | 'self'
  readonly state: ConnectionState
  /** What is known of the connection: from the first packet of it. */
  readonly connection: Pick<
    PacketContext,
    'direction' | 'connectionMark' | 'original' | 'translated'
  >
}

const protocols: Readonly<Record<Family, readonly number[]>> = {
  4: [6, 6, 6, 6, 17, 17, 17, 1, 1, 1, 47, 50, 89, 58],
  6: [6, 6, 6, 6, 17, 17, 17, 58, 58, 58, 47, 50, 89, 1],
}

const icmpTypes: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  1: [
    [8, 0],
    [8, 0],
    [13, 0],
    [0, 0],
    [3, 1],
    [3, 3],
    [8, 1],
  ],
  58: [
    [128, 0],
    [128, 0],
    [129, 0],
    [1, 3],
    [135, 0],
    [134, 0],
    [128, 3],
  ],
}

const tcpFlags = [2, 2, 2, 2, 16, 18, 17, 4, 3, 0, 20] as const

/** The first packet of a connection of its own, or of none; undefined if it would meet another. */
export function randomProbe(dice: Dice, used: Set<string>, translates: boolean): Probe | undefined {
  const family = dice.pick([4, 6] as const)
  const way = dice.pick(['in', 'in', 'through', 'out'])
  const source = dice.pick(way === 'out' ? own[family] : others[family])
  const destination = dice.pick(way === 'in' ? own[family] : others[family])
  const protocol = dice.pick(protocols[family])
  const [icmpType, icmpCode] = hasIcmpType(protocol) ? dice.pick(icmpTypes[protocol]) : [0, 0]
  const wire: WirePacket = {
    source,
    destination,
    protocol,
    hopLimit: HOP_LIMIT,
    ...(hasPorts(protocol) && {
      sourcePort: dice.chance(0.2) ? dice.pick(ports) : dice.whole(1024, 60_000),
      destinationPort: dice.pick(ports),
    }),
    ...(protocol === 6 && { tcpFlags: dice.pick(tcpFlags) }),
    ...(hasIcmpType(protocol) && { icmpType, icmpCode, icmpId: dice.whole(1, 65_000) }),
    payload: Buffer.alloc(dice.pick([0, 0, 4, 30])),
  }
  // Connections must not meet, or the second packet would be no first one.
  if (source.value === destination.value || !claim(wire, used, translates)) return undefined
  const from = way === 'out' ? 'self' : dice.chance(0.8) ? deviceTo(source) : dice.pick(devices)
  return { wire, from, state: firstState(asPacket(wire)), connection: {} }
}

function claim(wire: WirePacket, used: Set<string>, translates: boolean): boolean {
  const ends = [wire.source, wire.destination]
    .map(({ value }) => String(value))
    .toSorted((a, b) => (a < b ? -1 : 1))
  // An address may be translated to any other, so that ports alone, or else the
  // protocol, have to keep flows apart there.
  const key = hasPorts(wire.protocol)
    ? `${wire.protocol} ${wire.sourcePort ?? 0}`
    : hasIcmpType(wire.protocol)
      ? `icmp ${wire.icmpId ?? 0}`
      : `${wire.protocol} ${translates ? '' : ends.join()}`
  // A translated answer may look like a first packet with the ports exchanged.
  const { sourcePort = 0, destinationPort = 0 } = wire
  const isAnswer = used.has(`${wire.protocol} ${destinationPort} to ${sourcePort}`)
  if (used.has(key) || (hasPorts(wire.protocol) && isAnswer)) return false
  used.add(key).add(`${wire.protocol} ${sourcePort} to ${destinationPort}`)
  return true
}

/** How the wire carries a probe. */
export function shotOf({ wire, from }: Probe): Shot {
  const bytes = packetBytes(wire)
  const { family } = wire.source
  if (from !== 'self') return { via: from, hex: frame(from, bytes, family) }
  const to = addressBytes(wire.destination).toString('hex')
  return {
    via: family === 4 ? 'raw4' : 'raw6',
    hex: bytes.toString('hex'),
    to: family === 4 ? `02000000${to}${'0'.repeat(16)}` : `0a00000000000000${to}00000000`,
  }
}

export function asPacket(wire: WirePacket): FirewallPacket {
  const { source, destination, protocol, sourcePort, destinationPort, tcpFlags: flags } = wire
  return {
    family: source.family,
    protocol,
    source,
    destination,
    ...(sourcePort !== undefined && { sourcePort }),
    ...(destinationPort !== undefined && { destinationPort }),
    ...(flags !== undefined && { tcpFlags: flags }),
    ...(wire.icmpType !== undefined && { icmpType: wire.icmpType }),
    ...(wire.icmpCode !== undefined && { icmpCode: wire.icmpCode }),
    length: packetBytes(wire).length,
    hopLimit: wire.hopLimit,
  }
}

/** What is foreseen: every base chain's decider in order, and the last judgement. */
export interface Foreseen {
  readonly deciders: readonly Decider[]
  /** Whether other rules may have decided the same, so that only the verdict can be compared. */
  readonly isOpen: boolean
  readonly end: Judgement
}

/** Follows a probe through the hooks it meets. */
export function foresee(ruleset: FirewallRuleset, probe: Probe): Foreseen {
  const deciders: Decider[] = []
  let isOpen = false
  let stage: Stage | undefined = {
    hook: probe.from === 'self' ? 'output' : 'prerouting',
    packet: asPacket(probe.wire),
    from: probe.from,
    context: { state: probe.state, ...probe.connection },
  }
  for (;;) {
    const { hook, packet, from, context }: Stage = stage
    const here = { ...addressFacts(packet, from), ...deviceFacts(packet, from, hook) }
    const judgement = judgePacket(ruleset, hook, packet, { ...context, ...here })
    deciders.push(...judgement.passed, judgement.by)
    isOpen ||= judgement.decision !== 'unknown' && judgement.alsoBy.length > 0
    if (judgement.decision !== 'accept' && judgement.decision !== 'translate')
      return { deciders, isOpen, end: judgement }
    stage = nextStage(stage, judgement.after)
    if (stage === undefined) return { deciders, isOpen, end: judgement }
  }
}

/** A packet at a hook; from `lo` is what the guest sent to itself. */
interface Stage {
  readonly hook: FirewallHook
  readonly packet: FirewallPacket
  readonly from: Probe['from'] | 'lo'
  readonly context: PacketContext
}

function nextStage(
  { hook, from }: Stage,
  { packet, context }: { readonly packet: FirewallPacket; readonly context: PacketContext },
): Stage | undefined {
  const stays = isForGuest(packet)
  if (hook === 'input') return undefined
  if (hook === 'output' || hook === 'forward') return { hook: 'postrouting', packet, from, context }
  if (hook === 'postrouting')
    return stays && from === 'self'
      ? { hook: 'prerouting', packet, from: 'lo', context }
      : undefined
  if (stays) return { hook: 'input', packet, from, context }
  // The relay takes one off before its chains are asked.
  return { hook: 'forward', packet: { ...packet, hopLimit: HOP_LIMIT - 1 }, from, context }
}

/** Only a redirection leaves a destination unknown, and it goes to the guest itself. */
const isForGuest = ({ destination }: FirewallPacket) => !destination || isOwn(destination)

function addressFacts({ source, destination }: FirewallPacket, from: Stage['from']) {
  const type = (address: IpAddress): AddressType => (isOwn(address) ? 'local' : 'unicast')
  const isOutside = from !== 'self' && from !== 'lo'
  return {
    ...(source && { sourceType: type(source) }),
    destinationType: destination ? type(destination) : ('local' as const),
    ...(source && isOutside && { reverseRoute: deviceTo(source) === from && !isOwn(source) }),
  }
}

function deviceFacts(packet: FirewallPacket, from: Stage['from'], hook: FirewallHook) {
  const { destination } = packet
  const out = isForGuest(packet) || !destination ? 'lo' : deviceTo(destination)
  return {
    inputDevice: from === 'self' ? '' : from,
    ...(hook !== 'prerouting' && hook !== 'input' && { outputDevice: out }),
  }
}
