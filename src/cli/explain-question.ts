import type { Problem } from '#model'

/** Faults of one question that are told; a hostile line may have some thousand. */
const MOST_TOLD = 8

/** Everything that forbids a question, in one line. */
export function explainQuestion(problems: readonly Problem[]): string {
  const told = problems.slice(0, MOST_TOLD).map(({ message }) => message)
  const more = problems.length > told.length ? ['And more problems.'] : []
  return [...told, ...more].join(' ')
}
