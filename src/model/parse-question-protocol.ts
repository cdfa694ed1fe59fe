import { questionProtocols } from './question.ts'
import type { QuestionProtocol } from './question.ts'

/**
 * A protocol of a question: one of the words, or the number, in digits or as a number. Undefined
 * for anything else.
 */
export function parseQuestionProtocol(value: unknown): QuestionProtocol | undefined {
  if (typeof value === 'string') {
    return protocolWords.get(value.toLowerCase()) ?? numberedProtocol(digits(value))
  }
  return typeof value === 'number' ? numberedProtocol(value) : undefined
}

const protocolWords = new Map<string, QuestionProtocol>(
  questionProtocols.map((word) => [word, word]),
)

const wordByNumber = new Map<number, QuestionProtocol>([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [47, 'gre'],
])

function numberedProtocol(number: number): QuestionProtocol | undefined {
  if (!isWholeNumber(number, 0, 255)) return undefined
  return wordByNumber.get(number) ?? number
}

function digits(text: string): number {
  return /^(?:0|[1-9][0-9]{0,2})$/.test(text) ? Number(text) : NaN
}

/** Whether a number is whole and within bounds, both included. */
export function isWholeNumber(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}
