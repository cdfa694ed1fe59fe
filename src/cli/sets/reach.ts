import { createReach, reachFormat, type Reach, type ReachRow, type ReachRows } from '#analyzer'
import type { LanguageTag } from '#findings'
import type { AnswerError } from '#model'

import { chooseLanguage } from '../choose-language.ts'
import { isGiven, optionText } from '../command.ts'
import type { Arguments } from '../command.ts'
import { accept } from '../complaint.ts'
import type { Complaint } from '../complaint.ts'
import { refuseQuestion } from '../diagnose.ts'
import { exitCodes } from '../exit-code.ts'
import type { NetworkComplaint } from '../loading/explain-problems.ts'
import { openFabric } from '../open-network.ts'
import { printComplaint } from '../print-complaint.ts'
import { choosePaint } from '../report/paint.ts'
import { widthOf } from '../report/report-width.ts'
import type { Shell } from '../shell.ts'
import { openBatchWriter } from '../streaming/write-batches.ts'
import { presentRow } from './present-row.ts'
import { readRequest, type Request } from './read-request.ts'
import { renderSet } from './render-set.ts'

/** `hopwise reach`: a set of pairs, a line or a paragraph for those that have something to tell. */
export async function reach(given: Arguments, shell: Shell): Promise<number> {
  const ready = await prepare(given, shell)
  if (!ready.ok) return explain(ready.complaint, given, shell)
  const { rows, request, language } = ready.value
  if (isGiven(given, 'json')) return writeLines(rows, language, shell)
  const all = [...rows]
  const width = isGiven(given, 'wide') ? Infinity : widthOf(shell)
  const paint = choosePaint(shell.stdout, shell.env)
  shell.stdout.write(renderSet(request, all, { language, detail: 'short', width, paint }))
  return exitCodeOf(all)
}

async function prepare(given: Arguments, shell: Shell) {
  const language = chooseLanguage(optionText(given, 'language'), shell.env)
  if (!language.ok) return language
  const request = readRequest(given)
  if (!request.ok) return request
  const opened = await openFabric(optionText(given, 'network') ?? '', shell)
  if (!opened.ok) return opened
  const rows = rowsOf(createReach(opened.value), request.value)
  if ('error' in rows) return refuseQuestion(rows)
  return accept({ rows, request: request.value, language: language.value })
}

function rowsOf(sets: Reach, request: Request): ReachRows | AnswerError {
  switch (request.kind) {
    case 'to':
      return sets.to(request.place, request.asked)
    case 'from':
      return sets.from(request.place, request.asked)
    case 'exposed':
      return sets.exposed(request.asked)
    case 'matrix':
      return sets.matrix(request.asked)
  }
}

/** A line as soon as it is known; ends early, and quietly, when nobody reads any more. */
async function writeLines(rows: ReachRows, language: LanguageTag, shell: Shell): Promise<number> {
  const writer = openBatchWriter(shell.stdout)
  const met = new Set<ReachRow['parts'][number]['verdict']>()
  for (const row of rows) {
    for (const { verdict } of row.parts) met.add(verdict)
    writer.add(`${JSON.stringify(presentRow(row, language))}\n`)
    if (writer.isFull() && !(await writer.flush())) break
  }
  await writer.flush()
  return exitCodeFor(met)
}

const exitCodeOf = (rows: readonly ReachRow[]): number =>
  exitCodeFor(new Set(rows.flatMap(({ parts }) => parts.map(({ verdict }) => verdict))))

function exitCodeFor(met: ReadonlySet<ReachRow['parts'][number]['verdict']>): number {
  if (met.has('reachable')) return exitCodes.done
  const open = [...met].some((verdict) => verdict !== 'unreachable')
  return open ? exitCodes.undecided : exitCodes.unreachable
}

/** On standard error for people; with `--json` also as an error line in place of the answer. */
function explain(complaint: Complaint | NetworkComplaint, given: Arguments, shell: Shell): number {
  if (isGiven(given, 'json')) {
    const { details: _lines, ...error } = complaint
    shell.stdout.write(`${JSON.stringify({ kind: reachFormat, error })}\n`)
  }
  return printComplaint(complaint, 'hopwise reach', shell)
}
