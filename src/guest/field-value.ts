import { hasIcmpType, hasPorts, PROTOCOL } from '#net'
import type { IpAddress } from '#net'
import {
  addressTypes,
  connectionDirections,
  connectionStates,
  connectionStatus,
  deviceRange,
  packetTypes,
} from './firewall-field.ts'
import type { ConnectionState, FieldKey, FirewallField } from './firewall-field.ts'
import type { ConnectionEnds } from './firewall-packet.ts'
import type { FirewallHook } from './firewall-ruleset.ts'
import type { WalkPath } from './walk-path.ts'

/**
 * What a rule finds in a field: a number, nothing (`absent`: every condition on it fails, also a
 * negated one), or what the facts do not tell (`unseen`).
 */
export type FieldValue = bigint | 'absent' | 'unseen'

/** Where a packet is being looked at. */
export interface Viewpoint {
  readonly hook: FirewallHook
  /** Relative to connection tracking, which marks packets at the two hooks where they begin. */
  readonly tracking: 'before' | 'at' | 'after'
}

/** The value of a field, under the key's mask. */
export function fieldValue(key: FieldKey, path: WalkPath, view: Viewpoint): FieldValue {
  const value = readers[key.field](path, view)
  return typeof value === 'bigint' && key.mask !== undefined ? value & key.mask : value
}

type Reader = (path: WalkPath, view: Viewpoint) => FieldValue

/** Facts of a connection are absent for a packet that belongs to none. */
const ofConnection =
  (read: (path: WalkPath) => FieldValue): Reader =>
  (path, view) => {
    const state = visibleState(path, view)
    if (state === undefined) return 'unseen'
    return state === 'invalid' || state === 'untracked' ? 'absent' : read(path)
  }

const ofOriginal = (read: (ends: ConnectionEnds) => FieldValue): Reader =>
  ofConnection((path) => {
    const ends = originalEnds(path)
    return ends ? read(ends) : 'unseen'
  })

const readers: Readonly<Record<FirewallField, Reader>> = {
  family: ({ packet }) => BigInt(packet.family),
  source: ({ packet }) => addressValue(packet.source),
  destination: ({ packet }) => addressValue(packet.destination),
  protocol: ({ packet }) => BigInt(packet.protocol),
  // `th dport` reads whatever bytes are there: of a protocol without ports nobody knows.
  sourcePort: ({ packet }) => known(hasPorts(packet.protocol) ? packet.sourcePort : undefined),
  destinationPort: ({ packet }) =>
    known(hasPorts(packet.protocol) ? packet.destinationPort : undefined),
  icmpType: ({ packet }) => known(hasIcmpType(packet.protocol) ? packet.icmpType : undefined),
  icmpCode: ({ packet }) => known(hasIcmpType(packet.protocol) ? packet.icmpCode : undefined),
  tcpFlags: ({ packet }) => known(packet.protocol === PROTOCOL.tcp ? packet.tcpFlags : undefined),
  length: ({ packet }) => known(packet.length),
  hopLimit: ({ packet }) => known(packet.hopLimit),
  fragment: () => 0n,
  inputDevice: ({ context }, { hook }) => deviceValue(hook === 'output' ? '' : context.inputDevice),
  outputDevice: ({ context }, { hook }) =>
    deviceValue(hook === 'prerouting' || hook === 'input' ? '' : context.outputDevice),
  state: (path, view) => {
    const state = visibleState(path, view)
    return state === undefined ? 'unseen' : BigInt(connectionStates[state])
  },
  status: ofConnection(({ context: { translated } }) => {
    const { source = false, destination = false } = translated ?? {}
    if (source === 'unknown' || destination === 'unknown') return 'unseen'
    const { snat, dnat } = connectionStatus
    return BigInt((source ? snat : 0) + (destination ? dnat : 0))
  }),
  direction: ofConnection(({ context: { direction, state } }) =>
    known(connectionDirections[direction ?? 'original'], direction ?? newOnly(state)),
  ),
  originalSource: ofOriginal((ends) => addressValue(ends.source)),
  originalDestination: ofOriginal((ends) => addressValue(ends.destination)),
  originalSourcePort: ofOriginal((ends) => known(ends.sourcePort)),
  originalDestinationPort: ofOriginal((ends) => known(ends.destinationPort)),
  mark: ({ context: { mark } }) => (mark === 'unknown' ? 'unseen' : BigInt(mark ?? 0)),
  connectionMark: ofConnection(({ context: { connectionMark, state } }) =>
    connectionMark === 'unknown' ? 'unseen' : known(connectionMark ?? newOnly(state, 0)),
  ),
  sourceType: ({ context: { sourceType } }) => known(sourceType && addressTypes[sourceType]),
  destinationType: ({ context: { destinationType } }) =>
    known(destinationType && addressTypes[destinationType]),
  packetType: ({ context: { destinationType } }) => {
    if (destinationType === undefined) return 'unseen'
    if (destinationType === 'broadcast') return BigInt(packetTypes.broadcast)
    return BigInt(destinationType === 'multicast' ? packetTypes.multicast : packetTypes.host)
  },
  reverseRoute: ({ context: { reverseRoute } }) =>
    reverseRoute === undefined ? 'unseen' : BigInt(reverseRoute),
}

/**
 * The state as a rule sees it. Before tracking has looked, a packet counts as invalid; one that
 * came through the loopback device was already looked at when it was sent.
 */
export function visibleState(
  { context, untracked }: WalkPath,
  { hook, tracking }: Viewpoint,
): ConnectionState | undefined {
  if (untracked) return 'untracked'
  if (tracking === 'after') return context.state
  if (tracking === 'at') return undefined
  return hook === 'prerouting' && context.inputDevice === 'lo' ? context.state : 'invalid'
}

function originalEnds({ packet, context }: WalkPath): ConnectionEnds | undefined {
  const { original, translated, direction, state } = context
  if (original) return original
  if (translated?.source || translated?.destination) return undefined
  if ((direction ?? newOnly(state, 'original')) === 'original') return packet
  // An ICMP error is `related`: its own addresses are not those of the connection.
  if (direction === undefined || state !== 'established') return undefined
  return reverse(packet)
}

function reverse({ source, destination, sourcePort, destinationPort }: ConnectionEnds) {
  return {
    ...(destination && { source: destination }),
    ...(source && { destination: source }),
    ...(destinationPort !== undefined && { sourcePort: destinationPort }),
    ...(sourcePort !== undefined && { destinationPort: sourcePort }),
  }
}

/** What holds of every first packet, and of others only if somebody says so. */
function newOnly<T>(state: ConnectionState | undefined, value: T): T | undefined
function newOnly(state: ConnectionState | undefined): true | undefined
function newOnly(state: ConnectionState | undefined, value: unknown = true): unknown {
  return state === 'new' ? value : undefined
}

function known(value: number | undefined, unless: unknown = value): FieldValue {
  return value === undefined || unless === undefined ? 'unseen' : BigInt(value)
}

function addressValue(address: IpAddress | undefined): FieldValue {
  return address ? address.value : 'unseen'
}

function deviceValue(name: string | undefined): FieldValue {
  if (name === undefined) return 'unseen'
  return deviceRange(name, { prefix: false })?.low ?? 'unseen'
}
