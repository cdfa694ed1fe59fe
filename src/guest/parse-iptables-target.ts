/** Targets of iptables, iptables-extensions(8) TARGET EXTENSIONS, normalised. */

import { parseAddress } from '#net'
import type { Family, IpAddress } from '#net'
import type { MarkField } from './firewall-field.ts'
import type { FirewallVerdict, RejectWith, RuleStep, Translation } from './firewall-ruleset.ts'
import type { IptablesOption, IptablesRule } from './parse-iptables-words.ts'
import { LAST_WORD, parseMark, parseWord } from './parse-iptables-value.ts'
import { entryOf } from './parse-nft-json.ts'
import { idleTargets } from './parse-xt-statement.ts'
import { unknownVerdict, verdict } from './rule-step.ts'

/** The number of a chain of the same table. */
export type FindChain = (name: string) => number | undefined

/** The steps of `-j` or `-g`; none for a rule that has neither. */
export function parseIptablesTarget(
  { target }: IptablesRule,
  family: Family,
  findChain: FindChain,
): readonly RuleStep[] {
  if (!target) return []
  const { name, options, how } = target
  const chain = findChain(name)
  const label = `-${how === 'jump' ? 'j' : 'g'} ${name}`.slice(0, 80)
  if (chain !== undefined) return [{ kind: 'verdict', verdict: { kind: how, chain } }]
  if (how === 'goto') return [unknownVerdict(label)]
  return entryOf(targets, name)?.(options, family) ?? [unknownVerdict(label)]
}

type Parser = (
  options: readonly IptablesOption[],
  family: Family,
) => readonly RuleStep[] | undefined

const valueOf = (options: readonly IptablesOption[], ...names: readonly string[]) =>
  options.find(({ name }) => names.includes(name))?.values[0]

const has = (options: readonly IptablesOption[], wanted: string) =>
  options.some(({ name }) => name === wanted)

const targets: Readonly<Record<string, Parser>> = {
  ...Object.fromEntries(idleTargets.map((name) => [name, () => []])),
  ACCEPT: () => [verdict('accept')],
  DROP: () => [verdict('drop')],
  RETURN: () => [verdict('return')],
  REJECT: (options) => [
    {
      kind: 'verdict',
      verdict: { kind: 'reject', with: parseReply(options) } satisfies FirewallVerdict,
    },
  ],
  MARK: (options) => [parseMarkTarget('mark', options)],
  CONNMARK: parseConnectionMark,
  NOTRACK: () => [{ kind: 'untrack' }],
  // Zones, helpers and timeouts keep the packet in tracking.
  CT: (options) => (has(options, '--notrack') ? [{ kind: 'untrack' }] : []),
  SNAT: (options, family) => translate('source', valueOf(options, '--to-source'), family),
  DNAT: (options, family) => translate('destination', valueOf(options, '--to-destination'), family),
  MASQUERADE: (options) => ownAddress('source', valueOf(options, '--to-ports')),
  REDIRECT: (options) => ownAddress('destination', valueOf(options, '--to-ports')),
  NETMAP: () => undefined,
}

/** What REJECT says when nothing else is asked: port unreachable. */
function parseReply(options: readonly IptablesOption[]): RejectWith {
  const name = valueOf(options, '--reject-with')
  return name === undefined ? 'port-unreachable' : (entryOf(replies, name) ?? 'unknown')
}

const replies: Readonly<Record<string, RejectWith>> = {
  'tcp-reset': 'tcp-reset',
  'icmp-net-unreachable': 'net-unreachable',
  'icmp-host-unreachable': 'host-unreachable',
  'icmp-proto-unreachable': 'proto-unreachable',
  'icmp-port-unreachable': 'port-unreachable',
  'icmp-net-prohibited': 'net-prohibited',
  'icmp-host-prohibited': 'host-prohibited',
  'icmp-admin-prohibited': 'admin-prohibited',
  'icmp6-no-route': 'no-route',
  'no-route': 'no-route',
  'icmp6-adm-prohibited': 'admin-prohibited',
  'adm-prohibited': 'admin-prohibited',
  'icmp6-addr-unreachable': 'address-unreachable',
  'addr-unreach': 'address-unreachable',
  'icmp6-port-unreachable': 'port-unreachable',
  'port-unreach': 'port-unreachable',
  'icmp6-policy-fail': 'policy-fail',
  'policy-fail': 'policy-fail',
  'icmp6-reject-route': 'reject-route',
  'reject-route': 'reject-route',
}

/** The five ways to set a mark, all one AND and one XOR. */
function parseMarkTarget(field: MarkField, options: readonly IptablesOption[]): RuleStep {
  const set = (keep: bigint, flip: bigint): RuleStep => ({
    kind: 'set-mark',
    field,
    from: field,
    keep,
    flip,
  })
  const exclusive = parseMark(valueOf(options, '--set-xmark') ?? '')
  if (exclusive) return set(LAST_WORD & ~exclusive.mask, exclusive.value)
  const plain = parseMark(valueOf(options, '--set-mark') ?? '')
  if (plain) return set(LAST_WORD & ~plain.mask & ~plain.value, plain.value)
  const word = (name: string) => parseWord(valueOf(options, name) ?? '')
  const [and, or, xor] = [word('--and-mark'), word('--or-mark'), word('--xor-mark')]
  if (and !== undefined) return set(and, 0n)
  if (or !== undefined) return set(LAST_WORD & ~or, or)
  return xor === undefined ? { kind: 'forget-mark', field } : set(LAST_WORD, xor)
}

function parseConnectionMark(options: readonly IptablesOption[]): readonly RuleStep[] {
  const masks = ['--nfmask', '--ctmask', '--mask'].map((name) => valueOf(options, name))
  const isWhole = masks.every((mask) => mask === undefined || parseWord(mask) === LAST_WORD)
  const copy = (field: MarkField, from: MarkField): RuleStep =>
    isWhole
      ? { kind: 'set-mark', field, from, keep: LAST_WORD, flip: 0n }
      : { kind: 'forget-mark', field }
  if (has(options, '--save-mark')) return [copy('connectionMark', 'mark')]
  if (has(options, '--restore-mark')) return [copy('mark', 'connectionMark')]
  return [parseMarkTarget('connectionMark', options)]
}

function translate(
  end: Translation['end'],
  text: string | undefined,
  family: Family,
): readonly RuleStep[] {
  const [address, port] = splitTarget(text ?? '', family)
  return [{ kind: 'translate', to: { end, address, port } }]
}

/** `10.0.0.1`, `10.0.0.1:80`, `:80`, `[fd00::1]:80`; ranges of either leave it open. */
function splitTarget(
  text: string,
  family: Family,
): readonly [IpAddress | 'kept' | 'unknown', Translation['port']] {
  const pattern = family === 4 ? /^([^:]*)(?::(.*))?$/ : /^\[?([^\]]*)\]?(?:(?<=\]):(.*))?$/
  const [, address = '', port] = pattern.exec(text) ?? []
  const parsed = parseAddress(address)
  const known = parsed?.family === family ? parsed : address === '' ? 'kept' : 'unknown'
  return [text === '' ? 'unknown' : known, parsePort(port)]
}

function parsePort(text: string | undefined): Translation['port'] {
  if (text === undefined || text === '') return 'kept'
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : 'unknown'
}

function ownAddress(end: Translation['end'], ports: string | undefined): readonly RuleStep[] {
  return [{ kind: 'translate', to: { end, address: 'own', port: parsePort(ports) } }]
}
