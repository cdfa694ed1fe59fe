import { placeOf, skipBlanks, skipWord } from './json-cursor.ts'

/** Where a text stops being JSON (RFC 8259), and what should have stood there. */
export interface JsonError {
  readonly line: number
  readonly column: number
  readonly expected: string
  readonly found: string
}

/**
 * Finds the first fault of a text that `JSON.parse` has refused. Its own message is of no use
 * here: only some versions of Node say where, and each in other words. Undefined: no fault. The
 * text must not nest deeper than the call stack goes (`nesting.ts` sees to that).
 * @param values `several`: values may follow one another, as in JSON lines
 */
export function locateJsonError(
  text: string,
  values: 'one' | 'several' = 'one',
): JsonError | undefined {
  const fault = findFault(text, values === 'several')
  if (fault === undefined) return undefined
  return { ...placeOf(text, fault.at), expected: fault.expected, found: describe(text, fault.at) }
}

function findFault(text: string, several: boolean): Fault | undefined {
  let at = skipBlanks(text, 0)
  for (;;) {
    const end = checkValue(text, at)
    if (typeof end !== 'number') return end
    at = skipBlanks(text, end)
    if (at === text.length) return undefined
    if (!several) return { at, expected: 'the end of the file' }
  }
}

interface Fault {
  readonly at: number
  readonly expected: string
}

/** The index after what was checked, or what is wrong with it. */
type Checked = number | Fault

function checkValue(text: string, at: number): Checked {
  switch (text[at]) {
    case '{':
      return checkItems(text, at, object)
    case '[':
      return checkItems(text, at, list)
    case '"':
      return checkString(text, at)
    default:
      return checkWord(text, at)
  }
}

interface Container {
  readonly close: string
  /** What else may stand where the container could close at once. */
  readonly first: string
  readonly separator: string
  readonly item: (text: string, at: number) => Checked
}

const list: Container = {
  close: ']',
  first: 'a value or "]"',
  separator: '"," or "]"',
  item: checkValue,
}

const object: Container = {
  close: '}',
  first: 'a name in double quotes or "}"',
  separator: '"," or "}"',
  item: checkMember,
}

function checkItems(text: string, from: number, container: Container): Checked {
  let at = skipBlanks(text, from + 1)
  if (text[at] === container.close) return at + 1
  for (let first = true; ; first = false) {
    const end = container.item(text, at)
    if (typeof end !== 'number')
      return first && end.at === at ? { at, expected: container.first } : end
    at = skipBlanks(text, end)
    if (text[at] === container.close) return at + 1
    if (text[at] !== ',') return { at, expected: container.separator }
    at = skipBlanks(text, at + 1)
  }
}

function checkMember(text: string, at: number): Checked {
  if (text[at] !== '"') return { at, expected: 'a name in double quotes' }
  const key = checkString(text, at)
  if (typeof key !== 'number') return key
  const colon = skipBlanks(text, key)
  if (text[colon] !== ':') return { at: colon, expected: '":"' }
  return checkValue(text, skipBlanks(text, colon + 1))
}

function checkString(text: string, from: number): Checked {
  let at = from + 1
  while (at < text.length) {
    const mark = text[at]
    if (mark === '"') return at + 1
    if (text.charCodeAt(at) < 0x20)
      return { at, expected: 'the closing quote, or an escape such as "\\n"' }
    if (mark === '\\') {
      const escape = escapeAt.exec(text.slice(at, at + 6))
      if (escape === null)
        return { at, expected: 'an escape that JSON has, such as "\\n" or "\\u0041"' }
      at += escape[0].length
    } else at += 1
  }
  return { at, expected: 'the closing quote' }
}

const escapeAt = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/

function checkWord(text: string, at: number): Checked {
  const end = skipWord(text, at)
  const fits = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/
  return fits.test(text.slice(at, end)) ? end : { at, expected: 'a value' }
}

/** What stands at an index, short and on one line. */
function describe(text: string, at: number): string {
  if (at >= text.length) return 'the end of the file'
  const code = text.codePointAt(at) ?? 0
  if (code === 0) return 'a NUL character'
  if (code === 0x0a || code === 0x0d) return 'the end of the line'
  if (code < 0x20)
    return `the control character U+${code.toString(16).padStart(4, '0').toUpperCase()}`
  if (code === 0x22) return 'a double quote'
  const word = text.slice(at, Math.min(skipWord(text, at), at + 20))
  return `"${word === '' ? String.fromCodePoint(code) : word}"`
}
