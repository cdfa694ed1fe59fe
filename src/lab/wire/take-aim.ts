import type { Probe } from './probe.ts'
import { toWireAddress } from './wire-address.ts'
import type { WireAddress } from './wire-address.ts'

/** A probe whose addresses are read and whose namespace's inode is not checked yet. */
export interface Aim {
  readonly probe: Probe
  readonly destination: WireAddress
  readonly source?: WireAddress
}

/** The probe with its addresses read, or why nothing can be sent for it. */
export function takeAim(probe: Probe): Aim | string {
  const { protocol, port, sourcePort, ttl } = probe
  const destination = toWireAddress(probe.destination)
  if (destination === undefined) return `${probe.destination} is no address`
  const hasPorts = protocol === 'tcp' || protocol === 'udp'
  if (hasPorts && (port === undefined || !isWhole(port, 65_535))) return `${protocol} needs a port`
  if (!hasPorts && sourcePort !== undefined) return `${protocol} has no ports`
  if (!isWhole(sourcePort ?? 1, 65_535)) return 'the source port is none'
  if (!isWhole(ttl ?? 1, 255)) return 'the TTL is none'
  if (probe.source === undefined) return { probe, destination }
  const source = toWireAddress(probe.source)
  if (source?.family !== destination.family) return `${probe.source} cannot be the source`
  return { probe, destination, source }
}

function isWhole(value: number, last: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= last
}
