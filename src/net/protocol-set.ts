import type { IntervalSet } from './interval-set.ts'
import { numberSetAlgebra } from './number-set.ts'
import { formatProtocol, LAST_PROTOCOL, parseProtocol } from './protocol.ts'

/** A set of IP protocol numbers, 0 to 255. */
export type ProtocolSet = IntervalSet<'protocols', number>

/** Makes and combines sets of protocols; its text takes names, ranges take numbers: `tcp,50-51`. */
export const ProtocolSet = numberSetAlgebra('protocols', LAST_PROTOCOL, {
  parse: parseProtocol,
  format: formatProtocol,
})
