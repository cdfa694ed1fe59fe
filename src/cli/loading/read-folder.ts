import { recognise } from '#dialects'
import type { ReadNote } from '#dialects'

import { accept, refuse } from '../complaint.ts'
import type { Outcome } from '../complaint.ts'
import { printable } from '../printable.ts'
import type { Progress } from '../progress.ts'
import { listFiles } from './list-files.ts'
import { classify, expectation } from './read-source.ts'
import type { HopwiseSource, Source } from './read-source.ts'
import { mostBytes, readText } from './read-text.ts'

/** Reads every JSON file below a folder: together they are one network. */
export async function readFolder(path: string, progress: Progress): Promise<Outcome<Source>> {
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
  const foreignSources = sources.filter((source) => source.kind === 'foreign')
  const documents = foreignSources.flatMap((source) => source.documents)
  const foreign = documents.some(({ json }) => recognise(json) !== undefined)
  if (hopwise.length === 1 && !foreign) return accept(hopwise[0])
  if (hopwise.length > 0) return severalNetworks(path, hopwise, foreign)
  return accept({
    kind: 'foreign',
    documents,
    notes: [...notes, ...foreignSources.flatMap((source) => source.notes)],
  })
}

function severalNetworks(
  path: string,
  hopwise: readonly HopwiseSource[],
  foreign: boolean,
): Outcome<never> {
  const candidates = hopwise.map(({ file }) => file)
  const others = foreign ? " beside a cloud's own JSON" : ''
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
