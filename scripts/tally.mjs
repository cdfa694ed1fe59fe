/** A vitest reporter that writes what happened as JSON to the file named by HOPWISE_TALLY. */

import { writeFileSync } from 'node:fs'

/** @typedef {{ readonly name: string, readonly reason: string | null }} Skip */
/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: readonly Skip[] }} Tally */
/** @typedef {import('vitest/node').TestModule} TestModule */
/** @typedef {import('vitest/node').TestCase} TestCase */

export default class TallyReporter {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} strayErrors thrown outside any test
   */
  onTestRunEnd(modules, strayErrors) {
    const file = process.env['HOPWISE_TALLY']
    if (!file) throw new Error('HOPWISE_TALLY must name the file to write')
    writeFileSync(file, JSON.stringify(tally(modules, strayErrors.length)))
  }
}

/**
 * A file or a hook that fails counts as one failure even when no test of it ran: it must show.
 * @param {readonly TestModule[]} modules
 * @param {number} strayErrors
 * @returns {Tally}
 */
function tally(modules, strayErrors) {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const states = tests.map((test) => test.result().state)
  const broken = modules.reduce((count, module) => count + countBroken(module), 0)
  return {
    passed: states.filter((state) => state === 'passed').length,
    failed: states.filter((state) => state === 'failed').length + broken + strayErrors,
    skipped: tests
      .filter((test) => test.result().state === 'skipped')
      .map((test) => ({
        name: `${test.module.relativeModuleId} > ${test.fullName}`,
        reason: reasonOf(test),
      })),
  }
}

/** @param {TestModule} module */
function countBroken(module) {
  const suites = [...module.children.allSuites()]
  return [module, ...suites].filter((suite) => suite.errors().length > 0).length
}

/**
 * Why a test did not run: `skip(note)`, an annotation, or words in its name such as
 * "(needs root)" or "… where ../shared/suites is present".
 * @param {TestCase} test
 */
function reasonOf(test) {
  const result = test.result()
  const note = result.state === 'skipped' ? result.note : undefined
  const annotation = test.annotations().map(({ message }) => message)[0]
  return note ?? annotation ?? reasonInName(test.fullName)
}

/** @param {string} name */
function reasonInName(name) {
  const inParentheses = /\(([^()]*\b(?:needs|skipped|requires|only|absent|without)\b[^()]*)\)/.exec(
    name,
  )
  const inWords = /\b(?:needs|requires|where|when)\b.*\b(?:is|are)\b.*/.exec(name)
  return inParentheses?.[1] ?? inWords?.[0] ?? null
}
