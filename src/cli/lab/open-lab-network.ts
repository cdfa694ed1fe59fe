import type { Network } from '#model'

import { accept } from '../complaint.ts'
import { loadNetwork } from '../loading/load-network.ts'
import type { Loaded } from '../loading/load-network.ts'
import { printNotes } from '../print-notes.ts'
import type { Progress } from '../progress.ts'
import type { Shell } from '../shell.ts'
import { networkText } from '../write-network.ts'

/** A network that is to be made real. */
export interface LabNetwork {
  readonly network: Network
  /** Its text as a network file: equal for equal networks. */
  readonly text: string
}

/** Loads what NET names; remarks about it go to standard error. */
export async function openLabNetwork(path: string, shell: Shell, progress: Progress) {
  const loaded: Loaded = await loadNetwork(path, progress)
  if (!loaded.ok) return loaded
  progress.end()
  printNotes(path, loaded.value, shell)
  return accept(asLabNetwork(loaded.value.network))
}

export function asLabNetwork(network: Network): LabNetwork {
  return { network, text: [...networkText(network)].join('') }
}
