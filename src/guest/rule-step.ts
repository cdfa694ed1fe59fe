/** The ways in which both parsers build steps. */

import { PROTOCOL } from '#net'
import type { Family } from '#net'
import { connectionStates, connectionStatus, everyValue } from './firewall-field.ts'
import type { FieldKey, FirewallField } from './firewall-field.ts'
import type { FieldMatch, FirewallVerdict, RuleStep, UnknownMatch } from './firewall-ruleset.ts'
import { exactly, joinRanges } from './number-range.ts'
import type { NumberRange } from './number-range.ts'

/** The condition that the field lies in one of the ranges, in whatever order they come. */
export function match(
  field: FirewallField,
  ranges: readonly NumberRange[],
  negated = false,
): FieldMatch {
  return matchKey({ field }, ranges, negated)
}

/** As `match`, under a mask. */
export function matchKey(
  key: FieldKey,
  ranges: readonly NumberRange[],
  negated = false,
): FieldMatch {
  const { field, mask } = key
  // A mask of every bit is none, so that equal conditions are equal data.
  const bare = mask === everyValue(field).high ? { field } : key
  return { kind: 'match', key: bare, ranges: joinRanges(ranges), negated }
}

/** The condition that one of the bits is set; of a state a packet has one bit only. */
export function matchBits(field: FirewallField, bits: bigint): FieldMatch {
  if (field !== 'state') return matchKey({ field, mask: bits }, [exactly(0)], true)
  const states = Object.values(connectionStates).filter((state) => bits & BigInt(state))
  return match(field, states.map(exactly))
}

/** The condition that the packet is of a family. */
export function matchFamily(family: Family): FieldMatch {
  return match('family', [exactly(family)])
}

/** The condition that the packet is of a protocol, by IANA number. */
export function matchProtocol(protocol: number): FieldMatch {
  return match('protocol', [exactly(protocol)])
}

/** The step that gives a verdict. */
export function verdict(kind: 'accept' | 'drop' | 'continue' | 'return'): RuleStep {
  return { kind: 'verdict', verdict: { kind } satisfies FirewallVerdict }
}

/** A rule that may do anything from here on. */
export function unknownVerdict(because: string): RuleStep {
  return { kind: 'verdict', verdict: { kind: 'unknown', because } }
}

/** A condition nobody can decide. */
export function unknownMatch(because: string): UnknownMatch {
  return { kind: 'unknown-match', because }
}

/** Whether a field can be known: of the connection's status only two bits are. */
export function isDecidable({ field, mask }: FieldKey): boolean {
  if (field !== 'status') return true
  const readable = BigInt(connectionStatus.snat | connectionStatus.dnat)
  return mask !== undefined && (mask & ~readable) === 0n
}

/** The steps without those that only repeat one before, as `-p tcp -m tcp --dport` does. */
export function dropRepeated(steps: readonly RuleStep[]): readonly RuleStep[] {
  const seen = new Set<string>()
  return steps.filter((step) => {
    if (step.kind !== 'match') return true
    const { key, ranges, negated } = step
    // Marks and states may be set between two equal conditions.
    if (changing.has(key.field) || ranges.length > MOST_COMPARED) return true
    const bounds = ranges.map(({ low, high }) => `${low}-${high}`)
    const name = [key.field, key.mask, negated, ...bounds].join(' ')
    return seen.size < seen.add(name).size
  })
}

const changing: ReadonlySet<FirewallField> = new Set(['mark', 'connectionMark', 'state'])

/** Long lists are not repeated by the tools. */
const MOST_COMPARED = 4

/** What a reset can answer. */
export const resetProtocol = PROTOCOL.tcp
