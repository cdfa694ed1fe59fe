import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare, root } from './prepare.mjs'
import { runChild } from './run-child.mjs'
import { say } from './say.mjs'

/** @typedef {import('./tally.mjs').Tally} Tally */

/**
 * Prepares the checkout, runs vitest once with a configuration, names every skipped test, and ends
 * with the plain line `N passed, N failed, N skipped`.
 * @param {string} config
 * @param {readonly string[]} args for vitest
 * @returns {Promise<number>} the exit code: 0 only if tests ran and none failed
 */
export async function runTests(config, args) {
  const folder = mkdtempSync(join(tmpdir(), 'hopwise-tests-'))
  try {
    prepare()
    const file = join(folder, 'tally.json')
    const code = await runVitest(config, args, file)
    return conclude(readTally(file), code, Boolean(process.env['CI']))
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    return conclude(nothing, 1, false)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @type {Tally} */
const nothing = { passed: 0, failed: 0, skipped: [] }

/**
 * @param {string} config
 * @param {readonly string[]} args
 * @param {string} file where the tally goes
 */
function runVitest(config, args, file) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=default', `--reporter=${join(root, 'scripts/tally.mjs')}`]
  return runChild([vitest, 'run', '--config', config, ...reporters, ...args], {
    cwd: root,
    env: { ...process.env, HOPWISE_TALLY: file },
  })
}

/**
 * @param {string} file
 * @returns {Tally}
 */
function readTally(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error('vitest ended before it could report', { cause: error })
  }
}

/**
 * Prints the skips and the closing line.
 * @param {Tally} tally
 * @param {number} code vitest's own exit code
 * @param {boolean} strict whether a skip that does not say why is a failure
 */
function conclude({ passed, failed, skipped }, code, strict) {
  for (const skip of skipped) say(`skipped: ${describeSkip(skip)}`)
  const ran = passed + failed > 0
  if (!ran) say('no test ran')
  const unexplained = skipped.filter(({ reason }) => reason === null).length
  if (strict && unexplained > 0)
    say(`${unexplained} skipped without a reason: a failure where CI is set`)
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped.length} skipped\n`)
  return code === 0 && failed === 0 && ran && !(strict && unexplained > 0) ? 0 : 1
}

/** @param {import('./tally.mjs').Skip} skip */
function describeSkip({ name, reason }) {
  if (reason === null) return `${name} (no reason given)`
  return name.includes(reason) ? name : `${name} (${reason})`
}
