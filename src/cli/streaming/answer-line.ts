import type { Analyzer } from '#analyzer'
import type { LanguageTag } from '#findings'
import { answerFormat, parseQuestion } from '#model'
import type { Answer, AnswerError, Question } from '#model'

import { explainQuestion } from '../explain-question.ts'
import { presentAnswer } from '../present-answer.ts'
import { printable } from '../printable.ts'
import type { Line } from './split-lines.ts'

/** What a line of questions becomes. */
export interface AnswerLine {
  /** One line of JSON, newline included; empty for a blank line. */
  readonly text: string
  /** Whether it says that the question could not be asked. */
  readonly refused: boolean
  /** The exception that the question died of, which is a mistake of ours; its line says so. */
  readonly bug?: Error
}

/** Answers line after line; `number` is the line's, from 1. */
export type Answering = (line: Line, number: number) => AnswerLine

/** Makes an analyzer: the first one, and another for each question that an analyzer died of. */
type Open = () => Analyzer

/** The whole answer of each line, in codes and facts. */
export function answerInFull(open: Open): Answering {
  return answeringWhole(open, (analyzer, answer) => analyzer.write.text(answer))
}

/** The whole answer of each line, and what it says in one language. */
export function answerInWords(open: Open, language: LanguageTag): Answering {
  return answeringWhole(open, (_, answer) => JSON.stringify(presentAnswer(answer, language)))
}

/** `{"id", "verdict"}` of each line. */
export function answerVerdicts(open: Open): Answering {
  return answering(open, (analyzer, question) => {
    const { id } = question
    const answer = analyzer.verdict(question)
    if ('error' in answer) return refusedLine(id, answer.error)
    const head = id === undefined ? '{' : `{"id":${JSON.stringify(id)},`
    return { text: `${head}"verdict":"${answer.verdict}"}\n`, refused: false }
  })
}

function answeringWhole(
  open: Open,
  write: (analyzer: Analyzer, answer: Answer) => string,
): Answering {
  return answering(open, (analyzer, question) => {
    const answer = analyzer.ask(question)
    if ('error' in answer) return refusedLine(question.id, answer.error)
    return { text: `${write(analyzer, answer)}\n`, refused: false }
  })
}

function answering(
  open: Open,
  answer: (analyzer: Analyzer, question: Question) => AnswerLine,
): Answering {
  let analyzer = open()

  function answerJson(json: unknown, number: number): AnswerLine {
    const parsed = parseQuestion(json)
    if (parsed.ok) return answer(analyzer, parsed.question)
    const message = `Line ${number}: ${explainQuestion(parsed.problems)}`
    return refusedLine(idOf(json), { code: 'question.invalid', message })
  }

  return (line, number) => {
    if (typeof line !== 'string') return refusedLine(undefined, faultOf(line.fault, number))
    const json = parseLine(line)
    if (json === blank) return blankLine
    if (json === notJson) return refusedLine(undefined, faultOf('not-json', number))
    try {
      return answerJson(json, number)
    } catch (error) {
      // The old one may have stopped half way through a branch, where the next walk would go on.
      analyzer = open()
      return brokenLine(idOf(json), number, error)
    }
  }
}

const blank = Symbol('a blank line')
const notJson = Symbol('a line that is not JSON')
const blankLine: AnswerLine = { text: '', refused: false }

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return line.trim() === '' ? blank : notJson
  }
}

function idOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'id')) return undefined
  const id: unknown = Reflect.get(json, 'id')
  return typeof id === 'string' ? id : undefined
}

function faultOf(fault: keyof typeof faults, number: number): AnswerError['error'] {
  return { code: `line.${fault}`, message: `Line ${number} ${faults[fault]}` }
}

const faults = {
  'too-long': 'is longer than 1 MB; a question takes less than a kilobyte.',
  'not-utf8': 'is not UTF-8.',
  'not-json':
    'is not JSON; expected one object, such as {"from":"i-web-1","to":"i-db-1","protocol":"tcp","port":3306}.',
} as const

/** One question of a million must not cost the others their answers. */
function brokenLine(id: string | undefined, number: number, thrown: unknown): AnswerLine {
  const bug = thrown instanceof Error ? thrown : new Error(String(thrown))
  const shown = printable(bug.message.slice(0, 500))
  const { text } = refusedLine(id, {
    code: 'question.internal-error',
    message: `Line ${number} met an internal error: ${shown}. This is a bug in Hopwise, not in your input.`,
  })
  return { text, refused: false, bug }
}

function refusedLine(id: string | undefined, error: AnswerError['error']): AnswerLine {
  const line: AnswerError = { kind: answerFormat, ...(id === undefined ? {} : { id }), error }
  return { text: `${JSON.stringify(line)}\n`, refused: true }
}
