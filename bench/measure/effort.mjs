/**
 * How much is measured.
 * @typedef {object} Effort
 * @property {string} name
 * @property {readonly number[]} sizes
 * @property {number} loads child processes that load and compile each network
 * @property {number} repeats of every timed stretch of answers
 * @property {number} verdicts questions per stretch, and explained by the command line
 * @property {number} explanations questions per stretch
 * @property {readonly number[]} commands sizes at which the command line answers, `realistic` only
 * @property {number} commandVerdicts questions that the command line decides
 */

/** @type {Effort} */
export const full = {
  name: 'full',
  sizes: [1_000, 10_000, 100_000],
  loads: 5,
  repeats: 5,
  verdicts: 100_000,
  explanations: 20_000,
  commands: [10_000, 100_000],
  commandVerdicts: 1_000_000,
}

/** @type {Effort} */
export const quick = {
  name: 'quick',
  sizes: [1_000],
  loads: 1,
  repeats: 1,
  verdicts: 5_000,
  explanations: 1_000,
  commands: [1_000],
  commandVerdicts: 10_000,
}
