/** @typedef {import('../measure/measure-network.mjs').Measured} Measured */

/**
 * What a figure must stay below, at one size.
 * @typedef {object} Target
 * @property {number} interfaces
 * @property {import('../workload/sizes.mjs').Workload} [workload] absent: each
 * @property {string} name
 * @property {string} unit
 * @property {number} most
 * @property {(measured: Measured) => number} of
 */

const million = 1_000_000

/** @type {readonly Target[]} */
export const targets = [
  {
    interfaces: 10_000,
    name: 'verdict of a resolved question, p99',
    unit: 'µs',
    most: 1,
    of: ({ decide }) => decide.p99 / 1_000,
  },
  {
    interfaces: 10_000,
    name: 'explanation as JSON, p99',
    unit: 'µs',
    most: 20,
    of: ({ ask }) => ask.p99 / 1_000,
  },
  {
    interfaces: 100_000,
    name: 'load + validate + compile',
    unit: 's',
    most: 3,
    of: ({ start }) => start.sum / 1_000,
  },
  {
    interfaces: 100_000,
    name: 'peak memory of the process meanwhile',
    unit: 'MB',
    most: 1_000,
    of: ({ start }) => start.peak / million,
  },
  {
    interfaces: 100_000,
    name: 'compiled fabric per interface',
    unit: 'B',
    most: 200,
    of: ({ weight, interfaces }) => weight.fabric / interfaces,
  },
  ...pairTargets(10_000, { realistic: 15, adversarial: 80 }),
  ...pairTargets(100_000, { realistic: 120, adversarial: 900 }),
  {
    interfaces: 10_000,
    workload: 'realistic',
    name: 'all pairs, all ports',
    unit: 's',
    most: 0.8,
    of: ({ pairs }) => pairs.allPorts / 1_000,
  },
  {
    interfaces: 100_000,
    workload: 'realistic',
    name: 'all pairs, all ports',
    unit: 's',
    most: 10,
    of: ({ pairs }) => pairs.allPorts / 1_000,
  },
]

/**
 * @param {number} interfaces
 * @param {Record<import('../workload/sizes.mjs').Workload, number>} most
 * @returns {Target[]}
 */
function pairTargets(interfaces, most) {
  return /** @type {const} */ (['realistic', 'adversarial']).map((workload) => ({
    interfaces,
    workload,
    name: 'all pairs, the slowest of five ports',
    unit: 'ms',
    most: most[workload],
    of: ({ pairs }) => pairs.slowestPort,
  }))
}
