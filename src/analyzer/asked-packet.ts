/**
 * A question in the fabric's own numbers: where the packet starts and the box of packets asked
 * about. One walk decides the box's low corner and reports how far the decision holds.
 */
export interface AskedPacket {
  /** The instance that sends, where its guest still has to choose the interface; -1. */
  readonly instance: number
  /** The port it leaves by; -1 for an instance yet to choose, or for the Internet. */
  readonly port: number
  /** Rank interval of the source; -1 where the chosen port gives it. */
  readonly source: number
  readonly sourceHigh: number
  readonly destination: number
  readonly destinationHigh: number
  readonly protocol: number
  readonly sourcePort: number
  readonly sourcePortHigh: number
  readonly destinationPort: number
  readonly destinationPortHigh: number
  /** Port the packet is meant for, where the question named a resource; -1: whoever has the address. */
  readonly target: number
  /** Domain of that resource; -1. */
  readonly targetDomain: number
  /** The destination is a host outside, even where the box covers addresses of this network. */
  readonly outside: boolean
  /** The exit that it comes in by from the customer's side; -1. */
  readonly exit: number
}

/** How one walk ended. */
export const OUTCOME = { reachable: 0, unreachable: 1, leaves: 2, undetermined: 3 } as const
