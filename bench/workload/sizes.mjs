/**
 * How large a generated network is. VPC v is 10.v.0.0/16 and its vSwitch s 10.v.s.0/24, so no
 * count may pass 250.
 * @typedef {object} Size
 * @property {number} vpcs
 * @property {number} subnets per VPC
 * @property {number} interfaces per vSwitch
 */

/** @type {ReadonlyMap<number, Size>} by number of network interfaces */
export const sizes = new Map([
  [1_000, { vpcs: 5, subnets: 4, interfaces: 50 }],
  [10_000, { vpcs: 20, subnets: 10, interfaces: 50 }],
  [100_000, { vpcs: 50, subnets: 20, interfaces: 100 }],
])

/**
 * `realistic`: ten neighbouring interfaces share their security groups. `adversarial`: every
 * interface draws its own.
 */
export const workloads = /** @type {const} */ (['realistic', 'adversarial'])

/** @typedef {(typeof workloads)[number]} Workload */

/** Seeds of everything that is drawn; printed with the results. */
export const seeds = { network: 20_261_121, questions: 4_711 }
