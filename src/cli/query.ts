import { createReadStream } from 'node:fs'
import type { Stats } from 'node:fs'
import type { Readable } from 'node:stream'

import type { Analyzer } from '#analyzer'
import type { LanguageTag } from '#findings'

import { chooseLanguage } from './choose-language.ts'
import { isGiven, optionText } from './command.ts'
import type { Arguments } from './command.ts'
import { accept, refuse } from './complaint.ts'
import type { Outcome } from './complaint.ts'
import { exitCodes } from './exit-code.ts'
import { statPath } from './loading/read-text.ts'
import { systemErrorText } from './loading/system-error.ts'
import { openNetwork } from './open-network.ts'
import { printComplaint } from './print-complaint.ts'
import { printable } from './printable.ts'
import { openProgress } from './progress.ts'
import type { Shell } from './shell.ts'
import { answerInFull, answerInWords, answerVerdicts } from './streaming/answer-line.ts'
import type { Answering } from './streaming/answer-line.ts'
import { answerStream } from './streaming/answer-stream.ts'
import type { Tally } from './streaming/answer-stream.ts'

/** `hopwise query`: a stream of questions, a stream of answers. */
export async function query(given: Arguments, shell: Shell): Promise<number> {
  const ready = await prepare(given, shell)
  if (!ready.ok) return printComplaint(ready.complaint, speaker, shell)
  const { questions, answering } = ready.value
  const progress = openProgress(shell)
  try {
    const tally = await answerStream(questions, answering, shell.stdout, progress)
    progress.end()
    return conclude(tally, shell)
  } catch (error) {
    progress.end()
    const why = systemErrorText(error)
    if (why === undefined) throw error
    const { complaint } = unreadable(questions.name, why)
    return printComplaint(complaint, speaker, shell)
  }
}

const speaker = 'hopwise query'

/** Where questions come from. */
interface Questions {
  readonly name: string
  readonly stream: Readable
  /** In bytes, where that is known. */
  readonly size?: number
}

async function prepare(given: Arguments, shell: Shell) {
  const language = chooseLanguage(optionText(given, 'language'), shell.env)
  if (!language.ok) return language
  if (isGiven(given, 'verdict-only') && isGiven(given, 'messages')) return contradiction
  const path = optionText(given, 'questions') ?? ''
  const found = path === '-' ? undefined : await checkQuestions(path)
  if (found && !found.ok) return found
  const opened = await openNetwork(optionText(given, 'network') ?? '', shell)
  if (!opened.ok) return opened
  const answering = chooseAnswering(given, opened.value, language.value)
  return accept({ questions: openQuestions(path, found?.value, shell), answering })
}

const contradiction = refuse(
  'usage.contradiction',
  '--verdict-only and --messages contradict each other: leave one of them out.',
)

function chooseAnswering(given: Arguments, open: () => Analyzer, language: LanguageTag): Answering {
  if (isGiven(given, 'verdict-only')) return answerVerdicts(open)
  return isGiven(given, 'messages') ? answerInWords(open, language) : answerInFull(open)
}

/** A pipe is welcome here (`<(…)`): unlike a network, questions are read as they come. */
async function checkQuestions(path: string): Promise<Outcome<Stats>> {
  const found = await statPath(path)
  if (!found.ok || found.value.isFile() || found.value.isFIFO()) return found
  const what = found.value.isDirectory() ? 'a folder' : 'a device'
  return unreadable(path, `it is ${what}; expected a file of JSON lines, or - for standard input`)
}

function openQuestions(path: string, found: Stats | undefined, { stdin }: Shell): Questions {
  if (!found) return { name: 'standard input', stream: stdin }
  const stream = createReadStream(path, { highWaterMark: 256 * 1024 })
  return { name: path, stream, ...(found.isFile() ? { size: found.size } : {}) }
}

function unreadable(path: string, why: string) {
  return refuse('input.unreadable', `cannot read ${printable(path)}: ${why}.`)
}

/** Throws what a question died of, now that the others have their answers. */
function conclude({ lines, refused, failed, bug }: Tally, { stderr }: Shell): number {
  const tell = (count: number, what: string): void => {
    if (count > 0) stderr.write(`${speaker}: ${count} of ${lines} questions ${what}.\n`)
  }
  tell(refused, 'could not be asked; their lines say why')
  tell(failed, 'could not be answered for a bug in Hopwise; their lines say so')
  if (bug) throw bug
  return exitCodes.done
}
