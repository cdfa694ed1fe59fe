/**
 * Filters that the packets of an attachment point meet one after another, each of which may drop
 * them (network security groups of Azure). Chains are interned; a chain lists the filters in the
 * order of ingress: those of a network manager, then the subnet's, then the interface's.
 */
export interface Chains {
  /** Chain of a port; -1: nothing filters it. */
  readonly of: Int32Array
  /** Chain c has the filters `offsets[c]` to `offsets[c + 1] - 1`. */
  readonly offsets: Int32Array
  /** Security group of a filter, numbered as in `Groups`. */
  readonly group: Int32Array
  /** Rule lists of a filter; `UNREAD` where the input lacks its rules. */
  readonly listIn: Int32Array
  readonly listOut: Int32Array
  /** 1: a manager's filter, asked first on either way, which leaves to others what no rule matches. */
  readonly manager: Uint8Array
}

/** The filters of a chain in the order in which a packet meets them. */
export function filtersInOrder(
  { offsets, manager }: Chains,
  chain: number,
  egress: boolean,
): readonly number[] {
  if (chain < 0) return []
  const all = Array.from(
    { length: offsets[chain + 1] - offsets[chain] },
    (_, i) => offsets[chain] + i,
  )
  if (!egress) return all
  const groups = all.filter((at) => !manager[at])
  return [...all.filter((at) => manager[at]), ...groups.reverse()]
}
