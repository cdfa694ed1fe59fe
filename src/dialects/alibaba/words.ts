import { unreadable } from './reading.ts'
import type { Missing, Reading } from './reading.ts'
import type { GapKind } from '#model'
import { spelt } from '../word.ts'
import { child, textOf, wrappedOf } from '../spot.ts'
import type { Spot } from '../spot.ts'

/** As `spelt`, of the word in a field; another word is reported, and undefined. */
export function stateAt<Word extends string>(
  reading: Reading,
  subject: Subject,
  spot: Spot,
  words: readonly Word[],
): Word | undefined {
  const known = spelt(words, textOf(spot))
  if (known === undefined) {
    unreadable(reading, subject.kind, subject, spot, 'the state', subject.call)
  }
  return known
}

/** A state that the model keeps as the provider's own word. Without one nothing can be told. */
export function stateWordAt(reading: Reading, subject: Subject, spot: Spot): string | undefined {
  const word = textOf(spot)
  if (word === undefined) {
    unreadable(reading, subject.kind, subject, spot, 'the state', subject.call)
  }
  return word
}

/** The resource that is read, for reports about it. */
export interface Subject extends Missing {
  readonly kind: GapKind
  readonly call: string
}

/** Reasons a resource is locked for, from its locks and its business status; sorted. */
export function locksOf(locks: Spot, business: Spot): { locks?: readonly string[] } {
  const reasons = wrappedOf(locks, 'LockReason').flatMap(
    (lock) => textOf(child(lock, 'LockReason')) ?? textOf(lock) ?? [],
  )
  const status = textOf(business)?.replace(/Locked$/, '') ?? 'Normal'
  const all = status === 'Normal' ? reasons : [...reasons, status]
  const words = [...new Set(all.map((word) => word.toLowerCase()))].toSorted()
  return words.length > 0 ? { locks: words } : {}
}
