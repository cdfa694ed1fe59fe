import { unlinkSync } from 'node:fs'
import { link, lstat, open, realpath, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { accept, refuse } from './complaint.ts'
import type { Outcome } from './complaint.ts'
import { printable } from './printable.ts'
import { systemErrorCode, systemErrorText } from './loading/system-error.ts'

/**
 * Writes a file so that nobody ever sees half of it: beside its place, then moved there. An
 * existing file is replaced only with `force`; a signal meanwhile leaves nothing behind.
 */
export async function writeAtomically(
  path: string,
  chunks: Iterable<string>,
  { force }: { readonly force: boolean },
): Promise<Outcome<void>> {
  try {
    const target = await checkTarget(path, force)
    if (!target.ok) return target
    await writeBeside(target.value, chunks, force)
    return accept(undefined)
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return exists(path)
    const why = systemErrorText(error)
    if (why === undefined) throw error
    return refuse('output.unwritable', `cannot write ${printable(path)}: ${why}.`)
  }
}

/** Looks before the long work begins whether a file may be written there; says where that really is. */
export async function checkTarget(path: string, force: boolean): Promise<Outcome<string>> {
  if (path.includes('\0')) return unwritable(path, 'the name holds a NUL character')
  try {
    const found = await lstat(path)
    if (!force && !found.isDirectory()) return exists(path)
    // Through a link the file behind it is replaced, as every editor does.
    const target = found.isSymbolicLink() ? await realpath(path) : path
    const kind = await stat(target)
    if (kind.isDirectory()) return unwritable(path, 'it is a folder; name a file in it')
    return kind.isFile()
      ? accept(target)
      : unwritable(path, 'it is no regular file; use - to print')
  } catch (error) {
    const why = systemErrorText(error)
    if (why === undefined) throw error
    if (systemErrorCode(error) !== 'ENOENT') return unwritable(path, why)
    return folderExists(path)
  }
}

async function folderExists(path: string): Promise<Outcome<string>> {
  try {
    await stat(dirname(path))
    return accept(path)
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error
    return unwritable(path, `there is no folder ${dirname(path)}`)
  }
}

async function writeBeside(
  target: string,
  chunks: Iterable<string>,
  force: boolean,
): Promise<void> {
  const beside = join(dirname(target), `.${basename(target).slice(0, 200)}.${process.pid}.partial`)
  const forget = removeOnSignal(beside)
  try {
    await writeAll(beside, chunks)
    await putInPlace(beside, target, force)
  } catch (error) {
    await unlink(beside).catch(() => {})
    throw error
  } finally {
    forget()
  }
}

async function writeAll(path: string, chunks: Iterable<string>): Promise<void> {
  const file = await open(path, 'w')
  try {
    for (const chunk of chunks) await file.write(chunk)
    // Without this a crash of the machine could leave the new name on empty content.
    await file.sync()
  } finally {
    await file.close()
  }
}

/** `link` refuses to replace, also a file that has appeared since it was looked for. */
async function putInPlace(beside: string, target: string, force: boolean): Promise<void> {
  if (force) return rename(beside, target)
  try {
    await link(beside, target)
  } catch (error) {
    // Some file systems have no hard links.
    if (
      !['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(systemErrorCode(error) ?? '')
    )
      throw error
    return rename(beside, target)
  }
  await unlink(beside)
}

/** Takes the partial file away before a signal ends the process; returns how to stop that. */
function removeOnSignal(path: string): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const end = (signal: NodeJS.Signals) => {
    try {
      unlinkSync(path)
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error
    }
    forget()
    process.kill(process.pid, signal)
  }
  const forget = () => {
    for (const signal of signals) process.off(signal, end)
  }
  for (const signal of signals) process.on(signal, end)
  return forget
}

function exists(path: string): Outcome<never> {
  return refuse(
    'output.exists',
    `cannot write ${printable(path)}: it exists already. Add --force to replace it.`,
  )
}

function unwritable(path: string, why: string): Outcome<never> {
  return refuse('output.unwritable', `cannot write ${printable(path)}: ${printable(why)}.`)
}
