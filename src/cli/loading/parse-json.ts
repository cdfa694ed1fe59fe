import { refuse } from '../complaint.ts'
import type { Outcome } from '../complaint.ts'
import { printable } from '../printable.ts'
import { locateJsonError } from './locate-json-error.ts'
import type { JsonError } from './locate-json-error.ts'

/** The value of a JSON text, or where it stops being JSON. */
export function parseJson(file: string, text: string): Outcome<unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return { ok: true, value }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const fault = locateJsonError(text)
    if (fault === undefined) throw error
    return notJson(file, fault)
  }
}

/** The complaint about a text that is not JSON. */
export function notJson(file: string, fault: JsonError): Outcome<never> {
  const { line, column, expected, found } = fault
  const where = `${printable(file)}, line ${line}, column ${column}`
  return refuse(
    'input.not-json',
    `${where}: not JSON: expected ${expected}, found ${printable(found)}.`,
  )
}
