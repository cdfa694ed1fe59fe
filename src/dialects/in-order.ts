import type { Gap } from '#model'

import { canonicalText } from './canonical-text.ts'
import { compareText } from './compare-text.ts'
import type { ReadNote } from './source.ts'

/** Each gap once, in an order that the order of the input does not change. */
export function gapsInOrder(gaps: readonly Gap[]): readonly Gap[] {
  return inOrder(gaps, gapOrder)
}

/** Each note once, in an order that the order of the input does not change. */
export function notesInOrder(notes: readonly ReadNote[]): readonly ReadNote[] {
  return inOrder(notes, noteOrder)
}

function gapOrder(gap: Gap): string {
  return [gap.kind, gap.id ?? '', gap.account ?? '', gap.region ?? '', gap.call].join('\n')
}

function noteOrder(note: ReadNote): string {
  return [note.file, note.pointer, note.code, note.message].join('\n')
}

/** Sorted, each once. */
function inOrder<Item>(items: readonly Item[], order: (item: Item) => string): readonly Item[] {
  const distinct = new Map(items.map((item) => [canonicalText(item), item]))
  return [...distinct.values()].toSorted((a, b) => compareText(order(a), order(b)))
}
