import type { HostRequest } from './request.ts'

/** One line on the lab's own socket: a request and the number its answer will carry. */
export interface RequestLine {
  readonly nr: number
  readonly request: HostRequest
}

/** The answer line to request `nr`. */
export type AnswerLine =
  | { readonly nr: number; readonly answer: unknown }
  | { readonly nr: number; readonly error: string }

/**
 * Reads a line that a client of the same version wrote on the lab's private socket; only its owner
 * can open that. Throws on anything that is not JSON.
 */
export function parseRequest(line: string): RequestLine {
  const value = JSON.parse(line) as RequestLine
  return value
}

/** Reads a line that the host wrote. */
export function parseAnswer(line: string): AnswerLine {
  return JSON.parse(line) as AnswerLine
}

/** Writes a line; inodes fit a double, and are written as numbers. */
export function writeLine(line: RequestLine | AnswerLine): string {
  return `${JSON.stringify(line, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))}\n`
}
