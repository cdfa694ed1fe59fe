import type { Sketch } from '#conformance'

/** A sentence, what to change in the tiny network, a question, the verdict with its reasons. */
export type Case = readonly [
  says: string,
  change: (sketch: Sketch) => void,
  question: string,
  expected: string,
]
