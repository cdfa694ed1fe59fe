import type { Probe, ProbeOutcome, ProbeResult } from './probe.ts'

/** A port, or a responder, that a namespace of the lab offers. */
export interface Listener {
  readonly namespace: string
  readonly inode: bigint
  readonly protocol: 'tcp' | 'udp' | 'gre'
  /** A local address, or `0.0.0.0` or `::` for every one of its own family. */
  readonly address: string
  /** Needed by TCP and UDP. */
  readonly port?: number
}

/** What became of the listener at the same place in the list; only `error` is the kernel's word. */
export type ListenResult =
  | { readonly kind: 'listening' }
  | { readonly kind: 'error'; readonly errno: string }
  | { readonly kind: 'not_measured'; readonly why: string }

/** How long to wait for each probe, at most 60 s, and how many may be under way, at most 4096. */
export interface ProbeOptions {
  readonly timeoutMs: number
  readonly inFlight: number
  /** Kept from overflowing while the batch runs. */
  readonly evidence?: Evidence
}

/** Something that fills up while probes run: `fd` polls readable when `collect` has work. */
export interface Evidence {
  readonly fd: number
  collect(): void
}

/** As for probes; `maxHops` is the highest TTL tried. */
export interface HopOptions extends ProbeOptions {
  readonly maxHops: number
}

/** The router that a TTL ran out at, or that nothing was heard. */
export type Hop =
  | {
      readonly kind: 'router'
      readonly ttl: number
      readonly address: string
      readonly microseconds: number
    }
  | { readonly kind: 'silent'; readonly ttl: number }

/**
 * The hops before the end, in order from TTL 1, and how the trace ended: at the lowest TTL with
 * another outcome than `expired` or `silent`. A trace without such an end has `end.kind` `silent`
 * (nothing more was heard after the last router) or `expired` (`maxHops` was too low).
 */
export interface HopTrace {
  readonly id: number
  readonly hops: readonly Hop[]
  /** The TTL of `end`. */
  readonly ttl: number
  readonly end: ProbeOutcome
  /** The results of each TTL, with their flows. */
  readonly sent: readonly ProbeResult[]
}

/**
 * Sends packets inside the lab's namespaces, and nowhere else: whatever cannot be shown to come
 * from the right namespace and address is `not_measured`. Calls do not overlap: a batch runs from
 * its beginning to its end.
 */
export interface Prober {
  /** `resident`: one thread serves all namespaces. `processes`: one process for each. */
  readonly kind: 'resident' | 'processes'
  /** The results in the order of the batch. */
  probe(batch: readonly Probe[], options: ProbeOptions): Promise<readonly ProbeResult[]>
  /** The path of each probe (its own `ttl` is ignored), in the order of the batch. */
  trace(batch: readonly Probe[], options: HopOptions): Promise<readonly HopTrace[]>
  /** Opens listeners beside those that are open. They answer also while no batch runs. */
  listen(listeners: readonly Listener[]): Promise<readonly ListenResult[]>
  /**
   * Closes every listener in these namespaces and lets go of the namespaces: one that is deleted
   * lives on for as long as it is held.
   */
  release(namespaces: readonly string[]): Promise<void>
  /** Ends every listener and everything the prober holds. */
  close(): Promise<void>
}

/** What a prober needs to know before it may start. */
export interface ProberOptions {
  /**
   * Inode of the machine's own network namespace, taken by whoever started this process. A prober
   * that finds itself in it does not start.
   */
  readonly machineInode: bigint
  /** Where namespaces have their names. Default `/run/netns`. */
  readonly folder?: string
}

/** A prober, or why there is none. */
export type OpenedProber =
  | { readonly kind: 'open'; readonly prober: Prober }
  | { readonly kind: 'refused'; readonly why: string }
