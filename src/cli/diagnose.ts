import { answerFormat } from '#model'
import type { Answer, AnswerError } from '#model'

import { chooseLanguage } from './choose-language.ts'
import { isGiven, optionText } from './command.ts'
import type { Arguments } from './command.ts'
import { didYouMean, refuse } from './complaint.ts'
import type { Complaint } from './complaint.ts'
import { verdictExitCodes } from './exit-code.ts'
import type { NetworkComplaint } from './loading/explain-problems.ts'
import { openNetwork } from './open-network.ts'
import { presentAnswer } from './present-answer.ts'
import { printComplaint } from './print-complaint.ts'
import { printable } from './printable.ts'
import { readQuestion } from './read-question.ts'
import { choosePaint } from './report/paint.ts'
import { renderReport } from './report/render-report.ts'
import type { Detail } from './report/report-style.ts'
import { widthOf } from './report/report-width.ts'
import type { Shell } from './shell.ts'

/** `hopwise diagnose`: one question, one report. */
export async function diagnose(given: Arguments, shell: Shell): Promise<number> {
  const asked = await ask(given, shell)
  if (!asked.ok) return explain(asked.complaint, given, shell)
  const { answer, language } = asked.value
  const text = isGiven(given, 'json')
    ? `${JSON.stringify(presentAnswer(answer, language), undefined, 2)}\n`
    : renderReport(answer, {
        language,
        detail: detailOf(given),
        width: isGiven(given, 'wide') ? Infinity : widthOf(shell),
        paint: choosePaint(shell.stdout, shell.env),
      })
  shell.stdout.write(text)
  return verdictExitCodes[answer.verdict]
}

async function ask(given: Arguments, shell: Shell) {
  const language = chooseLanguage(optionText(given, 'language'), shell.env)
  if (!language.ok) return language
  const question = readQuestion(given)
  if (!question.ok) return question
  const opened = await openNetwork(optionText(given, 'network') ?? '', shell)
  if (!opened.ok) return opened
  const answer = opened.value().ask(question.value)
  if (isError(answer)) return refuseQuestion(answer)
  return { ok: true, value: { answer, language: language.value } } as const
}

function isError(answer: Answer | AnswerError): answer is AnswerError {
  return 'error' in answer
}

/** Why a question cannot be asked, as a complaint about the command line. */
export function refuseQuestion({ error }: AnswerError) {
  const { code, message, candidates = [] } = error
  const told = candidates.some((candidate) => message.includes(candidate))
  const meant = told ? '' : didYouMean(candidates.map(printable))
  return refuse(code, printable(message) + meant, candidates.length > 0 ? { candidates } : {})
}

/** On standard error for people; with `--json` also as an error object in place of the answer. */
function explain(complaint: Complaint | NetworkComplaint, given: Arguments, shell: Shell): number {
  if (isGiven(given, 'json')) {
    const { details: _lines, ...error } = complaint
    shell.stdout.write(`${JSON.stringify({ kind: answerFormat, error }, undefined, 2)}\n`)
  }
  return printComplaint(complaint, 'hopwise diagnose', shell)
}

function detailOf(given: Arguments): Detail {
  if (isGiven(given, 'trace')) return 'trace'
  return isGiven(given, 'wide') ? 'wide' : 'short'
}
