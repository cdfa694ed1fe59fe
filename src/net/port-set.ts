import type { IntervalSet } from './interval-set.ts'
import { numberSetAlgebra } from './number-set.ts'

/** A set of ports, 0 to 65535. */
export type PortSet = IntervalSet<'ports', number>

/** Makes and combines sets of ports: `PortSet.parse('22,8000-8999')`, `PortSet.union(a, b)`. */
export const PortSet = numberSetAlgebra('ports', 65535)
