import type { Answer } from '#model'

/** JSON lines of `hopwise query`, by the id of their question; a refused question has no verdict. */
export function parseAnswers(text: string): ReadonlyMap<string, Answer> {
  const answers = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer)
  return new Map(answers.map((answer) => [answer.id ?? '', answer]))
}
