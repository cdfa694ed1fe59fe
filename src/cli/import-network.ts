import { clouds } from '#dialects'
import type { Cloud } from '#dialects'

import { isGiven, optionText } from './command.ts'
import type { Arguments } from './command.ts'
import { accept, refuse } from './complaint.ts'
import type { Outcome } from './complaint.ts'
import { exitCodes } from './exit-code.ts'
import { loadNetwork } from './loading/load-network.ts'
import type { LoadedNetwork } from './loading/load-network.ts'
import { printComplaint } from './print-complaint.ts'
import { printNotes } from './print-notes.ts'
import { printable } from './printable.ts'
import { openProgress } from './progress.ts'
import type { Shell } from './shell.ts'
import { checkTarget, writeAtomically } from './write-atomically.ts'
import { networkText } from './write-network.ts'

/** `hopwise import`: a cloud's own JSON, made one network file. */
export async function importNetwork(given: Arguments, shell: Shell): Promise<number> {
  const written = await importAndWrite(given, shell)
  if (!written.ok) return printComplaint(written.complaint, 'hopwise import', shell)
  return exitCodes.done
}

async function importAndWrite(given: Arguments, shell: Shell): Promise<Outcome<void>> {
  const out = optionText(given, 'out') ?? ''
  const force = isGiven(given, 'force')
  const provider = given.operands[0]
  const cloud = clouds.find((each) => each === provider)
  if (cloud === undefined) return notYet(provider)
  if (out === '') return refuse('usage.bad-value', '--out needs a file name, or - to print.')
  const target = out === '-' ? accept(out) : await checkTarget(out, force)
  if (!target.ok) return target
  const loaded = await load(cloud, optionText(given, 'dir') ?? '', shell)
  if (!loaded.ok) return loaded
  if (out === '-') return print(loaded.value, shell)
  const written = await writeAtomically(out, networkText(loaded.value.network), { force })
  if (written.ok)
    shell.stderr.write(`hopwise: wrote ${printable(out)}: ${countText(loaded.value)}\n`)
  return written
}

function notYet(provider: string): Outcome<never> {
  const message = `importing from ${provider} is not in this release; from ${clouds.join(', ')} it is.`
  return refuse('import.not-in-this-release', message)
}

async function load(cloud: Cloud, dir: string, shell: Shell): Promise<Outcome<LoadedNetwork>> {
  const progress = openProgress(shell)
  try {
    const loaded = await loadNetwork(dir, progress)
    if (!loaded.ok) return loaded
    progress.end()
    const { source } = loaded.value
    if (source === 'hopwise') return alreadyThere(dir)
    if (source !== cloud) return otherCloud(dir, source)
    printNotes(dir, loaded.value, shell, 'info')
    return loaded
  } finally {
    progress.end()
  }
}

function otherCloud(dir: string, source: Cloud): Outcome<never> {
  const message = `${printable(dir)} holds JSON of another cloud; use hopwise import ${source}.`
  return refuse('import.other-cloud', message)
}

function alreadyThere(dir: string): Outcome<never> {
  const message = `${printable(dir)} is a Hopwise network file already; name it with --network.`
  return refuse('import.already-hopwise', message)
}

async function print({ network }: LoadedNetwork, { stdout }: Shell): Promise<Outcome<void>> {
  for (const piece of networkText(network)) {
    if (!stdout.write(piece)) await stdout.drained()
    if (stdout.closed()) break
  }
  return accept(undefined)
}

/** `2 vpc, 4 subnet, … and 3 gaps`: what the file holds. */
function countText({ network }: LoadedNetwork): string {
  const counts = Object.entries(network).flatMap(([kind, items]) =>
    Array.isArray(items) && items.length > 0 ? [`${items.length} ${kind}`] : [],
  )
  return counts.length === 0 ? 'nothing in it' : counts.join(', ')
}
