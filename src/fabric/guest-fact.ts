import type { FirewallHook } from '#guest'
import type { GuestFirewall, ReversePathFilter } from '#model'

/**
 * One thing that an operating system has to say about a packet. `refuses` ends it; `opens`: it may
 * pass or not, and if it does, it goes on as it is; `loses`: where it goes on is not known either.
 */
export type GuestFact = FirewallFact | UnreadableFact | ReversePathFact | SocketFact

/** What the firewall said at one hook. */
export interface FirewallFact {
  readonly kind: 'firewall'
  readonly outcome: 'admits' | 'refuses' | 'opens' | 'loses'
  readonly hook: FirewallHook
  /** `<family> <table> <chain> <position>`, or `policy` in place of a position; absent: no chain. */
  readonly rule?: string
  /** How the rule can be overruled: where a new one would have to stand. */
  readonly place?: RulePlace
  /** Whether the rule gives the packet another address or port. */
  readonly translates: boolean
  /** What the answer depends on and nobody saw. */
  readonly because: string
}

/** Where in a firewall a rule stands. */
export interface RulePlace {
  readonly tool: GuestFirewall['kind']
  readonly family: string
  readonly table: string
  readonly chain: string
  /** Counted from 1; undefined: the chain's policy. */
  readonly position: number | undefined
}

/** Nobody could read the firewall. */
export interface UnreadableFact {
  readonly kind: 'unreadable'
  readonly outcome: 'loses'
  readonly at: string
  readonly says: string
}

/** The reverse path filter of the device a packet came in by. */
export interface ReversePathFact {
  readonly kind: 'reverse-path'
  /** `opens`: the routes of the guest were not seen. */
  readonly outcome: 'refuses' | 'opens'
  readonly device: string
  readonly filter: ReversePathFilter
}

/** Whether a socket takes the packet. */
export interface SocketFact {
  readonly kind: 'socket'
  readonly outcome: 'admits' | 'refuses'
  /** Where it listens: the address that was called or a wildcard; refused: other ones, if any. */
  readonly listens: readonly string[]
}

/** A connection that an operating system knows, as its first packet was. */
export interface GuestFlow {
  readonly instance: number
  readonly source: number
  readonly destination: number
  readonly sourcePort: number
  readonly port: number
  /** What replies belong to: the connection; to none, as a rule said so; or nobody knows. */
  readonly replies: 'established' | 'none' | 'unknown'
  readonly mark: number | 'unknown'
}

/** The leg of a walk that guests are asked on. */
export interface GuestLeg {
  readonly reply: boolean
  /** Connections of the walk: the forward leg adds to them, the return leg belongs to them. */
  readonly flows: GuestFlow[]
  /** Whether to go on past what refuses. */
  readonly onward: boolean
}

/**
 * The operating systems of seen instances, each asked about the packet in hand, whose box shrinks.
 * Facts come in the kernel's order; none at all where nothing was seen.
 */
export interface GuestJudge {
  /** A packet of the guest's own, by the port it leaves. */
  send(port: number, leg: GuestLeg): readonly GuestFact[]
  /** A packet for the guest itself: for the address of `owner`, which need not be the port it came in by. */
  receive(port: number, owner: number, leg: GuestLeg): readonly GuestFact[]
  /** A packet for somebody else, up to the guest's routes. */
  takeIn(port: number, leg: GuestLeg): readonly GuestFact[]
  /** The same packet, once its routes have said by which port it leaves. */
  passOn(to: number, leg: GuestLeg): readonly GuestFact[]
}
