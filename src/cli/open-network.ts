import { createAnalyzer } from '#analyzer'
import type { Analyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import type { Fabric } from '#fabric'

import { accept } from './complaint.ts'
import type { Complaint } from './complaint.ts'
import type { NetworkComplaint } from './loading/explain-problems.ts'
import { loadNetwork } from './loading/load-network.ts'
import { unjudgedClouds } from './loading/unjudged-clouds.ts'
import { printNotes } from './print-notes.ts'
import { openProgress } from './progress.ts'
import type { Shell } from './shell.ts'

/** What was made of the network that `--network` names; or why there is none. */
export type Opened<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly complaint: Complaint | NetworkComplaint }

/** Loads and compiles a network, and makes analyzers of it. */
export async function openNetwork(path: string, shell: Shell): Promise<Opened<() => Analyzer>> {
  const opened = await openFabric(path, shell)
  return opened.ok ? accept(() => createAnalyzer(opened.value)) : opened
}

/** Loads and compiles a network; remarks about it go to standard error. */
export async function openFabric(path: string, shell: Shell): Promise<Opened<Fabric>> {
  const progress = openProgress(shell)
  try {
    const loaded = await loadNetwork(path, progress)
    if (!loaded.ok) return loaded
    const unjudged = unjudgedClouds(path, loaded.value.network)
    if (unjudged) return unjudged
    progress.report('compiling the network…')
    const fabric = compileFabric(loaded.value.network)
    progress.end()
    printNotes(path, loaded.value, shell)
    return accept(fabric)
  } finally {
    progress.end()
  }
}
