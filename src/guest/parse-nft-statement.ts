/** Statements of nft, normalised: what a rule does besides asking. */

import { addressBits, parseAddress } from '#net'
import type { IpAddress } from '#net'
import { everyValue } from './firewall-field.ts'
import type { MarkField } from './firewall-field.ts'
import type {
  FirewallVerdict,
  RejectWith,
  RuleStep,
  SetMark,
  Translation,
} from './firewall-ruleset.ts'
import { entryOf, listOf, member, onlyMember, textOf } from './parse-nft-json.ts'
import { parseNftKey } from './parse-nft-key.ts'
import { parseNftLookup, parseNftMatch } from './parse-nft-match.ts'
import type { NftSets } from './parse-nft-set.ts'
import { parseXtStatement } from './parse-xt-statement.ts'
import {
  matchFamily,
  matchProtocol,
  resetProtocol,
  unknownMatch,
  unknownVerdict,
} from './rule-step.ts'

/** What a statement may refer to. */
export interface StatementPlace {
  readonly sets: NftSets
  /** The number of a chain of the same table; undefined if there is none of that name. */
  readonly chainNumber: (name: string) => number | undefined
}

/** The steps of one statement; whatever is not understood becomes a step that may do anything. */
export function parseNftStatement(statement: unknown, place: StatementPlace): readonly RuleStep[] {
  const [name, body] = onlyMember(statement) ?? [textOf(statement) ?? 'statement', null]
  if (idle.has(name)) return []
  const verdict = parseNftVerdict(statement, place)
  if (verdict) return [{ kind: 'verdict', verdict }]
  return entryOf(parsers, name)?.(body, place, name) ?? [unknownVerdict(name.slice(0, 80))]
}

/** Statements that only count, tell or set what no later rule decides by. */
const idle = new Set([
  'counter',
  'log',
  'last',
  'flow',
  'dup',
  'secmark',
  'ct helper',
  'ct timeout',
  'ct expectation',
  'reset',
])

type Parser = (body: unknown, place: StatementPlace, name: string) => readonly RuleStep[]

const unknown: Parser = (_body, _place, name) => [unknownMatch(name)]

const parsers: Readonly<Record<string, Parser>> = {
  match: (body, { sets }) => parseNftMatch(body, sets),
  vmap: (body, place) =>
    parseNftLookup(
      body,
      place.sets,
      (verdict) =>
        parseNftVerdict(verdict, place) ?? { kind: 'unknown', because: 'a verdict of a map' },
    ),
  limit: unknown,
  quota: unknown,
  meter: unknown,
  'ct count': unknown,
  set: parseSetUpdate,
  map: parseSetUpdate,
  mangle: parseMangle,
  notrack: () => [{ kind: 'untrack' }],
  reject: parseReject,
  snat: (body) => parseTranslate('source', body),
  dnat: (body) => parseTranslate('destination', body),
  masquerade: (body) => parseTranslate('source', { addr: 'own', port: member(body, 'port') }),
  redirect: (body) => parseTranslate('destination', { addr: 'own', port: member(body, 'port') }),
  xt: parseXtStatement,
}

/** A verdict, or undefined for another statement. */
function parseNftVerdict(
  statement: unknown,
  { chainNumber }: StatementPlace,
): FirewallVerdict | undefined {
  const [name, body] = onlyMember(statement) ?? [textOf(statement), null]
  switch (name) {
    case 'accept':
    case 'drop':
    case 'continue':
    case 'return':
      return { kind: name }
    case 'jump':
    case 'goto': {
      const target = textOf(member(body, 'target')) ?? ''
      const chain = chainNumber(target)
      return chain === undefined
        ? { kind: 'unknown', because: `${name} ${target}`.slice(0, 80) }
        : { kind: name, chain }
    }
    default:
      return undefined
  }
}

/** Adding to a set decides nothing, unless a limit is asked on the way. */
function parseSetUpdate(body: unknown): readonly RuleStep[] {
  const asked = listOf(member(body, 'stmt')) ?? []
  const limits = asked.flatMap((statement) => onlyMember(statement)?.[0] ?? ['statement'])
  return limits.filter((name) => !idle.has(name)).map(unknownMatch)
}

/**
 * The conditions that nft leaves out of its listing because they are implied. Version 1.0.6 also
 * leaves out `meta nfproto` right before a TCP reset, where it is not; that is lost.
 */
function parseReject(body: unknown): readonly RuleStep[] {
  const type = textOf(member(body, 'type')) ?? 'icmpx'
  const reply = textOf(member(body, 'expr')) ?? 'port-unreachable'
  if (type === 'tcp reset') return [matchProtocol(resetProtocol), reject('tcp-reset')]
  const step = reject(entryOf(rejectNames, reply) ?? 'unknown')
  if (type === 'icmp') return [matchFamily(4), step]
  return type === 'icmpv6' ? [matchFamily(6), step] : [step]
}

const reject = (reply: RejectWith): RuleStep => ({
  kind: 'verdict',
  verdict: { kind: 'reject', with: reply },
})

/** nft(8), REJECT STATEMENT. */
const rejectNames: Readonly<Record<string, RejectWith>> = {
  'net-unreachable': 'net-unreachable',
  'host-unreachable': 'host-unreachable',
  'prot-unreachable': 'proto-unreachable',
  'port-unreachable': 'port-unreachable',
  'net-prohibited': 'net-prohibited',
  'host-prohibited': 'host-prohibited',
  'admin-prohibited': 'admin-prohibited',
  'no-route': 'no-route',
  'addr-unreachable': 'address-unreachable',
  'policy-fail': 'policy-fail',
  'reject-route': 'reject-route',
}

function parseTranslate(end: Translation['end'], body: unknown): readonly RuleStep[] {
  const address = member(body, 'addr')
  const port = member(body, 'port')
  const target = parseTargetAddress(address)
  const to: Translation = {
    end,
    address: target ?? (address === undefined ? 'kept' : address === 'own' ? 'own' : 'unknown'),
    port: typeof port === 'number' && isPort(port) ? port : port === undefined ? 'kept' : 'unknown',
  }
  const family = textOf(member(body, 'family'))
  const needs = family === 'ip' ? [matchFamily(4)] : family === 'ip6' ? [matchFamily(6)] : []
  return [...needs, { kind: 'translate', to }]
}

const isPort = (port: number) => Number.isInteger(port) && port >= 0 && port <= 65_535

/** One address, also where it is written as a prefix of full length. */
function parseTargetAddress(value: unknown): IpAddress | undefined {
  const prefix = member(value, 'prefix')
  const address = parseAddress(textOf(prefix === undefined ? value : member(prefix, 'addr')) ?? '')
  if (!address || prefix === undefined) return address
  return member(prefix, 'len') === addressBits(address.family) ? address : undefined
}

/** Assignments: marks are followed; addresses and ports under way would change every later rule. */
function parseMangle(body: unknown): readonly RuleStep[] {
  const target = parseNftKey(member(body, 'key'))
  if (target.kind === 'unknown') return []
  const { field } = target.key
  if (field === 'mark' || field === 'connectionMark')
    return [parseMark(field, member(body, 'value'))]
  return harmless.has(field) ? [] : [unknownVerdict(`set ${field}`)]
}

/** Fields that are set often and asked for hardly ever; their conditions stay those of the wire. */
const harmless = new Set(['packetType', 'hopLimit'])

function parseMark(field: MarkField, value: unknown): RuleStep {
  const all = everyValue(field).high
  const formula = parseFormula(value, all)
  return formula ? { kind: 'set-mark', field, ...formula } : { kind: 'forget-mark', field }
}

type Formula = Pick<SetMark, 'from' | 'keep' | 'flip'>

/** A mark or constant under `&`, `|` and `^` with constants, as one AND and one XOR. */
function parseFormula(value: unknown, all: bigint): Formula | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && BigInt(value) <= all)
    return { from: 'mark', keep: 0n, flip: BigInt(value) }
  const [operator, operands] = onlyMember(value) ?? ['', undefined]
  const parts = listOf(operands)
  if (!parts) return parseSource(value, all)
  const left = parts.length === 2 ? parseFormula(parts[0], all) : undefined
  const right = parseFormula(parts[1], all)
  if (!left || !right || right.keep !== 0n) return undefined
  return combine(left, operator, right.flip, all)
}

function parseSource(value: unknown, all: bigint): Formula | undefined {
  const source = parseNftKey(value)
  if (source.kind === 'unknown' || source.key.mask !== undefined) return undefined
  const { field } = source.key
  return field === 'mark' || field === 'connectionMark'
    ? { from: field, keep: all, flip: 0n }
    : undefined
}

function combine(
  { from, keep, flip }: Formula,
  operator: string,
  constant: bigint,
  all: bigint,
): Formula | undefined {
  const cleared = all & ~constant
  if (operator === '&') return { from, keep: keep & constant, flip: flip & constant }
  if (operator === '|') return { from, keep: keep & cleared, flip: (flip & cleared) | constant }
  return operator === '^' ? { from, keep, flip: flip ^ constant } : undefined
}
