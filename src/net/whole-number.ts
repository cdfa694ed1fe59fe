/** Strict decimal text, for ports, protocol numbers, ICMP types and prefix lengths. */

/**
 * Reads ASCII decimal digits as a number from 0 to `last` (at most 99999). No sign, blank,
 * leading zero or other script's digits; undefined when refused.
 */
export function parseWholeNumber(text: string, last: number): number | undefined {
  if (!DECIMAL.test(text)) return undefined
  const value = Number(text)
  return value > last ? undefined : value
}

const DECIMAL = /^(?:0|[1-9][0-9]{0,4})$/
