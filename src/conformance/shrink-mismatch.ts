import type { Lab } from '#lab'
import { type Network, parseNetwork, resourceKinds } from '#model'
import { emptyCoverage } from './choose-questions.ts'
import { probeNetwork, usualSettings } from './probe-network.ts'
import type { Mismatch } from './run-conformance.ts'

/** Labs that may be built in search of a smaller network. */
const MOST_TRIALS = 400

/**
 * Takes away from a network whatever the difference can do without, and returns what is left. Each
 * step is a lab of its own, so the search is bounded.
 */
export async function shrinkMismatch(lab: Lab, mismatch: Mismatch): Promise<Network> {
  let network = mismatch.network
  let trials = 0
  const differs = async (smaller: Network): Promise<boolean> => {
    if (trials++ >= MOST_TRIALS || !parseNetwork(smaller).ok) return false
    const settings = { ...usualSettings, want: 1 }
    const { probed } = await probeNetwork(
      lab,
      smaller,
      [mismatch.question],
      emptyCoverage(),
      settings,
    )
    return probed.some(({ comparison }) => !comparison.verdict)
  }
  for (const list of lists) {
    for (let size = Math.ceil(lengthOf(network, list) / 2); size >= 1; size = size >> 1) {
      network = await withoutParts(network, list, size, differs)
    }
  }
  return network
}

const lists = [...resourceKinds, 'guests'] as const
type ListName = (typeof lists)[number]

function lengthOf(network: Network, list: ListName): number {
  return network[list]?.length ?? 0
}

/** Drops every stretch of `size` items that the difference does not need. */
async function withoutParts(
  whole: Network,
  list: ListName,
  size: number,
  differs: (smaller: Network) => Promise<boolean>,
): Promise<Network> {
  let network = whole
  for (let start = 0; start < lengthOf(network, list);) {
    const items: readonly unknown[] = network[list] ?? []
    const rest = [...items.slice(0, start), ...items.slice(start + size)]
    const smaller: Network = { ...network, [list]: rest }
    if (await differs(smaller)) network = smaller
    else start += size
  }
  return network
}
