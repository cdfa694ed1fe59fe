import './check-node.mjs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, isBuilt } from './build.mjs'
import { holdLock } from './hold-lock.mjs'
import { install, isInstalled } from './install.mjs'
import { isLinked, linkCommand } from './link-command.mjs'

/** The checkout's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Brings the checkout to a state in which `dist/cli/main.js` runs: installed, built, linked. Does
 * nothing, and calls neither npm nor tsc, when that is already so.
 * @param {string} [folder]
 * @throws when installing or building fails
 */
export function prepare(folder = root) {
  if (isReady(folder)) return
  holdLock(join(folder, '.hopwise/prepare.lock'), () => {
    install(folder)
    if (!isBuilt(folder)) build(folder)
    if (!isLinked(folder)) linkCommand(folder)
  })
}

/** @param {string} folder */
function isReady(folder) {
  return isInstalled(folder) && isBuilt(folder) && isLinked(folder)
}
