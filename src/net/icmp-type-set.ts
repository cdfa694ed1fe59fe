import type { IntervalSet } from './interval-set.ts'
import { numberSetAlgebra } from './number-set.ts'

/** A set of ICMP or ICMPv6 types, 0 to 255 (RFC 792, RFC 4443). Codes are not modelled. */
export type IcmpTypeSet = IntervalSet<'icmp-types', number>

/** Makes and combines sets of ICMP types. */
export const IcmpTypeSet = numberSetAlgebra('icmp-types', 255)
