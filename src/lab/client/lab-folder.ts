import { accessSync, constants, lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { removePlace, STATE_NAME } from '../host/life-folder.ts'
import { isAlive } from '../host/process-start.ts'
import { parseState, type LabState } from './parse-state.ts'

/**
 * Where the labs of this user keep their sockets and state files. Not below TMPDIR, if that can be
 * helped: it may differ from one command to the next, and they have to find each other.
 */
export function labsFolder(): string {
  const uid = process.getuid?.() ?? 0
  const given = process.env['HOPWISE_LABS'] ?? ''
  return join(given === '' ? commonFolder() : resolve(given), `hopwise-labs-${uid}`)
}

function commonFolder(): string {
  try {
    accessSync('/tmp', constants.W_OK)
    return '/tmp'
  } catch {
    return tmpdir()
  }
}

/** Names that may be given to a lab. */
export function isLabName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/.test(name)
}

/** The files of a lab. */
export interface LabFiles {
  /** The place of its name; what is put here goes with it. */
  readonly folder: string
  readonly socket: string
  readonly state: string
  readonly plan: string
  readonly network: string
}

/**
 * Where a lab has its files: `labs/<name>/<one life>/`. A lab that is started anew under the same
 * name lives in another folder, so whoever clears away a dead one cannot hit its successor.
 */
export function filesOf(name: string): LabFiles {
  const [life = 'none'] = livesOf(name)
  return filesIn(join(labsFolder(), name), life)
}

/** The files of one life of a lab, in the place of its name. */
export function filesIn(folder: string, life: string): LabFiles {
  return {
    folder,
    socket: join(folder, life, 'socket'),
    state: join(folder, life, STATE_NAME),
    plan: join(folder, life, 'plan.json'),
    network: join(folder, life, 'network.json'),
  }
}

function livesOf(name: string): readonly string[] {
  return list(join(labsFolder(), name)).filter((item) => isLife.test(item))
}

const isLife = /^[0-9a-f]{12}$/

/** The process of a lab that is up, if it still runs. */
export function livingHost(name: string): LabState | undefined {
  const state = ownerOf(filesOf(name).state)
  return state?.isUp === true ? state : undefined
}

/** A folder that somebody else put there says nothing about our labs. */
export function isOurs(): boolean {
  try {
    const found = lstatSync(labsFolder())
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0
  } catch {
    return false
  }
}

/** Every lab that has a folder. */
export function labNames(): readonly string[] {
  return isOurs() ? list(labsFolder()).filter(isLabName) : []
}

/** Removes what labs have left whose process is gone; returns their names. */
export function sweep(): readonly string[] {
  if (!isOurs()) return []
  for (const draft of list(labsFolder())) {
    const [, pid = '', started = ''] = /^\.(\d+)\.([^.]+)\.[0-9a-f]+$/.exec(draft) ?? []
    if (pid === '' || isAlive({ pid: Number(pid), started })) continue
    attempt(() => rmSync(join(labsFolder(), draft), { recursive: true, force: true }))
  }
  return labNames().filter((name) => attempt(() => clearName(name)) === true)
}

/** What cannot be removed stays for the next time; whoever needs the place is told why. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}

/**
 * Removes the dead lives of a name, and its place where none is left. What else is in the place was
 * put there for a lab that is gone: a successor's comes long after its life.
 */
export function clearName(name: string): boolean {
  const folder = join(labsFolder(), name)
  for (const life of livesOf(name)) {
    if (ownerOf(filesIn(folder, life).state) !== undefined) return false
    rmSync(join(folder, life), { recursive: true, force: true })
  }
  return removePlace(folder)
}

/**
 * The living process of a state file. The starter hands over to the host and may be gone the next
 * moment: one that is found dead counts only if the file still names it.
 */
function ownerOf(file: string): LabState | undefined {
  const first = stateIn(file)
  if (first === undefined || isAlive(first)) return first
  const second = stateIn(file)
  return second !== undefined && isAlive(second) ? second : undefined
}

function stateIn(file: string): LabState | undefined {
  try {
    return parseState(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
