import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { say } from './say.mjs'

const pollMs = 200

/**
 * Runs `work` while no other process holds the lock at `path`. Two terminals that install or build
 * the same checkout at once would otherwise delete each other's files. A lock left by a process
 * that no longer lives is taken over.
 * @template T
 * @param {string} path
 * @param {() => T} work
 * @param {number} [patienceMs] how long to wait for a living holder before giving up
 * @returns {T}
 */
export function holdLock(path, work, patienceMs = 600_000) {
  acquire(path, patienceMs)
  try {
    return work()
  } finally {
    rmSync(path, { force: true })
  }
}

/**
 * @param {string} path
 * @param {number} patienceMs
 */
function acquire(path, patienceMs) {
  mkdirSync(dirname(path), { recursive: true })
  for (let waited = 0; !tryAcquire(path); waited += pollMs) {
    const holder = readHolder(path)
    if (holder !== null && !isAlive(holder)) {
      rmSync(path, { force: true })
      continue
    }
    if (waited >= patienceMs)
      throw new Error(`process ${holder ?? 'unknown'} holds ${path}; remove the file if it is gone`)
    if (waited === 0) say(`waiting for process ${holder ?? ''} to finish installing or building`)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pollMs)
  }
}

/** @param {string} path */
function tryAcquire(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

/**
 * The holder's process id, or null while it is being written or was just released.
 * @param {string} path
 */
function readHolder(path) {
  try {
    return Number(readFileSync(path, 'utf8')) || null
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code
}
