/**
 * `npm run lock`: adds to package-lock.json the packages of other platforms that the registry in
 * use does not carry. npm leaves them out without a word, and `npm ci` then refuses the lock file
 * on every machine, this one included. What is added has a version and a platform but no checksum:
 * nobody here has seen the archive.
 */

import './check-node.mjs'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { say } from './say.mjs'

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {readonly string[]} [os]
 * @property {readonly string[]} [cpu]
 * @property {readonly string[]} [libc]
 * @property {Readonly<Record<string, string>>} [dependencies]
 * @property {Readonly<Record<string, string>>} [optionalDependencies]
 */
/** @typedef {Readonly<Record<string, LockEntry>>} LockEntries */
/** @typedef {{ readonly name: string, readonly version: string, readonly dev: boolean }} Absent */

/**
 * Packages that a locked package may depend on and that the lock file does not know.
 * @param {LockEntries} locked
 * @returns {readonly Absent[]}
 */
export function findAbsent(locked) {
  return Object.entries(locked).flatMap(([path, { dependencies, optionalDependencies, dev }]) =>
    Object.entries({ ...dependencies, ...optionalDependencies })
      .filter(
        ([name]) => !foldersAbove(path).some((folder) => `${folder}node_modules/${name}` in locked),
      )
      .map(([name, version]) => ({ name, version, dev: dev === true })),
  )
}

/**
 * The lock entry of a package that is made for one platform, told by its name.
 * @param {Absent} absent
 * @returns {LockEntry}
 * @throws when name or version do not say enough; such a package has to be installed
 */
export function describePlatform({ name, version, dev }) {
  const [, os, cpu, variant] = platformInName.exec(name) ?? []
  if (!os || !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    throw new Error(`${name}@${version} is missing from the lock file and is not for one platform`)
  const libc = libcs.get(variant)
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(os === 'linux' && libc ? { libc: [libc] } : {}),
    optional: true,
    os: [os],
  }
}

const platformInName =
  /(?:^|[/-])(aix|android|darwin|freebsd|linux|openharmony|sunos|win32)-(arm|arm64|ia32|loong64|ppc64|riscv64|s390x|x64)(?:-(eabi|gnu|gnueabihf|msvc|musl|musleabihf))?$/

const libcs = new Map([
  ['gnu', 'glibc'],
  ['gnueabihf', 'glibc'],
  ['musl', 'musl'],
  ['musleabihf', 'musl'],
])

/**
 * Where Node looks for a package required from a lock entry, nearest folder first.
 * @param {string} path
 * @returns {readonly string[]}
 */
function foldersAbove(path) {
  if (path === '') return ['']
  const above = path.lastIndexOf('node_modules/')
  return [`${path}/`, ...foldersAbove(path.slice(0, Math.max(0, above - 1)))]
}

/** @param {string} root */
function completeLock(root) {
  const file = join(root, 'package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const absent = findAbsent(lock.packages)
  /** @type {LockEntries} */
  const packages = { ...lock.packages, ...Object.fromEntries(absent.map(entryOf)) }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
  const completed = { ...lock, packages: Object.fromEntries(sorted) }
  writeFileSync(file, `${JSON.stringify(completed, null, 2)}\n`)
  say(`package-lock.json: ${absent.length} packages of other platforms added`)
}

/**
 * @param {Absent} absent
 * @returns {readonly [path: string, entry: LockEntry]}
 */
function entryOf(absent) {
  return [`node_modules/${absent.name}`, describePlatform(absent)]
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  completeLock(fileURLToPath(new URL('..', import.meta.url)))
