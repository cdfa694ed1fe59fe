import { opendir, realpath, stat } from 'node:fs/promises'
import type { Dirent } from 'node:fs'
import { join } from 'node:path'

import { accept, refuse } from '../complaint.ts'
import type { Outcome } from '../complaint.ts'
import { printable } from '../printable.ts'
import { systemErrorText } from './system-error.ts'

/** What a folder holds for us. */
export interface Listing {
  /** Paths of regular files named `*.json` or `*.jsonl`, sorted, so that each run reads alike. */
  readonly files: readonly string[]
  /** Folders and links that could not be looked into, with the reason. */
  readonly skipped: readonly { readonly path: string; readonly why: string }[]
}

/** Enough for every account seen so far; `/` as a network is a slip, not an input. */
export const mostEntries = 200_000

/**
 * Lists the JSON files below a folder. Symbolic links are followed, each real folder once, so a
 * link that points upwards ends. Hidden folders and `node_modules` are passed over.
 */
export async function listFiles(root: string): Promise<Outcome<Listing>> {
  const walk: Walk = { files: [], skipped: [], visited: new Set(), waiting: [root], entries: 0 }
  for (;;) {
    const folder = walk.waiting.pop()
    if (folder === undefined) break
    await visitFolder(walk, folder)
    if (walk.entries > mostEntries) return tooMany(root)
  }
  walk.files.sort(byCodeUnit)
  return accept(walk)
}

interface Walk extends Listing {
  readonly files: string[]
  readonly skipped: { path: string; why: string }[]
  readonly visited: Set<string>
  readonly waiting: string[]
  entries: number
}

async function visitFolder(walk: Walk, folder: string): Promise<void> {
  try {
    const real = await realpath(folder)
    if (walk.visited.has(real)) return
    walk.visited.add(real)
    // Sorted, because of two ways to one folder the first is taken.
    for (const entry of (await readEntries(walk, folder)).sort(byName))
      await visitEntry(walk, folder, entry)
  } catch (error) {
    const why = systemErrorText(error)
    if (why === undefined) throw error
    walk.skipped.push({ path: folder, why })
  }
}

async function readEntries(walk: Walk, folder: string): Promise<Dirent[]> {
  const entries: Dirent[] = []
  for await (const entry of await opendir(folder)) {
    walk.entries += 1
    if (walk.entries > mostEntries) break
    entries.push(entry)
  }
  return entries
}

async function visitEntry(walk: Walk, folder: string, entry: Dirent): Promise<void> {
  const path = join(folder, entry.name)
  const kind = entry.isSymbolicLink() ? await kindBehind(walk, path) : kindOf(entry)
  if (kind === 'file' && /\.jsonl?$/i.test(entry.name)) walk.files.push(path)
  if (kind === 'folder' && !/^(?:\..*|node_modules)$/.test(entry.name)) walk.waiting.push(path)
}

async function kindBehind(walk: Walk, path: string): Promise<Kind> {
  try {
    return kindOf(await stat(path))
  } catch (error) {
    const why = systemErrorText(error)
    if (why === undefined) throw error
    walk.skipped.push({ path, why })
    return 'other'
  }
}

type Kind = 'file' | 'folder' | 'other'

/** Pipes, sockets and devices are never opened: reading one may wait for ever. */
function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory'>): Kind {
  if (entry.isFile()) return 'file'
  return entry.isDirectory() ? 'folder' : 'other'
}

function byName(a: Dirent, b: Dirent): number {
  return byCodeUnit(b.name, a.name)
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function tooMany(root: string): Outcome<never> {
  const message = `cannot read ${printable(root)}: it holds more than ${mostEntries.toLocaleString('en')} files and folders. Name the folder that holds the exported JSON.`
  return refuse('input.too-many-files', message)
}
