import type { Family } from '../../resolve/ground.ts'

/** Packets that no rule tells apart: one protocol, and ports of one stretch where it has ports. */
export interface Atom {
  readonly protocol: number
  /** 0 to 0 where the protocol has no ports. */
  readonly low: number
  readonly high: number
  /** Families in which the protocol is asked about. */
  readonly families: readonly Family[]
}
