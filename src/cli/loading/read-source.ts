import { documentsFromText, recognise } from '#dialects'
import type { ReadNote, SourceDocument } from '#dialects'

import { accept, refuse } from '../complaint.ts'
import type { Outcome } from '../complaint.ts'
import { printable } from '../printable.ts'
import type { Progress } from '../progress.ts'
import { locateJsonError } from './locate-json-error.ts'
import { notJson, parseJson } from './parse-json.ts'
import { readText } from './read-text.ts'

/** What one file, or all files of a folder, turned out to be. */
export type Source = HopwiseSource | ForeignSource

export interface HopwiseSource {
  readonly kind: 'hopwise'
  readonly file: string
  readonly text: string
  readonly json: unknown
}

/** JSON of a cloud, or of none that is known. */
export interface ForeignSource {
  readonly kind: 'foreign'
  readonly documents: readonly SourceDocument[]
  readonly notes: readonly ReadNote[]
}

/** Reads one file and tells by its content what it is. */
export async function readSource(
  path: string,
  allowance: number,
  progress: Progress,
): Promise<Outcome<Source>> {
  progress.report(`reading ${path}…`)
  const text = await readText(path, allowance)
  if (!text.ok) return text
  progress.report(`parsing ${path} (${(text.value.length / 1_000_000).toFixed(0)} MB)…`)
  return classify(path, text.value)
}

/** What a text is; `file` is only named. */
export function classify(file: string, text: string): Outcome<Source> {
  if (text.trim() === '')
    return refuse('input.empty', `cannot read ${printable(file)}: it is empty; ${expectation}.`)
  // Only a hint that spares cloud exports a second parse; the decision is `recognise`'s.
  const hinted = text.includes('hopwise.network')
  const whole = hinted ? parseJson(file, text) : undefined
  if (whole?.ok && recognise(whole.value) === 'hopwise') {
    return accept({ kind: 'hopwise', file, text, json: whole.value })
  }
  const { documents, notes } = documentsFromText(file, text)
  // Half a file would be half a network, and a missing fact must not look like an absent one.
  if (notes.some(({ code }) => code === 'text.not-json')) return notReadable(file, text)
  return accept({ kind: 'foreign', documents, notes })
}

/** Refused by the dialect: not JSON, or JSON that begins with neither an object nor a list. */
function notReadable(file: string, text: string): Outcome<never> {
  const fault = locateJsonError(text, 'several')
  return fault === undefined ? notRecognised(file, 1) : notJson(file, fault)
}

/** What should have been there. */
export const expectation =
  'expected a Hopwise network file ({"kind": "hopwise.network/v1", …}) or answers of cloud calls such as DescribeInstances (Alibaba Cloud), describe-instances (AWS) or az vm list (Azure)'

/** The complaint about JSON that is neither. */
export function notRecognised(path: string, values: number): Outcome<never> {
  const what = values === 1 ? 'it is JSON' : `it holds ${values} JSON values`
  const message = `cannot use ${printable(path)}: ${what}, but no network; ${expectation}.`
  return refuse('network.not-recognised', message)
}
