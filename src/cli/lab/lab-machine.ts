import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { filesOf, joinLab, keepFiles, labNames, livingHost, startLab, sweep } from '#lab'
import type { Lab } from '#lab'

import { emptyLab, endNow } from './end-lab.ts'
import type { Ended } from './end-lab.ts'
import type { KeptLab, LabLabel } from './kept-lab.ts'
import { parseKeptLab, parseLabel } from './parse-kept-lab.ts'
import { runInside, type Visit } from './run-inside.ts'

/** The machine that labs stand on. Tests put their own in its place. */
export interface LabMachine {
  /** Starts an empty lab. Rejects with what the machine says against it. */
  readonly start: (name: string) => Promise<Lab>
  readonly join: (name: string) => Promise<Lab>
  readonly isUp: (name: string) => boolean
  /** Names of the labs that are up. */
  readonly names: () => readonly string[]
  /** Clears away what killed runs have left; returns the names they had. */
  readonly sweep: () => readonly string[]
  readonly keep: (name: string, kept: KeptLab) => void
  /** Undefined: nothing was kept, as while it is still being built. */
  readonly kept: (name: string) => KeptLab | undefined
  readonly label: (name: string) => LabLabel | undefined
  readonly end: (name: string) => Promise<Ended>
  /** The same without waiting, for the moment before a signal ends this process. */
  readonly endNow: (name: string) => void
  /** Runs a program inside; returns its exit code. */
  readonly visit: (visit: Visit) => Promise<number>
}

/** This machine. */
export const thisMachine: LabMachine = {
  start: startLab,
  join: joinLab,
  isUp: (name) => livingHost(name) !== undefined,
  names: () => labNames().filter((name) => livingHost(name)),
  sweep,
  keep(name, { label, plan, network, names }) {
    keepFiles(name, plan, network)
    writeFileSync(namesFile(name), JSON.stringify(names))
    // Last: whoever finds the label finds the rest as well.
    writeFileSync(labelFile(name), JSON.stringify(label))
  },
  kept(name) {
    const { plan, network } = filesOf(name)
    return parseKeptLab({
      label: readIfThere(labelFile(name)),
      plan: readIfThere(plan),
      network: readIfThere(network),
      names: readIfThere(namesFile(name)),
    })
  },
  label: (name) => parseLabel(readIfThere(labelFile(name))),
  end: emptyLab,
  endNow,
  visit: runInside,
}

/** Beside the plan: it goes with the lab that it is about. */
function labelFile(name: string): string {
  return join(dirname(filesOf(name).plan), 'label.json')
}

function namesFile(name: string): string {
  return join(dirname(filesOf(name).plan), 'names.json')
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
