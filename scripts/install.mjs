import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { say } from './say.mjs'
import { fingerprint, readStamp, writeStamp } from './stamp.mjs'

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage */
/** @typedef {{ packages?: Record<string, LockedPackage> }} Lock */

/**
 * Whether `node_modules` holds what package-lock.json asks for. Reads files only: no npm, no network.
 * @param {string} root
 */
export function isInstalled(root) {
  const stamp = readStamp(stampPath(root))
  if (stamp === wantedStamp(root)) return true
  const movedMachine = stamp !== null && machineOf(stamp) !== machine()
  return !movedMachine && tellsTheSame(readLock(lockPath(root)), readLock(hiddenLockPath(root)))
}

/**
 * Makes `node_modules` fit package-lock.json.
 * @param {string} root
 * @throws when npm fails; the message says what to do
 */
export function install(root) {
  if (!isInstalled(root)) runNpmCi(root)
  const wanted = wantedStamp(root)
  if (readStamp(stampPath(root)) !== wanted) writeStamp(stampPath(root), wanted)
}

/**
 * Whether npm's record of what it installed agrees with the lock file. Packages for other
 * platforms are optional and may be missing; anything extra, older or newer is a difference.
 * @param {Lock | null} lock
 * @param {Lock | null} installed
 */
export function tellsTheSame(lock, installed) {
  if (!lock?.packages || !installed?.packages) return false
  const { '': _root, ...wanted } = lock.packages
  const present = installed.packages
  const missing = Object.entries(wanted).filter(
    ([path, { optional }]) => !present[path] && !optional,
  )
  const differing = Object.entries(present).filter(
    ([path, { version, integrity }]) =>
      wanted[path]?.version !== version || wanted[path]?.integrity !== integrity,
  )
  return missing.length === 0 && differing.length === 0
}

/** @param {string} root */
function runNpmCi(root) {
  say('installing dependencies (npm ci)')
  const [command, ...prefix] = npmCommand()
  const run = spawnSync(command, [...prefix, 'ci', '--no-fund', '--no-audit'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: command === 'npm.cmd',
  })
  if (run.error)
    throw new Error('npm could not be started; is it on the PATH?', { cause: run.error })
  if (run.status !== 0)
    throw new Error('npm ci failed (see above); with the network back, run the command again')
}

/** npm names itself to its scripts; on its own a script has to find it on the PATH. */
function npmCommand() {
  const path = process.env['npm_execpath']
  if (path && /npm-cli\.c?js$/.test(path)) return [process.execPath, path]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm']
}

/** @param {string} root */
function wantedStamp(root) {
  return `${fingerprint(root, ['package-lock.json'])} ${machine()}`
}

function machine() {
  return `${process.platform}-${process.arch}`
}

/** @param {string} stamp */
function machineOf(stamp) {
  return stamp.split(' ')[1]
}

/**
 * @param {string} path
 * @returns {Lock | null}
 */
function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

/** @param {string} root */
function lockPath(root) {
  return join(root, 'package-lock.json')
}

/** @param {string} root */
function hiddenLockPath(root) {
  return join(root, 'node_modules/.package-lock.json')
}

/** @param {string} root */
function stampPath(root) {
  return join(root, 'node_modules/.hopwise/installed')
}
