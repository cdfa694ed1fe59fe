import { rmSync } from 'node:fs'

import { endLab, filesOf, livingHost } from '#lab'

import { findInhabitants } from './find-inhabitants.ts'

/** What came of ending a lab. */
export type Ended =
  | { readonly kind: 'none' }
  /** `inhabitants`: programs that still ran inside, such as shells. */
  | { readonly kind: 'ended'; readonly inhabitants: number }
  | { readonly kind: 'stuck'; readonly why: string }

/** Ends a lab and, by pid, whatever still runs in its namespaces; removes its files. */
export async function emptyLab(name: string): Promise<Ended> {
  const host = livingHost(name)
  const inhabitants = host ? findInhabitants(host.pid) : []
  for (const pid of inhabitants) tell(pid, 'SIGHUP')
  try {
    const ended = await endLab(name)
    for (const pid of inhabitants) tell(pid, 'SIGKILL')
    return ended ? { kind: 'ended', inhabitants: inhabitants.length } : { kind: 'none' }
  } catch (error) {
    return { kind: 'stuck', why: error instanceof Error ? error.message : String(error) }
  }
}

/** Ends a lab at once; the kernel takes its namespaces away in the background. */
export function endNow(name: string): void {
  const host = livingHost(name)
  if (host) tell(host.pid, 'SIGKILL')
  rmSync(filesOf(name).folder, { recursive: true, force: true })
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended by itself.
  }
}
