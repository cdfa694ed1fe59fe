import type { Endpoint } from '#model'
import type { Family } from '../resolve/ground.ts'
import type { ReachPlace } from './reach-row.ts'

/** A place where packets start or end, as sets list it: at one address, so in one family. */
export interface ReachEnd {
  readonly place: ReachPlace
  readonly endpoint: Endpoint
  readonly family: Family
  /** The interface that has the address; -1 where that is for the walk to find. */
  readonly port: number
  /** Rank of its address; -1. */
  readonly rank: number
}
