/** Builds src into dist with plain tsc. Run directly it always builds; imported, only when sources changed. */

import './check-node.mjs'
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { say } from './say.mjs'
import { filesBelow, fingerprint, readStamp, writeStamp } from './stamp.mjs'

const inputs = ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json']
const command = 'dist/cli/main.js'

/**
 * Whether dist was built from exactly these sources and is complete.
 * @param {string} root
 */
export function isBuilt(root) {
  return (
    readStamp(stampPath(root)) === fingerprint(root, inputs) &&
    filesBelow(root, 'src').every((file) => outputsOf(file).every((output) => exists(root, output)))
  )
}

/**
 * @param {string} root
 * @throws when tsc finds an error; dist is then not marked as built
 */
export function build(root) {
  say('building (tsc)')
  const before = fingerprint(root, inputs)
  rmSync(stampPath(root), { force: true })
  compile(root)
  const sources = filesBelow(root, 'src')
  for (const file of sources.filter((source) => !isCompiled(source))) copyAsset(root, file)
  dropStrangers(root, new Set(sources.flatMap(outputsOf)))
  if (exists(root, command)) chmodSync(join(root, command), 0o755)
  writeStamp(stampPath(root), before)
}

/** @param {string} root */
function compile(root) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const run = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (run.status !== 0) throw new Error('the build failed (see the errors above)')
}

/**
 * What dist must hold for one file of src: code compiles, documents stay behind, all else is copied.
 * @param {string} file
 * @returns {string[]}
 */
function outputsOf(file) {
  const target = file.replace(/^src\//, 'dist/')
  if (isDocument(file) || file.endsWith('.d.ts')) return []
  if (!isCompiled(file)) return [target]
  const stem = target.slice(0, -'.ts'.length)
  return [`${stem}.js`, `${stem}.d.ts`]
}

/** @param {string} file */
function isCompiled(file) {
  return file.endsWith('.ts')
}

/** @param {string} file */
function isDocument(file) {
  return file.endsWith('.md')
}

/**
 * @param {string} root
 * @param {string} file
 */
function copyAsset(root, file) {
  for (const output of outputsOf(file)) {
    mkdirSync(join(root, dirname(output)), { recursive: true })
    copyFileSync(join(root, file), join(root, output))
  }
}

/**
 * A source that was renamed leaves its old output behind, and a deep import would still find it.
 * @param {string} root
 * @param {ReadonlySet<string>} expected
 */
function dropStrangers(root, expected) {
  for (const file of filesBelow(root, 'dist'))
    if (!expected.has(file)) rmSync(join(root, file), { force: true })
}

/**
 * @param {string} root
 * @param {string} file
 */
function exists(root, file) {
  return existsSync(join(root, file))
}

/** @param {string} root */
function stampPath(root) {
  return join(root, 'node_modules/.hopwise/built')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    build(fileURLToPath(new URL('..', import.meta.url)))
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
