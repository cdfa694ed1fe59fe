import type { BackendTarget } from '#model'

import { isAbsent, truthOf } from '../spot.ts'
import { keyOf } from './arm-id.ts'
import { rulesOf, targetsOf } from './balancer-port.ts'
import type { Pools } from './balancer-pool.ts'
import { namedId } from './field.ts'
import { listAt } from './link.ts'
import { partsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ArmRecord } from './record.ts'

/**
 * Servers that reach the Internet by the addresses of a frontend: through its outbound rules, or
 * through the rules of a public one that were not told to leave that alone.
 */
export function outboundOf(
  reading: Reading,
  balancer: ArmRecord,
  frontend: ArmRecord,
  pools: Pools,
): readonly BackendTarget[] {
  const explicit = partsOf(reading, balancer, 'outboundRule').filter((rule) =>
    listAt(reading, rule, 'frontendIPConfigurations').some(
      (item) => keyOf(namedId(item) ?? '') === keyOf(frontend.id),
    ),
  )
  const isPublic = !isAbsent(at(frontend, 'publicIPAddress'))
  const implied = isPublic ? rulesOf(reading, balancer, frontend, 'balancingRule') : []
  const all = [
    ...explicit,
    ...implied.filter((rule) => truthOf(at(rule, 'disableOutboundSnat')) !== true),
  ].flatMap((rule) => targetsOf(reading, rule, pools))
  return [...new Map(all.map((target) => [`${target.kind} ${target.id}`, target])).values()]
}
