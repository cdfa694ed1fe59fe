import { ALL_PROTOCOLS, type Fabric, hasPortWords, PROTOCOL_MASK } from '#fabric'
import type { Atom } from './atom.ts'

/** The entries of one direction's group lists that speak of an atom, in deciding order. */
export interface GroupEntries {
  /** Those of group g stand at `offsets[g]` to `offsets[g + 1] - 1`. */
  readonly offsets: Int32Array
  readonly entries: Int32Array
}

/** Entries about an atom, of the list of every group. */
export function entriesAbout(fabric: Fabric, atom: Atom, lists: Int32Array): GroupEntries {
  const { rules } = fabric
  const offsets = new Int32Array(lists.length + 1)
  const entries: number[] = []
  for (let group = 0; group < lists.length; group++) {
    const list = lists[group]
    const end = list < 0 ? 0 : rules.offsets[list + 1]
    for (let entry = list < 0 ? 0 : rules.offsets[list]; entry < end; entry++) {
      if (speaksOf(rules.words, entry, atom)) entries.push(entry)
    }
    offsets[group + 1] = entries.length
  }
  return { offsets, entries: Int32Array.from(entries) }
}

/** Whether an entry is about the packets of an atom, of which it covers all ports or none. */
export function speaksOf(words: Int32Array, entry: number, { protocol, low, high }: Atom): boolean {
  const wanted = words[entry * 4 + 1] & PROTOCOL_MASK
  if (wanted !== ALL_PROTOCOLS && wanted !== protocol) return false
  const ports = words[entry * 4]
  return !hasPortWords(protocol) || (ports >>> 16 <= low && high <= (ports & 0xffff))
}
