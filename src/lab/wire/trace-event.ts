/** The verdict of a rule or of a chain's policy, in nft's words. */
export type TraceVerdict =
  | { readonly kind: 'accept' | 'drop' | 'stolen' | 'queue' | 'repeat' }
  | { readonly kind: 'continue' | 'break' | 'return' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  | { readonly kind: 'unknown'; readonly code: number }

/** The table families of nftables that Hopwise knows; any other one is a number. */
export type TraceFamily = 'inet' | 'ip' | 'ip6' | 'arp' | 'bridge' | 'netdev' | number

/** What of a packet stands in its headers, as far as they were dumped. */
export interface TracedPacket {
  readonly source: string
  readonly destination: string
  /** IANA number of the transport protocol. */
  readonly protocol: number
  readonly ttl: number
  /** The IPv4 identification; the same packet keeps it from hop to hop. */
  readonly ipId?: number
  readonly sourcePort?: number
  readonly destinationPort?: number
  /** The flag byte of TCP: FIN 1, SYN 2, RST 4, PSH 8, ACK 16. */
  readonly tcpFlags?: number
  readonly icmpType?: number
  readonly icmpCode?: number
  /** Of an echo request or reply. */
  readonly icmpId?: number
  readonly greKey?: number
}

/** Facts of every trace message; a device is a number until its name is known. */
export interface TraceBase {
  readonly traceId: number
  /** Of the table; a packet in an `inet` table may be of either IP version. */
  readonly family: TraceFamily
  readonly table: string
  readonly chain: string
  readonly iif?: number
  readonly oif?: number
  readonly mark?: number
  /** Only in the first message of each base chain. */
  readonly packet?: TracedPacket
}

/**
 * One message of nftables about a traced packet: a rule matched (`rule`), a chain ended without
 * verdict (`return`), or a base chain's policy decided (`policy`).
 */
export type TraceMessage =
  | ({
      readonly kind: 'rule'
      readonly handle: number
      readonly verdict: TraceVerdict
    } & TraceBase)
  | ({ readonly kind: 'return'; readonly verdict: TraceVerdict } & TraceBase)
  | ({ readonly kind: 'policy'; readonly verdict: TraceVerdict } & TraceBase)

/** Where a message came from, with what was remembered of its packet and its devices' names. */
export type TraceEvent = TraceMessage & {
  readonly namespace: string
  readonly iifName?: string
  readonly oifName?: string
}

/** Everything since the last drain, in the order of arrival within each namespace. */
export interface Drained {
  readonly events: readonly TraceEvent[]
  /** Namespaces of which messages were lost; what they say about a packet may lack rules. */
  readonly overflowed: readonly string[]
}
