import { parseAddress } from '#net'

/** Order by value, the lowest first; both are of one family. */
export function compareAddresses(a: string, b: string): number {
  const [left, right] = [parseAddress(a)?.value ?? 0n, parseAddress(b)?.value ?? 0n]
  if (left === right) return 0
  return left < right ? -1 : 1
}
