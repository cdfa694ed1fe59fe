import { alibabaDocumentsFromText, readAlibaba, recognise } from '#dialects'
import type { ReadNote, SourceDocument } from '#dialects'
import { parseNetwork } from '#model'
import type { Network, Problem } from '#model'

import { accept, refuse } from '../complaint.ts'
import type { Complaint, Outcome } from '../complaint.ts'
import { printable } from '../printable.ts'
import type { Progress } from '../progress.ts'
import { explainProblems, placeProblems } from './explain-problems.ts'
import type { NetworkComplaint, PlacedProblem } from './explain-problems.ts'
import { listFiles } from './list-files.ts'
import { locateJsonError } from './locate-json-error.ts'
import { notJson, parseJson } from './parse-json.ts'
import { mostBytes, readText, statPath } from './read-text.ts'

/** A network, and what its readers had to remark. */
export interface LoadedNetwork {
  readonly source: 'hopwise' | 'alibaba'
  readonly network: Network
  /** Remarks about a cloud's own JSON. */
  readonly notes: readonly ReadNote[]
  /** Warnings about a Hopwise file. */
  readonly warnings: readonly PlacedProblem[]
}

/** A network, or why there is none; `problems` when it is a Hopwise file with errors. */
export type Loaded =
  | { readonly ok: true; readonly value: LoadedNetwork }
  | { readonly ok: false; readonly complaint: Complaint | NetworkComplaint }

/**
 * Loads what `--network` names: a Hopwise file, or a file or folder of Alibaba Cloud JSON. What a
 * file is, its content says, not its name.
 */
export async function loadNetwork(path: string, progress: Progress): Promise<Loaded> {
  const managed = /^managed:(.*)$/s.exec(path)
  if (managed) return notManaged(managed[1])
  const found = await statPath(path)
  if (!found.ok) return found
  const read = found.value.isDirectory()
    ? await readFolder(path, progress)
    : await readSource(path, mostBytes, progress)
  if (!read.ok) return read
  progress.report('building the network…')
  return read.value.kind === 'hopwise' ? useHopwise(read.value) : useAlibaba(path, read.value)
}

/** What one file, or all files of a folder, turned out to be. */
type Source = HopwiseSource | AlibabaSource

interface HopwiseSource {
  readonly kind: 'hopwise'
  readonly file: string
  readonly text: string
  readonly json: unknown
}

interface AlibabaSource {
  readonly kind: 'alibaba'
  readonly documents: readonly SourceDocument[]
  readonly notes: readonly ReadNote[]
}

function notManaged(name: string): Outcome<never> {
  const message = `cannot use managed:${printable(name)}: managed networks are not in this release. Name a Hopwise network file, or a file or folder of Alibaba Cloud JSON.`
  return refuse('network.not-in-this-release', message)
}

async function readSource(
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

function classify(file: string, text: string): Outcome<Source> {
  if (text.trim() === '')
    return refuse('input.empty', `cannot read ${printable(file)}: it is empty; ${expectation}.`)
  // Only a hint that spares cloud exports a second parse; the decision is `recognise`'s.
  const hinted = text.includes('hopwise.network')
  const whole = hinted ? parseJson(file, text) : undefined
  if (whole?.ok && recognise(whole.value) === 'hopwise') {
    return accept({ kind: 'hopwise', file, text, json: whole.value })
  }
  const { documents, notes } = alibabaDocumentsFromText(file, text)
  // Half a file would be half a network, and a missing fact must not look like an absent one.
  if (notes.some(({ code }) => code === 'text.not-json')) return notReadable(file, text)
  return accept({ kind: 'alibaba', documents, notes })
}

/** Refused by the dialect: not JSON, or JSON that begins with neither an object nor a list. */
function notReadable(file: string, text: string): Outcome<never> {
  const fault = locateJsonError(text, 'several')
  return fault === undefined ? notRecognised(file, 1) : notJson(file, fault)
}

const expectation =
  'expected a Hopwise network file ({"kind": "hopwise.network/v1", …}) or answers of Alibaba Cloud calls such as DescribeInstances'

function useHopwise({ file, text, json }: HopwiseSource): Loaded {
  const parsed = parseNetwork(json)
  if (!parsed.ok) return { ok: false, complaint: explainProblems(file, text, parsed.problems) }
  const warnings = placeProblems(text, parsed.problems.filter(isWarning))
  return accept({ source: 'hopwise', network: parsed.network, notes: [], warnings })
}

function isWarning({ severity }: Problem): boolean {
  return severity === 'warning'
}

function useAlibaba(path: string, { documents, notes }: AlibabaSource): Loaded {
  if (!documents.some(({ json }) => recognise(json) === 'alibaba'))
    return notRecognised(path, documents.length)
  const read = readAlibaba(documents)
  // What a dialect makes must pass the door that its written form will have to pass.
  const parsed = parseNetwork(read.network)
  if (!parsed.ok) return { ok: false, complaint: explainProblems(path, '', parsed.problems) }
  const { network } = read
  return accept({ source: 'alibaba', network, notes: [...notes, ...read.notes], warnings: [] })
}

function notRecognised(path: string, values: number): Outcome<never> {
  const what = values === 1 ? 'it is JSON' : `it holds ${values} JSON values`
  const message = `cannot use ${printable(path)}: ${what}, but no network; ${expectation}.`
  return refuse('network.not-recognised', message)
}

async function readFolder(path: string, progress: Progress): Promise<Outcome<Source>> {
  const listing = await listFiles(path)
  if (!listing.ok) return listing
  const { files, skipped } = listing.value
  if (files.length === 0) {
    const message = `cannot use ${printable(path)}: it holds no *.json or *.jsonl file; ${expectation}.`
    return refuse('network.not-recognised', message)
  }
  const sources = await readFiles(files, progress)
  if (!sources.ok) return sources
  const notes = skipped.map(({ path: file, why }) => skippedNote(file, why))
  return combine(path, sources.value, notes)
}

async function readFiles(files: readonly string[], progress: Progress): Promise<Outcome<Source[]>> {
  const sources: Source[] = []
  let allowance = mostBytes
  for (const [index, file] of files.entries()) {
    progress.report(`reading file ${index + 1} of ${files.length}: ${file}`)
    const text = await readText(file, allowance)
    if (!text.ok) return text
    allowance -= text.value.length
    const source = classify(file, text.value)
    if (!source.ok) return source
    sources.push(source.value)
  }
  return accept(sources)
}

function combine(
  path: string,
  sources: readonly Source[],
  notes: readonly ReadNote[],
): Outcome<Source> {
  const hopwise = sources.filter((source) => source.kind === 'hopwise')
  const alibaba = sources.filter((source) => source.kind === 'alibaba')
  const documents = alibaba.flatMap((source) => source.documents)
  const foreign = documents.some(({ json }) => recognise(json) === 'alibaba')
  if (hopwise.length === 1 && !foreign) return accept(hopwise[0])
  if (hopwise.length > 0) return severalNetworks(path, hopwise, foreign)
  return accept({
    kind: 'alibaba',
    documents,
    notes: [...notes, ...alibaba.flatMap((source) => source.notes)],
  })
}

function severalNetworks(
  path: string,
  hopwise: readonly HopwiseSource[],
  foreign: boolean,
): Outcome<never> {
  const candidates = hopwise.map(({ file }) => file)
  const others = foreign ? ' beside Alibaba Cloud JSON' : ''
  const files = candidates.slice(0, 3).map(printable).join(', ')
  const count =
    candidates.length === 1
      ? 'a Hopwise network file'
      : `${candidates.length} Hopwise network files`
  const message = `cannot use ${printable(path)}: it holds ${count}${others} (${files}${candidates.length > 3 ? ', …' : ''}). Name one network.`
  return refuse('network.several', message, { candidates })
}

function skippedNote(file: string, why: string): ReadNote {
  return {
    severity: 'warning',
    file,
    pointer: '',
    code: 'folder.unreadable',
    message: `Not read: ${why}.`,
  }
}
