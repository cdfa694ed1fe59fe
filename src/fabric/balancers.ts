import type { BackendTarget, LoadBalancer } from '#model'
import type { Fabric } from './fabric.ts'

/**
 * The inside of load balancers, by the addresses they answer at, in file order. Each address also
 * is an attachment point: number n is port `ports.balancers + n`.
 */
export interface Balancers {
  /** Position in `network.loadBalancer`. */
  readonly position: Int32Array
  /** One of `BALANCER_STATE`. */
  readonly state: Uint8Array
  /** Those that run before the others: of one protocol and port the first counts. */
  readonly listeners: readonly (readonly ListenerRow[])[]
  /** Who gets what no listener takes, whatever its protocol and port. */
  readonly everyPort: readonly (ListenerRow | undefined)[]
}

/** Whether a load balancer takes connections. `unread`: nothing about its inside is known. */
export const BALANCER_STATE = { active: 0, idle: 1, stateUnread: 2, unread: 3 } as const

/** One port of a load balancer. */
export interface ListenerRow {
  readonly protocol: number
  readonly port: number
  readonly running: boolean
  /** Those that get connections; each is a branch. */
  readonly backends: readonly BackendRow[]
  /** A backend sees the client's address. */
  readonly keepsClient: boolean
}

/** Where a connection is handed to. */
export interface BackendRow {
  /** The attachment point, or one of `BACKEND`. */
  readonly at: number
  /** Rank of its primary private address. */
  readonly address: number
  readonly port: number
  /** What the input calls it. */
  readonly target: BackendTarget
}

/** Backends without an attachment point: it was not read, or there is none. */
export const BACKEND = { unread: -1, gone: -2 } as const

/** The load balancer that a port stands for; undefined for a port of another kind. */
export const balancerAt = (
  { network, ports, balancers }: Fabric,
  port: number,
): LoadBalancer | undefined => network.loadBalancer?.[balancers.position[port - ports.balancers]]
