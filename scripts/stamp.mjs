import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Content hash of the named files and folders below `root`, independent of times and order.
 * @param {string} root
 * @param {readonly string[]} names
 */
export function fingerprint(root, names) {
  const hash = createHash('sha256')
  for (const file of names.flatMap((name) => filesBelow(root, name)))
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

/**
 * Paths of all files at or below `name`, relative to `root`, sorted; none if it does not exist.
 * @param {string} root
 * @param {string} name
 * @returns {string[]}
 */
export function filesBelow(root, name) {
  const path = join(root, name)
  if (!existsSync(path)) return []
  const entries = listFolder(path)
  if (entries === null) return [name]
  return entries.flatMap((entry) => filesBelow(root, `${name}/${entry}`))
}

/**
 * @param {string} path
 * @returns {string | null} the stamp's text, null when there is none
 */
export function readStamp(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

/**
 * @param {string} path
 * @param {string} text
 */
export function writeStamp(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/**
 * @param {string} path
 * @returns {string[] | null} null for what is not a folder
 */
function listFolder(path) {
  try {
    return readdirSync(path).sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return null
    throw error
  }
}
