import { isAscii, isUtf8 } from 'node:buffer'
import type { Stats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'

import { nearest } from '#model'

import { accept, didYouMean, refuse } from '../complaint.ts'
import type { Outcome } from '../complaint.ts'
import { printable } from '../printable.ts'
import { findBadUtf8 } from './find-bad-utf8.ts'
import { deepestNesting, findDeepNesting } from './nesting.ts'
import { readBytes } from './read-bytes.ts'
import { systemErrorCode, systemErrorText } from './system-error.ts'

/**
 * The most bytes that are read from one input, a file or a folder in all: 512 MB. Also keeps every
 * text shorter than the longest string of Node 20 (2^29 - 24 characters).
 */
export const mostBytes = 512_000_000

/** What a path is, or why that cannot be told. */
export async function statPath(path: string): Promise<Outcome<Stats>> {
  if (path.includes('\0')) return unreadable(path, 'the name holds a NUL character')
  try {
    return accept(await stat(path))
  } catch (error) {
    const text = systemErrorText(error)
    if (text === undefined) throw error
    const missing = systemErrorCode(error) === 'ENOENT'
    return unreadable(path, text, missing ? await neighbours(path) : [])
  }
}

/**
 * Reads a regular file of JSON as text: at most `allowance` bytes, UTF-8 with or without a byte
 * order mark, nested at most 200 deep. Whether it is JSON is not judged here.
 */
export async function readText(path: string, allowance = mostBytes): Promise<Outcome<string>> {
  const found = await statPath(path)
  if (!found.ok) return found
  if (found.value.isDirectory()) return unreadable(path, 'it is a folder, and a file was expected')
  if (!found.value.isFile()) return unreadable(path, notRegular(found.value))
  if (found.value.size > allowance) return tooLarge(path, found.value.size, allowance)
  try {
    const bytes = await readBytes(path, found.value.size, allowance)
    return bytes === undefined ? tooLarge(path, allowance, allowance) : decode(path, bytes)
  } catch (error) {
    const text = systemErrorText(error)
    if (text === undefined) throw error
    return unreadable(path, text)
  }
}

/** Text of JSON bytes; `path` is only named. */
export function decode(path: string, bytes: Buffer): Outcome<string> {
  const name = printable(path)
  const disguise = disguises.find(({ mark }) => bytes.subarray(0, mark.length).equals(mark))
  if (disguise) return refuse('input.encoding', `cannot read ${name}: ${disguise.says}.`)
  const deep = findDeepNesting(bytes)
  if (deep !== undefined) {
    const line = lineOf(bytes, deep)
    const message = `cannot read ${name}: line ${line} nests deeper than ${deepestNesting} levels; network data needs fewer than 20. Check that this is the right file.`
    return refuse('input.too-deep', message)
  }
  if (isAscii(bytes)) return accept(bytes.toString('latin1'))
  if (!isUtf8(bytes)) return notUtf8(name, bytes)
  return accept(bytes.toString('utf8', startsWithMark(bytes) ? byteOrderMark.length : 0))
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

function startsWithMark(bytes: Buffer): boolean {
  return bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark)
}

const disguises = [
  { mark: Buffer.from([0xff, 0xfe]), says: 'it is UTF-16; save it as UTF-8' },
  { mark: Buffer.from([0xfe, 0xff]), says: 'it is UTF-16; save it as UTF-8' },
  { mark: Buffer.from([0x1f, 0x8b]), says: 'it is compressed with gzip; unpack it first' },
  { mark: Buffer.from('PK\u0003\u0004'), says: 'it is a ZIP archive; unpack it first' },
] as const

function notUtf8(name: string, bytes: Buffer): Outcome<never> {
  const at = findBadUtf8(bytes) ?? 0
  const byte = bytes[at].toString(16).padStart(2, '0')
  const where = `byte 0x${byte} at offset ${at} (line ${lineOf(bytes, at)})`
  return refuse(
    'input.encoding',
    `cannot read ${name}: ${where} is not UTF-8. Save the file as UTF-8.`,
  )
}

function lineOf(bytes: Buffer, offset: number): number {
  let line = 1
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < offset; at = bytes.indexOf(0x0a, at + 1))
    line += 1
  return line
}

function tooLarge(path: string, size: number, allowance: number): Outcome<never> {
  const megabytes = Math.ceil(size / 1_000_000)
  const what =
    allowance < mostBytes
      ? 'it and the files before it hold more than 512 MB together'
      : `it is larger than 512 MB (${megabytes} MB)`
  const message = `cannot read ${printable(path)}: ${what}. Split the data, or check that this is the right input.`
  return refuse('input.too-large', message)
}

function notRegular(stats: Stats): string {
  if (stats.isFIFO()) return 'it is a pipe, and a file or folder was expected'
  if (stats.isSocket()) return 'it is a socket, and a file or folder was expected'
  return 'it is a device, and a file or folder was expected'
}

function unreadable(path: string, why: string, candidates: readonly string[] = []): Outcome<never> {
  const message = `cannot read ${printable(path)}: ${why}.${didYouMean(candidates.map(printable))}`
  return refuse('input.unreadable', message, candidates.length > 0 ? { candidates } : {})
}

async function neighbours(path: string): Promise<readonly string[]> {
  const folder = dirname(path)
  try {
    const names = await readdir(folder)
    const prefix = path.slice(0, path.length - basename(path).length).replace(/[/\\]+$/, '/')
    return nearest(basename(path), names.slice(0, 10_000)).map((name) => prefix + name)
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error
    return []
  }
}
