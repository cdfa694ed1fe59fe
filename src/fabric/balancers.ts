import type { BackendTarget } from '#model'

/**
 * The inside of load balancers, in file order. Each of them also is an attachment point, without
 * groups and lists: load balancer n is port `ports.balancers + n`.
 */
export interface Balancers {
  /** One of `BALANCER_STATE`. */
  readonly state: Uint8Array
  /** By load balancer, those that run before the others: of one protocol and port the first counts. */
  readonly listeners: readonly (readonly ListenerRow[])[]
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
