/** Imported first by every script: a Node that is too old gets one clear sentence, not a stack trace. */

import { readFileSync } from 'node:fs'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const floor = String(manifest.engines.node).replace(/^>=/, '')

if (isOlder(process.versions.node, floor)) {
  process.stderr.write(
    `hopwise: needs Node ${floor} or newer, this is ${process.versions.node} (${process.execPath}).\n` +
      'hopwise: install a current Node from your system or nodejs.org and run the command again.\n',
  )
  process.exit(2)
}

/**
 * @param {string} version
 * @param {string} wanted
 */
function isOlder(version, wanted) {
  const have = version.split('.').map(Number)
  const want = wanted.split('.').map(Number)
  const differing = want.findIndex((part, index) => part !== have[index])
  return differing !== -1 && have[differing] < want[differing]
}
