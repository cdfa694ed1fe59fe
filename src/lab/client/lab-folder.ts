import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTicks } from '../host/process-start.ts'
import { parseState, type LabState } from './parse-state.ts'

/** Where the labs of this user keep their sockets and state files, one folder a lab. */
export function labsFolder(): string {
  const uid = process.getuid?.() ?? 0
  return join(process.env['HOPWISE_LABS'] ?? tmpdir(), `hopwise-labs-${uid}`)
}

/** Names that may be given to a lab. */
export function isLabName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/.test(name)
}

/** The files of a lab. */
export interface LabFiles {
  readonly folder: string
  readonly socket: string
  readonly state: string
  readonly plan: string
  readonly network: string
}

/** Where a lab has its files. */
export function filesOf(name: string): LabFiles {
  const folder = join(labsFolder(), name)
  return {
    folder,
    socket: join(folder, 'socket'),
    state: join(folder, 'state.json'),
    plan: join(folder, 'plan.json'),
    network: join(folder, 'network.json'),
  }
}

/** Makes the folder of a lab, which only its user can enter. Throws if another user holds the place. */
export function makeFolder(name: string): LabFiles {
  const files = filesOf(name)
  mkdirSync(labsFolder(), { recursive: true, mode: 0o700 })
  const { uid, mode } = lstatSync(labsFolder())
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new Error(`${labsFolder()} belongs to somebody else, or is open to others`)
  }
  mkdirSync(files.folder, { recursive: true, mode: 0o700 })
  return files
}

/** The process of a lab, if it still runs. */
export function livingHost(name: string): LabState | undefined {
  let text: string
  try {
    text = readFileSync(filesOf(name).state, 'utf8')
  } catch {
    return undefined
  }
  const state = parseState(text)
  return state && startTicks(state.pid) === state.started ? state : undefined
}

/** Every lab that has a folder. */
export function labNames(): readonly string[] {
  try {
    return readdirSync(labsFolder()).filter(isLabName)
  } catch {
    return []
  }
}

/** Removes the folders of labs whose process is gone; returns their names. */
export function sweep(): readonly string[] {
  const dead = labNames().filter((name) => livingHost(name) === undefined && !isFresh(name))
  for (const name of dead) rmSync(filesOf(name).folder, { recursive: true, force: true })
  return dead
}

/** A lab may be on its way up and not have written its state yet. */
const FRESH_MS = 10_000

function isFresh(name: string): boolean {
  try {
    const { mtimeMs } = lstatSync(filesOf(name).folder)
    return Date.now() - mtimeMs < FRESH_MS
  } catch {
    return false
  }
}
