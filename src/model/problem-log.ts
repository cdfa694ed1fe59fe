import type { Problem } from './problem.ts'

/** How many problems one parse hands back before it only counts. */
export const PROBLEM_LIMIT = 1_000

/** Collects problems in bounded memory. */
export interface ProblemLog {
  readonly report: (problem: Problem) => void
  readonly errorCount: () => number
  /**
   * Errors first, then warnings, each in the order of discovery; at most `PROBLEM_LIMIT`, then one
   * `more-problems` that counts the rest.
   */
  readonly problems: () => readonly Problem[]
}

export function openProblemLog(): ProblemLog {
  // Kept apart, so that a flood of warnings cannot crowd out the error that explains the refusal.
  const errors: Problem[] = []
  const warnings: Problem[] = []
  let errorCount = 0
  let warningCount = 0
  return {
    report(problem) {
      if (problem.severity === 'error') {
        if (errorCount++ < PROBLEM_LIMIT) errors.push(problem)
      } else if (warningCount++ < PROBLEM_LIMIT) warnings.push(problem)
    },
    errorCount: () => errorCount,
    problems: () => {
      const kept = [...errors, ...warnings].slice(0, PROBLEM_LIMIT)
      const left = errorCount + warningCount - kept.length
      return left === 0 ? kept : [...kept, moreProblems(left, errorCount > PROBLEM_LIMIT)]
    },
  }
}

function moreProblems(left: number, errorsAmongThem: boolean): Problem {
  return {
    severity: errorsAmongThem ? 'error' : 'warning',
    pointer: '',
    code: 'more-problems',
    message: `And ${left} more problem${left === 1 ? '' : 's'}.`,
  }
}
