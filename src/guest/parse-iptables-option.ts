/** Options of iptables itself, iptables(8), normalised; and what every kind of option needs. */

import type { Family } from '#net'
import { everyValue } from './firewall-field.ts'
import type { FirewallField } from './firewall-field.ts'
import type { RuleStep } from './firewall-ruleset.ts'
import { exactly } from './number-range.ts'
import type { NumberRange } from './number-range.ts'
import type { IptablesOption } from './parse-iptables-words.ts'
import {
  parseIptablesAddress,
  parseIptablesDevice,
  parseIptablesProtocol,
} from './parse-iptables-value.ts'
import { entryOf } from './parse-nft-json.ts'
import { parseAll } from './parse-nft-value.ts'
import { match, matchKey, unknownMatch } from './rule-step.ts'

/** The steps of an option of iptables itself, such as `-s`. */
export function parseBaseOption(option: IptablesOption, family: Family): readonly RuleStep[] {
  const parser = entryOf(baseParsers, option.name)
  return (
    parser?.(option, family) ?? [
      unknownMatch(`${option.name} ${option.values.join(' ')}`.slice(0, 80)),
    ]
  )
}

/** The steps of one option; undefined for values that it cannot have. */
export type Parser = (option: IptablesOption, family: Family) => readonly RuleStep[] | undefined

/** A parser for options of one value that is a range of a field. */
export const inField =
  (
    field: FirewallField,
    parse: (text: string, family: Family) => NumberRange | undefined,
  ): Parser =>
  ({ values, negated }, family) => {
    const range = values.length === 1 ? parse(values[0], family) : undefined
    return range && [match(field, [range], negated)]
  }

/** A list of names, separated by commas, as numbers. */
export function numbersOf(
  text: string,
  names: Readonly<Record<string, number>>,
): readonly bigint[] | undefined {
  return parseAll(text.split(','), (name) => {
    const number = entryOf(names, name.toLowerCase())
    return number === undefined ? undefined : BigInt(number)
  })
}

const inAddress =
  (end: 'source' | 'destination'): Parser =>
  ({ values, negated }, family) => {
    const read = values.length === 1 && parseIptablesAddress(end, values[0], family)
    return read ? [matchKey(read.key, read.ranges, negated)] : undefined
  }

const baseParsers: Readonly<Record<string, Parser>> = {
  source: inAddress('source'),
  destination: inAddress('destination'),
  in: inField('inputDevice', parseIptablesDevice),
  out: inField('outputDevice', parseIptablesDevice),
  protocol: ({ values: [text = ''], negated }) => {
    const protocol = parseIptablesProtocol(text)
    if (protocol === undefined) return undefined
    if (protocol === 'all') return [match('protocol', [everyValue('protocol')], negated)]
    return [match('protocol', [exactly(protocol)], negated)]
  },
  // `-f` means the second and further fragments.
  fragment: ({ negated }) => [match('fragment', [exactly(0)], !negated)],
  append: () => [],
  counters: () => [],
}
