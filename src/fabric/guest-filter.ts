import {
  everyValue,
  type FieldKey,
  type FirewallChain,
  type FirewallField,
  type FirewallRule,
  type FirewallRuleset,
  type NumberRange,
  parseFirewall,
  type RuleStep,
} from '#guest'
import type { GuestFirewall } from '#model'
import { addressBits, type Family } from '#net'

/** A guest's own firewall as packets meet it, or why nobody can tell what it does. */
export type GuestFilter =
  | {
      readonly kind: 'rules'
      /** The tool that printed the rules and can change them. */
      readonly tool: GuestFirewall['kind']
      readonly ruleset: FirewallRuleset
      /** Whether a rule asks for the way back to a packet's source. */
      readonly asksWayBack: boolean
    }
  | { readonly kind: 'unreadable'; readonly at: string; readonly says: string }

/** A condition on an address that no line of addresses can hold. */
const MASKED = 'an address under a mask'

/**
 * Reads a firewall for walks in ranks: a condition on addresses is one on ranges of them, and one
 * under a mask that is no prefix stays open.
 */
export function readGuestFilter(firewall: GuestFirewall): GuestFilter {
  const parsed = parseFirewall(firewall)
  if (parsed.kind === 'unreadable') {
    const [{ at, says } = { at: '', says: '' }] = parsed.problems
    return { kind: 'unreadable', at, says }
  }
  const ruleset = { ...parsed.ruleset, chains: parsed.ruleset.chains.map(inRanges) }
  const keys = ruleset.chains.flatMap(({ rules }) =>
    rules.flatMap(({ steps }) => steps.flatMap(keysOf)),
  )
  const asksWayBack = keys.some(({ field }) => field === 'reverseRoute')
  return { kind: 'rules', tool: firewall.kind, ruleset, asksWayBack }
}

/** Consecutive addresses that some condition tells from all others. */
export interface AddressStretch extends NumberRange {
  readonly family: Family
}

/** Everything that the conditions of a firewall can tell apart. */
export function stretchesOf(filter: GuestFilter): readonly AddressStretch[] {
  if (filter.kind === 'unreadable') return []
  return filter.ruleset.chains.flatMap((chain) =>
    chain.rules.flatMap((rule) =>
      rule.steps.flatMap((step, nth) => stretchesIn(step, familyAt(chain, rule, nth))),
    ),
  )
}

const addressFields: ReadonlySet<FirewallField> = new Set([
  'source',
  'destination',
  'originalSource',
  'originalDestination',
])

const isMaskedAddress = ({ field, mask }: FieldKey): boolean =>
  mask !== undefined && addressFields.has(field)

function inRanges(chain: FirewallChain): FirewallChain {
  const rules = chain.rules.map((rule) => ({
    ...rule,
    steps: rule.steps.map((step, nth) => stepInRanges(step, familyAt(chain, rule, nth))),
  }))
  return { ...chain, rules }
}

/** The family that a packet must be of to come to a step; undefined: either. */
function familyAt({ family }: FirewallChain, rule: FirewallRule, nth: number): Family | undefined {
  if (family === 'ip') return 4
  if (family === 'ip6') return 6
  for (const step of rule.steps.slice(0, nth)) {
    if (step.kind !== 'match' || step.key.field !== 'family' || step.negated) continue
    const [only, ...others] = step.ranges
    if (others.length > 0 || only?.low !== only?.high) continue
    if (only?.low === 4n) return 4
    if (only?.low === 6n) return 6
  }
  return undefined
}

function stepInRanges(step: RuleStep, family: Family | undefined): RuleStep {
  if (!keysOf(step).some(isMaskedAddress)) return step
  if (step.kind === 'lookup') {
    return { kind: 'verdict', verdict: { kind: 'unknown', because: MASKED } }
  }
  if (step.kind !== 'match' || family === undefined)
    return { kind: 'unknown-match', because: MASKED }
  const { key, ranges } = step
  const every = (1n << BigInt(addressBits(family))) - 1n
  const free = every ^ ((key.mask ?? every) & every)
  if ((free & (free + 1n)) !== 0n) return { kind: 'unknown-match', because: MASKED }
  const wide = ranges.flatMap(({ low, high }) => {
    const first = (low + free) & ~free
    const last = high | free
    return first <= high ? [{ low: first, high: last }] : []
  })
  return { ...step, key: { field: key.field }, ranges: wide }
}

function keysOf(step: RuleStep): readonly FieldKey[] {
  switch (step.kind) {
    case 'match':
      return [step.key]
    case 'match-tuple':
    case 'lookup':
      return step.keys
    default:
      return []
  }
}

function stretchesIn(step: RuleStep, family: Family | undefined): readonly AddressStretch[] {
  const columns = keysOf(step).flatMap(({ field }, i) =>
    addressFields.has(field) ? rangesOf(step, i) : [],
  )
  return columns.flatMap((range) => {
    // Where either family may come by, a small number may be an address of both.
    const families: readonly Family[] = family === undefined ? [4, 6] : [family]
    return families.flatMap((each) => clip(range, each))
  })
}

/** The ranges that a step compares one of its keys with. */
function rangesOf(step: RuleStep, key: number): readonly NumberRange[] {
  switch (step.kind) {
    case 'match':
      return step.ranges
    case 'match-tuple':
      return step.boxes.map((box) => box[key])
    case 'lookup':
      return step.entries.map(({ box }) => box[key])
    default:
      return []
  }
}

function clip({ low, high }: NumberRange, family: Family): readonly AddressStretch[] {
  const last = family === 4 ? (1n << 32n) - 1n : everyValue('source').high
  if (low > last) return []
  return [{ family, low, high: high < last ? high : last }]
}
