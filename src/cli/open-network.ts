import { createAnalyzer } from '#analyzer'
import type { Analyzer } from '#analyzer'
import { compileFabric, providersOf } from '#fabric'
import type { Fabric } from '#fabric'

import type { Network } from '#model'

import { accept, refuse } from './complaint.ts'
import type { Complaint } from './complaint.ts'
import type { NetworkComplaint } from './loading/explain-problems.ts'
import { loadNetwork } from './loading/load-network.ts'
import { printable } from './printable.ts'
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
    const foreign = foreignClouds(path, loaded.value.network)
    if (foreign) return foreign
    progress.report('compiling the network…')
    const fabric = compileFabric(loaded.value.network)
    progress.end()
    printNotes(path, loaded.value, shell)
    return accept(fabric)
  } finally {
    progress.end()
  }
}

/** A cloud that nobody has written down would be answered for as if it were another one. */
function foreignClouds(path: string, network: Network): Opened<never> | undefined {
  const clouds = providersOf(network)
  const code = 'network.not-in-this-release'
  if (clouds.length > 1) {
    const message = `${printable(path)} holds resources of ${clouds.join(' and ')}; this release answers for one cloud at a time. Keep a file for each.`
    return refuse(code, message)
  }
  if (!clouds.includes('azure')) return undefined
  return refuse(
    code,
    `${printable(path)} is an Azure network, which this release cannot judge yet.`,
  )
}
