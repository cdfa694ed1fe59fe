import { formatIpv4, hasPorts, PROTOCOL } from '#net'
import type { TracedPacket } from './trace-event.ts'
import { fromWireBytes } from './wire-address.ts'

/**
 * Reads the headers that a trace message dumps. Total: undefined for what is not IP (ARP on a
 * bridge) or cut off; a transport header that is cut off leaves its fields out.
 * @param network from the IP header on
 * @param transport from the transport header on; empty where none was found
 */
export function parsePacket(network: Buffer, transport: Buffer): TracedPacket | undefined {
  const packet = parseNetwork(network)
  return packet && { ...packet, ...parseTransport(packet.protocol, transport) }
}

function parseNetwork(header: Buffer): TracedPacket | undefined {
  const version = header.length === 0 ? 0 : header[0] >> 4
  if (version === 4 && header.length >= 20)
    return {
      source: formatIpv4(header.readUInt32BE(12)),
      destination: formatIpv4(header.readUInt32BE(16)),
      protocol: header[9],
      ttl: header[8],
      ipId: header.readUInt16BE(4),
    }
  if (version === 6 && header.length >= 40)
    return {
      source: fromWireBytes(header.subarray(8, 24)).text,
      destination: fromWireBytes(header.subarray(24, 40)).text,
      protocol: header[6],
      ttl: header[7],
    }
  return undefined
}

type Transport = Omit<TracedPacket, 'source' | 'destination' | 'protocol' | 'ttl' | 'ipId'>

function parseTransport(protocol: number, header: Buffer): Transport {
  if (header.length < 4) return {}
  if (protocol === PROTOCOL.icmp || protocol === PROTOCOL.icmpv6) return parseIcmp(header)
  if (protocol === PROTOCOL.gre) return parseGre(header)
  if (!hasPorts(protocol)) return {}
  return {
    sourcePort: header.readUInt16BE(0),
    destinationPort: header.readUInt16BE(2),
    ...(protocol === PROTOCOL.tcp && header.length > 13 && { tcpFlags: header[13] }),
  }
}

function parseIcmp(header: Buffer): Transport {
  const [icmpType, icmpCode] = header
  const hasId = echoTypes.has(icmpType) && header.length >= 6
  return { icmpType, icmpCode, ...(hasId && { icmpId: header.readUInt16BE(4) }) }
}

/** Echo reply and request of ICMP, request and reply of ICMPv6: no type is in both protocols. */
const echoTypes: ReadonlySet<number> = new Set([0, 8, 128, 129])

/** RFC 2890: a checksum, where there is one, stands before the key. */
function parseGre(header: Buffer): Transport {
  const flags = header.readUInt16BE(0)
  const at = (flags & 0x8000) === 0 ? 4 : 8
  const hasKey = (flags & 0x2000) !== 0 && header.length >= at + 4
  return hasKey ? { greKey: header.readUInt32BE(at) } : {}
}
