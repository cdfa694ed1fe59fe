import { findUnreadable } from './find-unreadable.ts'
import { isWholeNumber, parseQuestionProtocol } from './parse-question-protocol.ts'
import { openProblemLog, PROBLEM_LIMIT } from './problem-log.ts'
import type { Problem } from './problem.ts'
import type { Question, QuestionProtocol } from './question.ts'
import { complaints } from './schema/complaint.ts'
import type { Complaint } from './schema/complaint.ts'
import { freeNames, missingField, refusedField, refusedValue } from './schema/explain-issue.ts'

/** A question that may be asked, `problems` empty; or everything that forbids it. */
export type ParsedQuestion =
  | { readonly ok: true; readonly question: Question; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * The door for one question, already read from JSON. Protocol words are read in any case, and the
 * numbers of TCP, UDP, ICMP and GRE become their words; a port needs TCP or UDP. Unknown fields
 * are refused. Bad data never throws.
 */
export function parseQuestion(input: unknown): ParsedQuestion {
  try {
    return readQuestion(input)
  } catch (error) {
    const problem = findUnreadable(input)
    if (!problem) throw error
    return { ok: false, problems: [problem] }
  }
}

type Fields = Readonly<Record<string, unknown>>

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readQuestion(input: unknown): ParsedQuestion {
  const problems: Problem[] = []
  if (!isRecord(input)) {
    problems.push(
      refusedValue({ pointer: '', code: 'wrong-type', expected: 'an object', value: input }),
    )
    return { ok: false, problems }
  }
  const question = readFields(input, problems)
  refuseUnknownFields(input, problems)
  return question && problems.length === 0
    ? { ok: true, question, problems }
    : { ok: false, problems: bounded(problems) }
}

/** Undefined: at least one problem was noted. */
function readFields(input: Fields, problems: Problem[]): Question | undefined {
  const id = readId(input, problems)
  const from = readText(input, 'from', problems)
  const to = readText(input, 'to', problems)
  const protocol = readProtocol(input, problems)
  const port = readPort(input, 'port', protocol, problems)
  const sourcePort = readPort(input, 'sourcePort', protocol, problems)
  const scope = input['scope'] === undefined ? undefined : readText(input, 'scope', problems)
  if (problems.length > 0 || from === undefined || to === undefined || protocol === undefined) {
    return undefined
  }
  const question: { -readonly [K in keyof Question]: Question[K] } = { from, to, protocol }
  if (id !== undefined) question.id = id
  if (port !== undefined) question.port = port
  if (sourcePort !== undefined) question.sourcePort = sourcePort
  if (scope !== undefined) question.scope = scope
  return question
}

function readId({ id }: Fields, problems: Problem[]): string | undefined {
  if (id === undefined || typeof id === 'string') return id
  problems.push(
    refusedValue({ pointer: '/id', code: 'wrong-type', expected: 'a string', value: id }),
  )
  return undefined
}

function readText(
  input: Fields,
  field: 'from' | 'to' | 'scope',
  problems: Problem[],
): string | undefined {
  const value = input[field]
  if (typeof value === 'string' && value !== '') return value
  problems.push(
    typeof value === 'string'
      ? refused(`/${field}`, 'empty-text', value)
      : missingOrWrong(`/${field}`, 'a string', value),
  )
  return undefined
}

function readProtocol({ protocol }: Fields, problems: Problem[]): QuestionProtocol | undefined {
  const read = parseQuestionProtocol(protocol)
  if (read !== undefined) return read
  const isReadable = typeof protocol === 'string' || typeof protocol === 'number'
  const { expected } = complaints['question-protocol']
  problems.push(
    isReadable
      ? refused('/protocol', 'question-protocol', protocol)
      : missingOrWrong('/protocol', expected, protocol),
  )
  return undefined
}

function readPort(
  input: Fields,
  field: 'port' | 'sourcePort',
  protocol: QuestionProtocol | undefined,
  problems: Problem[],
): number | undefined {
  const value = input[field]
  if (value === undefined) return undefined
  const pointer = `/${field}`
  if (typeof value !== 'number') {
    problems.push(missingOrWrong(pointer, 'a number', value))
  } else if (protocol !== undefined && protocol !== 'tcp' && protocol !== 'udp') {
    // Also -1, which some clouds write beside icmp: here, no port is said by saying none.
    problems.push(refused(pointer, 'portless-protocol', value))
  } else if (isWholeNumber(value, 1, 65_535)) {
    return value
  } else {
    problems.push(refused(pointer, 'service-port', value))
  }
  return undefined
}

function refused(pointer: string, complaint: Complaint, value: unknown): Problem {
  return refusedValue({ pointer, ...complaints[complaint], value })
}

function missingOrWrong(pointer: string, expected: string, value: unknown): Problem {
  return value === undefined
    ? missingField(pointer, expected)
    : refusedValue({ pointer, code: 'wrong-type', expected, value })
}

const fieldNames = ['id', 'from', 'to', 'protocol', 'port', 'sourcePort', 'scope']
const knownFields = new Set(fieldNames)

/** Whoever says more than is understood has asked another question than would be answered. */
function refuseUnknownFields(input: Fields, problems: Problem[]): void {
  const unknown = Object.keys(input).filter((key) => !knownFields.has(key))
  const free = unknown.length > 0 ? freeNames(fieldNames, input) : []
  for (const key of unknown) problems.push(refusedField(key, fieldNames, free))
}

/** Only a hostile line has so many; they pass through the log, which keeps the first. */
function bounded(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= PROBLEM_LIMIT) return problems
  const log = openProblemLog()
  problems.forEach(log.report)
  return log.problems()
}
