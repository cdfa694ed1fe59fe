import { parseQuestion } from '#model'
import type { Problem, Question } from '#model'

import { optionText } from './command.ts'
import type { Arguments } from './command.ts'
import { accept, refuse } from './complaint.ts'
import type { Outcome } from './complaint.ts'
import { printable } from './printable.ts'

/** The question that the options of `diagnose` ask. */
export function readQuestion(given: Arguments): Outcome<Question> {
  const fields = [
    ['from', optionText(given, 'from')],
    ['to', optionText(given, 'to')],
    ['protocol', optionText(given, 'protocol') ?? 'tcp'],
    ['port', portOf(optionText(given, 'port'))],
    ['sourcePort', portOf(optionText(given, 'source-port'))],
    ['scope', optionText(given, 'scope')],
  ] as const
  const parsed = parseQuestion(
    Object.fromEntries(fields.filter(([, value]) => value !== undefined)),
  )
  if (parsed.ok) return accept(parsed.question)
  return refuse('usage.bad-value', `${parsed.problems.map(sayProblem).join('; ')}.`)
}

/** Digits are a number; anything else is handed on as it is, so that the complaint can quote it. */
function portOf(text: string | undefined): number | string | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : text
}

function sayProblem({ pointer, expected, found, message }: Problem): string {
  const option = Object.hasOwn(optionNames, pointer) ? optionNames[pointer] : undefined
  if (option === undefined || expected === undefined) return printable(message)
  const wanted = expected === 'a number' ? 'a whole number from 1 to 65535' : expected
  return printable(`${option} must be ${wanted}, but is ${found ?? 'missing'}`)
}

const optionNames: Readonly<Record<string, string>> = {
  '/from': '--from',
  '/to': '--to',
  '/protocol': '--protocol',
  '/port': '--port',
  '/sourcePort': '--source-port',
  '/scope': '--scope',
}
