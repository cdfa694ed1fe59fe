import { type Fabric, hasPortWords } from '#fabric'
import type { ReachEnd } from '../reach-end.ts'
import type { Atom } from './atom.ts'
import { speaksOf } from './atom-rules.ts'
import type { Places } from './places.ts'

/** The stateless lists that the plain ends stand behind. */
export function subnetLists(
  { ports, subnets }: Fabric,
  ends: readonly ReachEnd[],
  { ends: order }: Places,
): readonly number[] {
  const lists = new Set<number>()
  for (const end of order) {
    const subnet = ports.subnet[ends[end].port]
    lists.add(subnets.aclIn[subnet]).add(subnets.aclOut[subnet])
  }
  return [...lists].filter((list) => list >= 0)
}

/** Atoms of one key get from place to place alike: on the way back, ports are those of clients. */
export function filterKey({ rules, flags }: Fabric, lists: readonly number[], atom: Atom): string {
  const { protocol, low, families } = atom
  const entries: number[] = []
  for (const list of lists) {
    for (let entry = rules.offsets[list]; entry < rules.offsets[list + 1]; entry++) {
      if (speaksOf(rules.words, entry, atom)) entries.push(entry)
    }
  }
  const isBlocked =
    protocol === flags.blockedProtocol && (!hasPortWords(protocol) || low === flags.blockedPort)
  return [protocol, families.join(), isBlocked, ...entries].join(' ')
}
