import { readFileSync } from 'node:fs'
import { parseNetwork } from '#model'

/** @typedef {import('#model').Question} Question */

/**
 * A generated network, through the door that any network takes.
 * @param {string} file
 * @throws when the generator made something that the door refuses
 */
export function readNetwork(file) {
  return accepted(JSON.parse(readFileSync(file, 'utf8')))
}

/**
 * @param {unknown} json
 */
export function accepted(json) {
  const parsed = parseNetwork(json)
  const [problem] = parsed.problems
  if (!parsed.ok || problem)
    throw new Error(`the generated network is refused: ${problem?.message}`)
  return parsed.network
}

/**
 * The first questions of a file of JSON lines.
 * @param {string} file
 * @param {number} count
 * @returns {Question[]}
 * @throws when the file holds fewer
 */
export function readQuestions(file, count) {
  const lines = readFileSync(file, 'utf8').split('\n', count)
  if (lines.length < count || lines[count - 1] === '') throw new Error(`${file} is too short`)
  return lines.map((line) => JSON.parse(line))
}
