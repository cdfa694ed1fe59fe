import type { LabPlan } from '../plan.ts'
import type { HopTrace, ListenResult, ProbeProtocol, ProbeResult } from '../wire/index.ts'

/** A packet to be sent from a place of the plan. */
export interface Ask {
  readonly id: number
  readonly space: string
  readonly source?: string
  /** The mark of its packets, by which a guest sends them where a question says. */
  readonly mark?: number
  readonly locals: readonly string[]
  readonly protocol: ProbeProtocol
  readonly destination: string
  readonly port?: number
  readonly sourcePort?: number
}

/** A port that a namespace offers. */
export interface Offer {
  readonly space: string
  readonly protocol: 'tcp' | 'udp' | 'gre'
  readonly address: string
  readonly port?: number
}

/** One thing that nftables said about a packet of an asked flow. */
export interface TraceStep {
  readonly space: string
  /** Tells the packets of a namespace from each other. */
  readonly packet: number
  /** Whether it goes the way of the answer. */
  readonly reply: boolean
  readonly ttl: number
  readonly family: string
  readonly table: string
  readonly chain: string
  /** Absent: the chain's own end. */
  readonly handle?: number
  readonly verdict: string
  readonly iif?: string
  readonly oif?: string
  readonly firewallMark?: number
  readonly source: string
  readonly destination: string
  readonly destinationPort?: number
}

/** What became of an ask, and what the filters said on its way. */
export interface Told extends ProbeResult {
  readonly steps: readonly TraceStep[]
  /** Whether messages were lost, so that `steps` may lack some. */
  readonly incomplete: boolean
}

/** A route lookup inside a namespace. */
export interface RouteAsk {
  readonly space: string
  readonly destination: string
  readonly source?: string
  readonly iif?: string
  readonly firewallMark?: number
}

/** The route the kernel found; absent fields were not printed. */
export interface RouteTold {
  readonly destination?: string
  readonly table?: number
  readonly device?: string
  readonly via?: string
}

/** What the host process can be asked, one JSON object a line. */
export type HostRequest =
  | { readonly op: 'build'; readonly plan: LabPlan }
  | { readonly op: 'listen'; readonly offers: readonly Offer[] }
  | {
      readonly op: 'ask'
      readonly asks: readonly Ask[]
      readonly timeoutMs: number
      readonly evidence: boolean
    }
  | { readonly op: 'hops'; readonly asks: readonly Ask[]; readonly timeoutMs: number }
  | { readonly op: 'routes'; readonly asks: readonly RouteAsk[] }
  | { readonly op: 'clear' }
  | { readonly op: 'status' }
  | { readonly op: 'stay' }
  | { readonly op: 'quit' }

/** Its answers, by the `op` of the request. */
export interface HostAnswers {
  readonly build: {
    readonly took: Readonly<Record<string, number>>
    readonly handles: readonly Handle[]
    readonly guestRules: readonly GuestRuleHandle[]
  }
  readonly listen: readonly ListenResult[]
  readonly ask: readonly Told[]
  readonly hops: readonly HopTrace[]
  readonly routes: readonly RouteTold[]
  readonly clear: null
  readonly status: HostStatus
  readonly stay: null
  readonly quit: null
}

/** What a host holds. */
export interface HostStatus {
  /** Since when, in milliseconds since 1970. */
  readonly since: number
  /** Whether it stays when whoever started it ends. */
  readonly stays: boolean
  /** Namespaces that stand, and how many of them are guests. */
  readonly spaces: number
  readonly guests: number
  readonly cables: number
  readonly prober: 'resident' | 'processes'
  /** Whether it can tell which rule decided. */
  readonly evidence: boolean
  /** Milliseconds of each step of the last build; empty where nothing stands. */
  readonly took: Readonly<Record<string, number>>
}

/** Where a rule of a guest's own firewall is, as traces name it, and which one of its chain it is. */
export interface GuestRuleHandle {
  readonly space: string
  readonly family: string
  readonly table: string
  readonly chain: string
  readonly handle: number
  /** From 1. */
  readonly position: number
}

/** Where a marked rule is, as traces name it. */
export interface Handle {
  readonly space: string
  readonly family: string
  readonly table: string
  readonly chain: string
  readonly handle: number
  readonly mark: number
}
