/** Conditions and verdict maps of nft, normalised. */

import { everyValue } from './firewall-field.ts'
import type { FirewallField } from './firewall-field.ts'
import type { FieldMatch, FirewallVerdict, LookupEntry, RuleStep } from './firewall-ruleset.ts'
import { exactly, rangeBetween } from './number-range.ts'
import type { NumberRange } from './number-range.ts'
import { listOf, member, textOf } from './parse-nft-json.ts'
import { parseNftKeys } from './parse-nft-key.ts'
import type { NftKey } from './parse-nft-key.ts'
import type { NftSets } from './parse-nft-set.ts'
import { parseAll, parseBox, parseFieldValue } from './parse-nft-value.ts'
import type { ValueField } from './parse-nft-value.ts'
import { isDecidable, matchBits, matchKey, unknownMatch, unknownVerdict } from './rule-step.ts'

type KnownKey = Extract<NftKey, { kind: 'key' }>

/** The steps of `{ match: { op, left, right } }`. */
export function parseNftMatch(body: unknown, sets: NftSets): readonly RuleStep[] {
  const keys = parseKnownKeys(member(body, 'left'))
  if (typeof keys === 'string') return [unknownMatch(keys)]
  const steps =
    keys.length === 1
      ? compareOne(keys[0], member(body, 'op'), member(body, 'right'), sets)
      : compareSeveral(keys, member(body, 'op'), member(body, 'right'), sets)
  const about = keys.map(({ key }) => key.field).join(' . ')
  return [...needsOf(keys), steps ?? unknownMatch(about)]
}

/** The steps of `{ vmap: { key, data } }`. */
export function parseNftLookup(
  body: unknown,
  sets: NftSets,
  parseVerdict: (value: unknown) => FirewallVerdict,
): readonly RuleStep[] {
  const keys = parseKnownKeys(member(body, 'key'))
  if (typeof keys === 'string') return [unknownMatch(keys), unknownVerdict(keys)]
  const data = elementsOf(member(body, 'data'), sets)
  const fields = keys.map(valueField)
  const entries =
    data &&
    parseAll(data, (pair): LookupEntry | undefined => {
      const [element, verdict] = listOf(pair) ?? []
      const box = parseBox(fields, element)
      return box && { box, verdict: parseVerdict(verdict) }
    })
  const about = keys.map(({ key }) => key.field).join(' . ')
  if (!entries) return [...needsOf(keys), unknownMatch(about), unknownVerdict(about)]
  // What stands for all the rest is found only where nothing else is.
  const isRest = (_: LookupEntry, at: number) => bareElement(data[at]) === '*'
  const ordered = [...entries.filter((entry, at) => !isRest(entry, at)), ...entries.filter(isRest)]
  return [...needsOf(keys), { kind: 'lookup', keys: keys.map(({ key }) => key), entries: ordered }]
}

function bareElement(pair: unknown): unknown {
  const element = listOf(pair)?.[0]
  return member(member(element, 'elem'), 'val') ?? element
}

/** All keys, or the name of one that cannot be known. */
function parseKnownKeys(expression: unknown): readonly KnownKey[] | string {
  const known: KnownKey[] = []
  for (const key of parseNftKeys(expression)) {
    if (key.kind === 'unknown') return key.because
    if (!isDecidable(key.key) && key.key.mask !== undefined) return key.key.field
    known.push(key)
  }
  return known.length === 0 ? 'nothing' : known
}

const needsOf = (keys: readonly KnownKey[]): readonly FieldMatch[] =>
  keys.flatMap(({ needs }) => needs)

const valueField = ({ key, names }: KnownKey): ValueField => ({
  field: key.field,
  ...(names && { names }),
})

function elementsOf(value: unknown, sets: NftSets): readonly unknown[] | undefined {
  const name = textOf(value)
  return name === undefined ? listOf(member(value, 'set')) : sets.elements(name)
}

const bitFields: readonly FirewallField[] = ['state', 'status', 'tcpFlags']

function compareOne(
  key: KnownKey,
  op: unknown,
  right: unknown,
  sets: NftSets,
): RuleStep | undefined {
  const reference = textOf(right)
  if (reference?.startsWith('@')) {
    const ranges = sets.ranges(reference, valueField(key))
    return ranges && compare(key, op, ranges)
  }
  const ranges = parseFieldValue(valueField(key), right)
  if (!ranges) return undefined
  const isFlags = bitFields.includes(key.key.field) && listOf(member(right, 'set')) === undefined
  if (isFlags && (op === 'in' || op === '!') && !key.key.mask) {
    // `ct state established,related`: one of the bits, or with `!` none of them.
    const bits = ranges.reduce((sum, { low }) => sum | low, 0n)
    const masked = { ...key.key, mask: bits }
    if (!isDecidable(masked)) return undefined
    return op === 'in' ? matchBits(key.key.field, bits) : matchKey(masked, [exactly(0)])
  }
  return compare(key, op, ranges)
}

function compare({ key }: KnownKey, op: unknown, ranges: readonly NumberRange[]) {
  if (!isDecidable(key)) return undefined
  if (op === '==' || op === 'in') return matchKey(key, ranges)
  if (op === '!=') return matchKey(key, ranges, true)
  const [{ low, high }] = ranges.length === 1 ? ranges : [{ low: 0n, high: 1n }]
  if (low !== high) return undefined
  const last = everyValue(key.field).high
  const bounds: Readonly<Record<string, readonly [bigint, bigint]>> = {
    '<': [0n, low - 1n],
    '<=': [0n, low],
    '>': [low + 1n, last],
    '>=': [low, last],
  }
  const bound = typeof op === 'string' && Object.hasOwn(bounds, op) ? bounds[op] : undefined
  if (!bound) return undefined
  const range = rangeBetween(bound[0], bound[1])
  return matchKey(key, range ? [range] : [])
}

function compareSeveral(
  keys: readonly KnownKey[],
  op: unknown,
  right: unknown,
  sets: NftSets,
): RuleStep | undefined {
  if (op !== '==' && op !== '!=' && op !== 'in') return undefined
  if (keys.some(({ key }) => !isDecidable(key))) return undefined
  const elements = elementsOf(right, sets) ?? [right]
  const boxes = parseAll(elements, (element) => parseBox(keys.map(valueField), element))
  const negated = op === '!='
  return boxes && { kind: 'match-tuple', keys: keys.map(({ key }) => key), boxes, negated }
}
