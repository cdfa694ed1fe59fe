import { readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ownName } from './process-start.ts'

/** The socket of a lab, in its folder. */
export const SOCKET_NAME = 'socket'

/** What says which process is responsible for a lab. */
export const STATE_NAME = 'state.json'

const LOOK_MS = 1000

/**
 * The folder of one life of a lab, in which this process stands. All paths are relative, and so
 * mean this very folder: it may lie below /run, which is covered here, and where it has been
 * cleared away, nothing is written into a successor's.
 */
export class LifeFolder {
  readonly #life: string
  readonly #name: string
  readonly #state: string

  constructor() {
    const here = process.cwd()
    this.#life = basename(here)
    this.#name = basename(dirname(here))
    this.#state = JSON.stringify({ ...ownName(), isUp: true })
  }

  /** Names this process as the one that holds the lab; the file is never seen half written. */
  take(): void {
    const draft = `${STATE_NAME}.new`
    writeFileSync(draft, this.#state, { mode: 0o600 })
    renameSync(draft, STATE_NAME)
  }

  /** Calls back once the folder no longer names this process. */
  watch(onLost: () => void): void {
    setInterval(() => this.#isTaken() || onLost(), LOOK_MS).unref()
  }

  /** Removes the folder, and the place of the lab's name if nothing else is in it. */
  remove(): void {
    try {
      rmSync(join('..', this.#life), { recursive: true, force: true })
      removePlace(join('..', '..', this.#name))
    } catch {
      // The next command clears away what is left.
    }
  }

  #isTaken(): boolean {
    try {
      return readFileSync(STATE_NAME, 'utf8') === this.#state
    } catch {
      return false
    }
  }
}

/** Removes the place of a lab's name with the single files in it, unless a life is in it. */
export function removePlace(folder: string): boolean {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    if (entries.some((entry) => entry.isDirectory())) return false
    for (const { name } of entries) rmSync(join(folder, name), { force: true })
    rmdirSync(folder)
    return true
  } catch {
    return false
  }
}
