export {
  addressBits,
  formatAddress,
  ipv4Address,
  ipv4Value,
  lastAddress,
  parseAddress,
} from './address.ts'
export type { Family, IpAddress } from './address.ts'
export { AddressSet } from './address-set.ts'
export { rangeToPrefixes } from './cover-range.ts'
export { IcmpTypeSet } from './icmp-type-set.ts'
export { formatIpv4, parseIpv4, parsePrefixU32 } from './ipv4.ts'
export type { PrefixU32 } from './ipv4.ts'
export type { Packet } from './packet.ts'
export type { PacketBox } from './packet-box.ts'
export { PacketSet } from './packet-set.ts'
export { PortSet } from './port-set.ts'
export {
  formatPrefix,
  parsePrefix,
  parsePrefixOrAddress,
  prefixAround,
  prefixContains,
  prefixCovers,
  prefixesOverlap,
  prefixRange,
} from './prefix.ts'
export type { Prefix, PrefixOptions } from './prefix.ts'
export { formatProtocol, hasIcmpType, hasPorts, parseProtocol, PROTOCOL } from './protocol.ts'
export { ProtocolSet } from './protocol-set.ts'
export { formatRange, parseRange } from './range.ts'
export type { AddressRange } from './range.ts'
export type { Random, SetAlgebra } from './set-algebra.ts'
