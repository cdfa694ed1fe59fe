import type { Component, LegName } from '#model'
import type { Mark } from '../plan.ts'

/** One passage of the packet through a namespace, as nftables saw it. */
export interface Visit {
  readonly space: string
  readonly leg: LegName
  /** Remaining hops when it came in. */
  readonly ttl: number
  /** The device it came in by; absent: it was made here. */
  readonly entered?: string
  /** The device it was routed to; absent: it went no further, or was switched. */
  readonly left?: string
  /** Which way it crossed an interface, where it did. */
  readonly direction?: 'out' | 'in'
  /** Every marked rule that it met, in order. */
  readonly marks: readonly Mark[]
  readonly source: string
  readonly destination: string
  readonly destinationPort?: number
  readonly firewallMark?: number
}

/** A rule as the kernel names it; without a handle, the policy of its chain. */
export interface KernelRule {
  readonly family: string
  readonly table: string
  readonly chain: string
  readonly handle?: number
}

/** What ended the journey. */
export interface Decided {
  readonly leg: LegName
  readonly visit: Visit
  /** Absent: a rule of the guest's own, or a chain's policy. */
  readonly mark?: Mark
  /** The rule as the kernel names it, where it has no mark. */
  readonly rule?: KernelRule
}

/** The way of one packet there, and of its answer back. */
export interface Journey {
  readonly forward: readonly Visit[]
  readonly return: readonly Visit[]
  /** The first filter that dropped it; absent: none that is traced did. */
  readonly decided?: Decided
}

/** A stop of the journey that an answer would name too. */
export interface Stop {
  readonly leg: LegName
  readonly at: Component
  readonly interfaceId?: string
}
