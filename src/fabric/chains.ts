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
  /**
   * Of the first filter of a chain: how many from there on are a manager's. These are asked
   * together and first on either way; the first rule of all of them decides, and what none matches
   * is left to the others. Else 0.
   */
  readonly managers: Uint8Array
}

/** The filters of a chain in the order in which a packet meets them; a manager's stand as one. */
export function filtersInOrder(
  { offsets, managers }: Chains,
  chain: number,
  egress: boolean,
): readonly number[] {
  if (chain < 0) return []
  const [first, end] = [offsets[chain], offsets[chain + 1]]
  const count = managers[first]
  const groups = Array.from({ length: end - first - count }, (_, i) => first + count + i)
  return [...(count > 0 ? [first] : []), ...(egress ? groups.reverse() : groups)]
}
