/**
 * A seeded source of numbers: the same seed gives the same sequence on every machine.
 * Tommy Ettinger's mulberry32: 32 bits of state, ample for drawing workloads.
 * @typedef {object} Random
 * @property {(below: number) => number} draw a whole number from 0 to below - 1
 * @property {(probability: number) => boolean} happens
 */

/**
 * @param {number} seed
 * @returns {Random}
 */
export function seededRandom(seed) {
  let state = seed >>> 0
  function fraction() {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    draw: (below) => Math.floor(fraction() * below),
    happens: (probability) => fraction() < probability,
  }
}
