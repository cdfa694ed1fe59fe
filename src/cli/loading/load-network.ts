import { clouds, readAlibaba, readAws, readAzure, recognise } from '#dialects'
import type { Cloud, ReadNote, ReadResult, SourceDocument } from '#dialects'
import { parseNetwork } from '#model'
import type { Network, Problem } from '#model'

import { accept, refuse } from '../complaint.ts'
import type { Complaint, Outcome } from '../complaint.ts'
import { printable } from '../printable.ts'
import type { Progress } from '../progress.ts'
import { explainProblems, placeProblems } from './explain-problems.ts'
import type { NetworkComplaint, PlacedProblem } from './explain-problems.ts'
import { readFolder } from './read-folder.ts'
import { notRecognised, readSource } from './read-source.ts'
import type { ForeignSource, HopwiseSource } from './read-source.ts'
import { mostBytes, statPath } from './read-text.ts'

/** A network, and what its readers had to remark. */
export interface LoadedNetwork {
  readonly source: 'hopwise' | Cloud
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
 * Loads what `--network` names: a Hopwise file, or a file or folder of a cloud's own JSON. What a
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
  return read.value.kind === 'hopwise' ? useHopwise(read.value) : useForeign(path, read.value)
}

function notManaged(name: string): Outcome<never> {
  const message = `cannot use managed:${printable(name)}: managed networks are not in this release. Name a Hopwise network file, or a file or folder of a cloud's own JSON.`
  return refuse('network.not-in-this-release', message)
}

function useHopwise({ file, text, json }: HopwiseSource): Loaded {
  const parsed = parseNetwork(json)
  if (!parsed.ok) return { ok: false, complaint: explainProblems(file, text, parsed.problems) }
  const warnings = placeProblems(text, parsed.problems.filter(isWarning))
  return accept({ source: 'hopwise', network: parsed.network, notes: [], warnings })
}

function isWarning({ severity }: Problem): boolean {
  return severity === 'warning'
}

/** The reader of each cloud's JSON. */
const readers: Readonly<Record<Cloud, (documents: readonly SourceDocument[]) => ReadResult>> = {
  alibaba: readAlibaba,
  aws: readAws,
  azure: readAzure,
}

function useForeign(path: string, { documents, notes }: ForeignSource): Loaded {
  const found = cloudsIn(documents)
  const [cloud] = found
  if (cloud === undefined) return notRecognised(path, documents.length)
  if (found.length > 1) return severalClouds(path, found)
  const read = readers[cloud](documents)
  // What a dialect makes must pass the door that its written form will have to pass.
  const parsed = parseNetwork(read.network)
  if (!parsed.ok) {
    const complaint = explainProblems(`the network in ${path}`, undefined, parsed.problems)
    return { ok: false, complaint }
  }
  const { network } = read
  return accept({ source: cloud, network, notes: [...notes, ...read.notes], warnings: [] })
}

function cloudsIn(documents: readonly SourceDocument[]): readonly Cloud[] {
  const kinds = new Set(documents.map(({ json }) => recognise(json)))
  return clouds.filter((cloud) => kinds.has(cloud))
}

const names: Readonly<Record<Cloud, string>> = {
  alibaba: 'Alibaba Cloud',
  aws: 'AWS',
  azure: 'Azure',
}

function severalClouds(path: string, found: readonly Cloud[]): Outcome<never> {
  const all = found.map((cloud) => names[cloud]).join(' and of ')
  const message = `cannot use ${printable(path)}: it holds JSON of ${all}. Name one network.`
  return refuse('network.several', message)
}
