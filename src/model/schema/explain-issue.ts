import type { z } from 'zod'

import { describeValue, quote } from '../describe-value.ts'
import { pointerAlong, pointerTo } from '../json-pointer.ts'
import type { Problem, ProblemCode } from '../problem.ts'
import { hint, nearest } from '../resolve/nearest.ts'
import { complaints } from './complaint.ts'
import type { Complaint } from './complaint.ts'

/** Turns one zod issue (parsed with `reportInput`) into problems, pointers counted from `base`. */
export function explainIssue(issue: z.core.$ZodIssue, base: string): readonly Problem[] {
  const pointer = pointerAlong(base, issue.path)
  if (issue.code === 'unrecognized_keys') {
    const free = freeNames(issue.message.split(' '), issue.input)
    return issue.keys.map((key) => unknownField(pointer, key, free))
  }
  const { code, expected, value } = verdict(issue)
  return [
    value === undefined
      ? missingField(pointer, expected)
      : refusedValue({ pointer, code, expected, value }),
  ]
}

/**
 * A field that this release does not know: a later version's, or a slip of the pen for one of those
 * that are still `free`.
 */
export function unknownField(base: string, key: string, free: readonly string[]): Problem {
  const message = `The field ${quote(key)} is not known here and is ignored.${fieldHint(key, free)}`
  return { severity: 'warning', pointer: pointerTo(base, key), code: 'unknown-field', message }
}

/** The same where it may not be ignored: `names` are all that there are. */
export function refusedField(key: string, names: readonly string[], free: readonly string[]) {
  const near = fieldHint(key, free)
  const message = `The field ${quote(key)} is not known.${near || ` Known are ${names.map(quote).join(', ')}.`}`
  const pointer = pointerTo('', key)
  return { severity: 'error', pointer, code: 'unknown-field', message } satisfies Problem
}

/** The names that an object does not use yet: nobody misspells a field that stands there too. */
export function freeNames(names: readonly string[], object: unknown): readonly string[] {
  return names.filter((name) => !Object.hasOwn(Object(object), name))
}

function fieldHint(key: string, free: readonly string[]): string {
  return hint(nearest(key, free).map(quote))
}

/** A value that is there and cannot be used. */
export function refusedValue(refusal: {
  readonly pointer: string
  readonly code: ProblemCode
  readonly expected: string
  readonly value: unknown
}): Problem {
  const { pointer, code, expected, value } = refusal
  const found = describeValue(value)
  const message = `${subject(pointer)} must be ${expected}, but is ${found}.`
  return { severity: 'error', pointer, code, expected, found, message }
}

/** A field that has to be there. */
export function missingField(pointer: string, expected: string): Problem {
  const message = `${subject(pointer)} is missing; it must be ${expected}.`
  return { severity: 'error', pointer, code: 'missing-field', expected, message }
}

function subject(pointer: string): string {
  const last = pointer.slice(pointer.lastIndexOf('/') + 1)
  if (last === '') return 'The document'
  return /^[0-9]+$/.test(last) ? `Item ${last}` : `The field ${quote(last)}`
}

interface Verdict {
  readonly code: ProblemCode
  readonly expected: string
  /** What was read; undefined when nothing was there. */
  readonly value: unknown
}

function verdict(issue: z.core.$ZodIssue): Verdict {
  const { input: value } = issue
  if (isWrongType(issue)) return { code: 'wrong-type', expected: typeWord(issue.expected), value }
  if (isComplaint(issue.message)) return { ...complaints[issue.message], value }
  if (issue.code === 'invalid_value') {
    const code = issue.path.at(-1) === 'state' ? 'bad-state' : 'bad-value'
    return { code, expected: anyOf(issue.values), value }
  }
  if (issue.code === 'invalid_union') return unknownAlternative(issue)
  throw new Error(`no explanation for a ${issue.code} issue`)
}

/** A fraction is of the right JavaScript type; its complaint says what whole numbers are taken. */
function isWrongType(issue: z.core.$ZodIssue): issue is z.core.$ZodIssueInvalidType {
  return issue.code === 'invalid_type' && issue.expected !== 'int'
}

/** zod reports the whole object where its discriminating word is wrong or absent. */
function unknownAlternative(issue: z.core.$ZodIssueInvalidUnion): Verdict {
  const { input, path } = issue
  const step = path.at(-1)
  const isObject = typeof input === 'object' && input !== null && typeof step === 'string'
  const value: unknown = isObject ? Object.getOwnPropertyDescriptor(input, step)?.value : input
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.flat() : []
  return { code: 'bad-value', expected: anyOf(options), value }
}

function isComplaint(message: string): message is Complaint {
  return Object.hasOwn(complaints, message)
}

function anyOf(values: readonly unknown[]): string {
  return values.map(describeValue).join(' or ')
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
}

function typeWord(expected: string): string {
  const word = typeWords[expected]
  if (word === undefined) throw new Error(`no word for the type ${expected}`)
  return word
}
