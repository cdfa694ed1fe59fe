import type { AddressText, CidrText, InstanceId, NetworkInterfaceId } from './id.ts'
import type { Provider } from './resource.ts'

/** What a collector saw inside one instance. */
export interface Guest {
  readonly provider: Provider
  readonly account: string
  readonly region: string
  readonly instanceId: InstanceId
  /** Whether the kernel relays packets that are not its own. Absent: not seen. */
  readonly ipForward?: boolean
  /** Absent: not seen. */
  readonly routes?: readonly GuestRoute[]
  /** Policy rules in priority order, the main and default tables included. Absent: not seen. */
  readonly rules?: readonly GuestRule[]
  /** Absent: not seen; firewall rules that name a device then cannot be judged. */
  readonly devices?: readonly GuestDevice[]
  /** Absent: not seen. */
  readonly firewall?: GuestFirewall
  /** Every socket that takes connections or datagrams. Absent: not seen. */
  readonly sockets?: readonly GuestSocket[]
}

/** A route of the operating system. */
export interface GuestRoute {
  readonly destination: CidrText
  readonly via?: AddressText
  /** The interface it leaves by. */
  readonly networkInterfaceId: NetworkInterfaceId
  /** Lower wins among equal prefixes; absent: the kernel printed none (`metricOf`). */
  readonly metric?: number
  /** Kernel table number; absent: main (254). */
  readonly table?: number
}

/** What the kernel makes of a metric: over IPv6, none and 0 are 1024 (linux/ipv6_route.h). */
export function metricOf({ destination, metric = 0 }: GuestRoute): number {
  return metric === 0 && destination.includes(':') ? IPV6_METRIC : metric
}

const IPV6_METRIC = 1024

/** A policy rule of the operating system: which table a packet is looked up in. */
export interface GuestRule {
  readonly priority: number
  /** Source prefix; absent: every source. */
  readonly from?: CidrText
  readonly table: number
}

/** Values of `rp_filter`, in the kernel's own order 0, 1, 2. */
export const reversePathFilters = ['off', 'strict', 'loose'] as const
/** One of `reversePathFilters`. */
export type ReversePathFilter = (typeof reversePathFilters)[number]

/** A network interface as the operating system knows it. */
export interface GuestDevice {
  /** What the operating system calls it, such as `eth0`. */
  readonly name: string
  readonly networkInterfaceId: NetworkInterfaceId
  /** The effective value, the greater of `all` and the device's own. Absent: not seen. */
  readonly reversePathFilter?: ReversePathFilter
}

/** The firewall rules of an operating system, as its own tools print them. */
export type GuestFirewall =
  /** The text of `nft -j list ruleset`. */
  | { readonly kind: 'nftables'; readonly ruleset: string }
  /** The texts of `iptables-save` and `ip6tables-save`; absent: not seen. */
  | { readonly kind: 'iptables'; readonly ipv4?: string; readonly ipv6?: string }

/** Protocols whose sockets a collector lists. */
export const socketProtocols = ['tcp', 'udp'] as const
/** One of `socketProtocols`. */
export type SocketProtocol = (typeof socketProtocols)[number]

/** A listening TCP socket, or a UDP socket that is not connected. */
export interface GuestSocket {
  readonly protocol: SocketProtocol
  /** `0.0.0.0` or `::` for every address of that family; a dual-stack socket is listed twice. */
  readonly address: AddressText
  readonly port: number
}
