import { startLab } from '#lab'
import { pairQuestion } from './pair-question.ts'
import type { Mismatch } from './run-conformance.ts'
import { shrinkMismatch } from './shrink-mismatch.ts'

/** A difference as a scenario: files by name. */
export interface KeptMismatch {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
}

/** The client's port of a kept question. */
const CLIENT_PORT = 40_000

/** Shrinks differences one after the other in a lab of their own, and writes them as scenarios. */
export async function shrinkMismatches(
  mismatches: readonly Mismatch[],
): Promise<readonly KeptMismatch[]> {
  if (mismatches.length === 0) return []
  const lab = await startLab(`shrink-${process.pid}`)
  try {
    const kept: KeptMismatch[] = []
    for (const [nth, mismatch] of mismatches.entries()) {
      const network = await shrinkMismatch(lab, mismatch)
      const { comparison, candidate } = mismatch.probed
      const question = {
        id: 'differs',
        ...pairQuestion(mismatch.question, CLIENT_PORT)?.paper,
        about: `Paper says ${candidate.answer.verdict}, the wire says ${comparison.wire}.`,
        expect: { verdict: comparison.wire },
      }
      kept.push({
        name: `seed-${mismatch.seed}-${nth + 1}`,
        files: {
          'network.json': `${JSON.stringify(network, null, 2)}\n`,
          'questions.json': `${JSON.stringify([question], null, 2)}\n`,
        },
      })
    }
    return kept
  } finally {
    await lab.end()
  }
}
