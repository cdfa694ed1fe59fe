import type { Subnet } from '#model'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import type { Neighbour } from './neighbours.ts'
import type { RouteList } from './route-list.ts'

/** What a VPC routes by, whatever its tables say. */
export interface Surroundings {
  readonly vpc: number
  readonly neighbours: readonly Neighbour[]
  /** What the VPN gateways that the VPC can use know, each as an exit. */
  readonly learned: readonly { readonly destination: string; readonly exit: number }[]
  /** The exits of these gateways. */
  readonly exits: readonly number[]
  /** Whether they may know more than that, and whether there may be more peers. */
  readonly mayLearn: boolean
  readonly mayHavePeers: boolean
}

/** A subnet's table in the making. */
export interface Making extends Surroundings {
  readonly draft: Draft
  readonly columns: PortColumns
  readonly routes: RouteList
  readonly table: number | undefined
  readonly subnet: Subnet | undefined
}

/** A route before it is painted: of equal prefixes, the one of the highest rank stays. */
export interface Placed {
  readonly destination: string
  readonly rank: 0 | 1 | 2 | 3
  readonly number: number
}
