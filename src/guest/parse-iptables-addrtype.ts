/** `-m addrtype`, iptables-extensions(8). */

import { addressTypes, everyValue } from './firewall-field.ts'
import type { RuleStep } from './firewall-ruleset.ts'
import { exactly, intersectRanges } from './number-range.ts'
import type { NumberRange } from './number-range.ts'
import { numbersOf } from './parse-iptables-option.ts'
import type { Parser } from './parse-iptables-option.ts'
import { match } from './rule-step.ts'

/** The parser of `--src-type` or `--dst-type`. */
export const inTypes =
  (end: 'source' | 'destination'): Parser =>
  ({ values: [text = ''], negated }, family) => {
    const field = end === 'source' ? 'sourceType' : 'destinationType'
    const types = numbersOf(text, addressTypes)?.map(exactly)
    if (family === 4 || !types) return types && [match(field, types, negated)]
    return [matchTypes6(end, field, types, negated)]
  }

/**
 * IPv6 asks the address itself whether it is unicast, so that an own address is that too, and asks
 * the routes only for the rest; what is listed from both must hold together (xt_addrtype.c).
 */
function matchTypes6(
  end: 'source' | 'destination',
  field: 'sourceType' | 'destinationType',
  types: readonly NumberRange[],
  negated: boolean,
): RuleStep {
  const byAddress = types.filter(({ low }) => addressKinds.has(Number(low)))
  const byRoute = types.filter((type) => !byAddress.includes(type))
  const ranges = byAddress.map(({ low }) => addressKinds.get(Number(low)) ?? [])
  const addresses = ranges.reduce(intersectRanges, [everyValue(end)])
  if (byRoute.length === 0) return match(end, addresses, negated)
  if (byAddress.length === 0) return match(field, byRoute, negated)
  const boxes = addresses.flatMap((range) => byRoute.map((type) => [range, type]))
  return { kind: 'match-tuple', keys: [{ field: end }, { field }], boxes, negated }
}

/** The kinds of IPv6 addresses by their first bits: unspecified, unicast (mapped are none), multicast. */
const addressKinds: ReadonlyMap<number, readonly NumberRange[]> = new Map([
  [addressTypes.unspec, [exactly(0)]],
  [
    addressTypes.unicast,
    [
      { low: 1n, high: 0xffff_0000_0000n - 1n },
      { low: 0x1_0000_0000_0000n, high: (0xffn << 120n) - 1n },
    ],
  ],
  [addressTypes.multicast, [{ low: 0xffn << 120n, high: (1n << 128n) - 1n }]],
])
