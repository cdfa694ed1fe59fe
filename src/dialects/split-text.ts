import type { ReadNote, SourceDocument } from './source.ts'

/** The JSON values found in a text, and what stood between them. */
export interface TextDocuments {
  readonly documents: readonly SourceDocument[]
  readonly notes: readonly ReadNote[]
}

/**
 * Reads a text that holds one JSON value, or several one after another: pages that a script
 * appended to one file, or one value a line. The n-th of several is named `file#n`. Integers too
 * long for a number (account ids are) are kept as text. What is not JSON becomes a note.
 */
export function documentsFromText(file: string, text: string): TextDocuments {
  const { values, rest } = splitValues(text.replace(/^\uFEFF/, ''))
  const several = values.length > 1
  const documents: SourceDocument[] = []
  const notes: ReadNote[] = rest === undefined ? [] : [notJson(file, rest)]
  for (const [index, value] of values.entries()) {
    const name = several ? `${file}#${index + 1}` : file
    const parsed = parseJson(value)
    if ('json' in parsed) documents.push({ file: name, json: parsed.json })
    else notes.push(notJson(name, parsed.problem))
  }
  if (values.length === 0 && rest === undefined) notes.push(notJson(file, 'the text is empty'))
  return { documents, notes }
}

interface Split {
  readonly values: readonly string[]
  /** Why the text after the last value was not read. */
  readonly rest?: string
}

/** Cuts the text at the ends of its outermost objects and lists. */
function splitValues(text: string): Split {
  const values: string[] = []
  let at = skipBlanks(text, 0)
  while (at < text.length) {
    if (text[at] !== '{' && text[at] !== '[') return { values, rest: `unexpected text at ${at}` }
    const { end, value } = scanValue(text, at)
    if (end < 0) return { values, rest: `the value that begins at ${at} does not end` }
    values.push(value)
    at = skipBlanks(text, end)
  }
  return { values }
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1
  return at
}

/** The value that begins here, its long integers put in quotes; `end` is -1 if it does not end. */
function scanValue(text: string, from: number): { end: number; value: string } {
  const parts: string[] = []
  let depth = 0
  let copied = from
  for (let at = from; at < text.length; at += 1) {
    const mark = text.charAt(at)
    if (mark === '"') at = endOfString(text, at)
    else if (mark === '{' || mark === '[') depth += 1
    else if (mark === '}' || mark === ']') depth -= 1
    else if (mark >= '0' && mark <= '9') {
      const end = endOfNumber(text, at)
      if (isLongInteger(text, at, end)) {
        parts.push(text.slice(copied, at), '"', text.slice(at, end), '"')
        copied = end
      }
      at = end - 1
    }
    if (depth === 0) return { end: at + 1, value: parts.join('') + text.slice(copied, at + 1) }
  }
  return { end: -1, value: '' }
}

/** The index of the closing quote, or the text's end. */
function endOfString(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

function endOfNumber(text: string, from: number): number {
  let at = from
  while (at < text.length && '0123456789.eE+-'.includes(text.charAt(at))) at += 1
  return at
}

/** 16 digits are more than a double keeps for sure. */
function isLongInteger(text: string, from: number, end: number): boolean {
  return end - from >= 16 && text[from - 1] !== '-' && /^[1-9]\d+$/.test(text.slice(from, end))
}

function parseJson(text: string): { json: unknown } | { problem: string } {
  try {
    return { json: JSON.parse(text) }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) {
      return { problem: error.message.slice(0, 200) }
    }
    throw error
  }
}

function notJson(file: string, problem: string): ReadNote {
  const message = `Not JSON: ${problem}.`
  return { severity: 'error', file, pointer: '', code: 'text.not-json', message }
}
