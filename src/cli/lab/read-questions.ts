import { parseQuestion } from '#model'
import type { Question } from '#model'

import { accept, refuse } from '../complaint.ts'
import type { Outcome } from '../complaint.ts'
import { explainQuestion } from '../explain-question.ts'
import { decode, readText } from '../loading/read-text.ts'
import { printable } from '../printable.ts'
import type { Shell } from '../shell.ts'

/** More questions than these would keep the wire busy for a quarter of an hour. */
const MOST = 20_000

/** Bytes of them. */
const MOST_BYTES = 20_000_000

/** Lines of faults that are told. */
const MOST_TOLD = 5

/** The questions of a file of JSON lines, or of standard input (`-`); every line has to be one. */
export async function readQuestions(
  path: string,
  { stdin }: Shell,
): Promise<Outcome<readonly Question[]>> {
  const text = path === '-' ? await readInput(stdin) : await readText(path, MOST_BYTES)
  if (!text.ok) return text
  const name = path === '-' ? 'standard input' : printable(path)
  const questions: Question[] = []
  const faults: string[] = []
  for (const [at, line] of text.value.split('\n').entries()) {
    if (line.trim() === '') continue
    const read = readLine(line)
    if (typeof read === 'string') faults.push(`line ${at + 1}: ${read}`)
    else questions.push(read)
  }
  if (faults.length > 0) {
    const message = `${faults.length} of ${faults.length + questions.length} lines of ${name} are no questions.`
    return refuse('questions.invalid', message, { details: faults.slice(0, MOST_TOLD) })
  }
  if (questions.length > MOST) {
    const message = `${name} has ${questions.length} questions; a lab is asked at most ${MOST}.`
    return refuse('questions.too-many', message)
  }
  return accept(questions)
}

async function readInput(stdin: Shell['stdin']): Promise<Outcome<string>> {
  const chunks: Buffer[] = []
  let size = 0
  const input: AsyncIterable<unknown> = stdin
  for await (const chunk of input) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += bytes.length
    if (size > MOST_BYTES) {
      return refuse('input.too-large', 'standard input is longer than the 20 MB that are read.')
    }
    chunks.push(bytes)
  }
  return decode('standard input', Buffer.concat(chunks))
}

function readLine(line: string): Question | string {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    return 'not JSON; expected one object, such as {"from":"i-web-1","to":"i-db-1","protocol":"tcp","port":3306}'
  }
  const parsed = parseQuestion(json)
  return parsed.ok ? parsed.question : printable(explainQuestion(parsed.problems))
}
