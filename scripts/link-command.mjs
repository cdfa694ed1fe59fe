import { existsSync, lstatSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const target = '../../dist/cli/main.js'

/**
 * Whether `node_modules/.bin/hopwise` starts this checkout's build.
 * @param {string} root
 */
export function isLinked(root) {
  const path = linkPath(root)
  if (process.platform === 'win32') return existsSync(path)
  return (
    lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true &&
    readlinkSync(path) === target
  )
}

/**
 * Makes `npx hopwise` work in the checkout: npm links a package's command only into other
 * packages, never into its own folder.
 * @param {string} root
 */
export function linkCommand(root) {
  const path = linkPath(root)
  rmSync(path, { force: true })
  // Symbolic links need a privilege on Windows; npm itself writes command files there.
  if (process.platform === 'win32')
    writeFileSync(path, '@node "%~dp0\\..\\..\\dist\\cli\\main.js" %*\r\n')
  else symlinkSync(target, path)
}

/** @param {string} root */
function linkPath(root) {
  return join(root, 'node_modules/.bin', process.platform === 'win32' ? 'hopwise.cmd' : 'hopwise')
}
