/**
 * @param {readonly number[]} values at least one
 */
export function median(values) {
  return quantile(Float64Array.from(values).sort(), 0.5)
}

/**
 * The nearest-rank quantile: a value that was really measured.
 * @param {Float64Array} sorted at least one value
 * @param {number} share
 */
export function quantile(sorted, share) {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}

/**
 * The largest over the smallest: how far repeats of one figure lie apart.
 * @param {readonly number[]} values
 */
export function spread(values) {
  return Math.max(...values) / Math.min(...values)
}
