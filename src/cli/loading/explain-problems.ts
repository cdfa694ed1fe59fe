import type { Problem } from '#model'

import type { Complaint } from '../complaint.ts'
import { printable } from '../printable.ts'
import { locatePointers } from './locate-pointers.ts'

/** How many problems of a file are printed; `--json` has them all. */
export const mostPrinted = 20

/** A problem with the line it stands on, where that is known. */
export interface PlacedProblem extends Problem {
  readonly line?: number
}

/** A network file that cannot be used, and every reason why. */
export interface NetworkComplaint extends Complaint {
  readonly problems: readonly PlacedProblem[]
}

/** The complaint about a network with errors; `text` is its file's, where it stands in one. */
export function explainProblems(
  file: string,
  text: string | undefined,
  problems: readonly Problem[],
): NetworkComplaint {
  const placed = placeProblems(text, problems)
  const errors = placed.filter(({ severity }) => severity === 'error')
  // Whoever misspells a field is told that it is missing: the slip itself only warns.
  const slips = placed.filter(({ code }) => code === 'unknown-field')
  const hints = listProblems(file, slips).map((line) => `warning: ${line}`)
  const code = 'network.invalid'
  if (errors.length === 1) {
    const message = `cannot use ${sayProblem(file, errors[0])}`
    return { code, message, ...(hints.length > 0 ? { details: hints } : {}), problems: placed }
  }
  const message = `cannot use ${printable(file)}: it has ${errors.length} errors.`
  const details = [...listProblems(file, errors), ...hints]
  return { code, message, details, problems: placed }
}

/** Problems as lines, the first twenty and a count of the others. */
export function listProblems(file: string, problems: readonly PlacedProblem[]): readonly string[] {
  const lines = problems.slice(0, mostPrinted).map((problem) => sayProblem(file, problem))
  const left = problems.length - lines.length
  return left === 0 ? lines : [...lines, `and ${left} more`]
}

/** Adds the lines, which only the text knows. */
export function placeProblems(
  text: string | undefined,
  problems: readonly Problem[],
): readonly PlacedProblem[] {
  if (text === undefined) return problems
  const lines = locatePointers(
    text,
    problems.map(({ pointer }) => pointer),
  )
  return problems.map((problem) => {
    const line = lines.get(problem.pointer)
    return line === undefined ? problem : { ...problem, line }
  })
}

/** `network.json, line 3, /vpc/0/cidrs: The field "cidrs" is missing; …` */
function sayProblem(file: string, { pointer, line, message }: PlacedProblem): string {
  const place = [
    file,
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(pointer === '' ? [] : [pointer]),
  ]
  return printable(`${place.join(', ')}: ${message}`)
}
