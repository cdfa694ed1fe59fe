import type { ReadNote } from '#dialects'

import { listProblems } from './loading/explain-problems.ts'
import type { LoadedNetwork } from './loading/load-network.ts'
import { printable } from './printable.ts'
import type { Shell } from './shell.ts'

/** How many kinds of remarks are printed before the rest is only counted. */
const mostGroups = 20

/** Says on standard error what the readers of a network remarked, remarks of one kind on one line. */
export function printNotes(
  path: string,
  { notes, warnings }: Pick<LoadedNetwork, 'notes' | 'warnings'>,
  { stderr }: Pick<Shell, 'stderr'>,
  least: ReadNote['severity'] = 'warning',
): void {
  const groups = groupNotes(notes).filter(([{ severity }]) => rank[severity] <= rank[least])
  const lines = groups.slice(0, mostGroups).map(sayGroup)
  const left = groups.length - lines.length
  if (left > 0) lines.push(`and ${left} more kinds of remarks`)
  for (const line of [
    ...lines,
    ...listProblems(path, warnings).map((text) => `warning: ${text}`),
  ]) {
    stderr.write(`hopwise: ${line}\n`)
  }
}

const rank = { error: 0, warning: 1, info: 2 } as const satisfies Record<
  ReadNote['severity'],
  number
>

type Group = readonly [ReadNote, ...ReadNote[]]

function groupNotes(notes: readonly ReadNote[]): readonly Group[] {
  const groups = new Map<string, [ReadNote, ...ReadNote[]]>()
  for (const note of notes) {
    const group = groups.get(`${note.severity} ${note.code}`)
    if (group) group.push(note)
    else groups.set(`${note.severity} ${note.code}`, [note])
  }
  return [...groups.values()].sort(([a], [b]) => rank[a.severity] - rank[b.severity])
}

/** `warning: pages/2.json, /VSwitches: Page 3 is missing. (and 4 more like it, vswitch.page-missing)` */
function sayGroup([first, ...others]: Group): string {
  const { severity, file, pointer, message, code } = first
  const place = pointer === '' ? file : `${file}, ${pointer}`
  const more = others.length === 0 ? code : `${code}, and ${others.length} more like it`
  return printable(`${severity}: ${place}: ${message} (${more})`)
}
