import type { Family } from '#net'
import type { FirewallProblem } from './firewall-problem.ts'
import type { BaseChain, FirewallChain, FirewallHook, FirewallRule } from './firewall-ruleset.ts'
import { parseModule } from './parse-iptables-match.ts'
import { parseBaseOption } from './parse-iptables-option.ts'
import { parseIptablesWords } from './parse-iptables-words.ts'
import type { IptablesPart } from './parse-iptables-words.ts'
import { parseIptablesTarget } from './parse-iptables-target.ts'
import { entryOf } from './parse-nft-json.ts'
import { MOST_PROBLEMS } from './parse-nft-ruleset.ts'
import type { ParsedFirewall } from './parse-nft-ruleset.ts'
import { dropRepeated } from './rule-step.ts'

/**
 * Reads the text of `iptables-save` (family 4) or `ip6tables-save` (6), of both of their backends.
 * Conditions and targets that are not understood stay in the ruleset as steps that leave an answer
 * open; `unreadable` is a text whose tables, chains or rules cannot be told. If the tool says that
 * it did not list everything, the family is unseen. Never throws.
 */
export function parseIptablesSave(text: string, family: Family): ParsedFirewall {
  const lines = text.split('\n').map((line) => line.trim())
  const isNft = lines.some((line) => /^#.*\(nf_tables\)/.test(line))
  const draft: SaveDraft = { family, isNft, chains: [], numbers: new Map(), problems: [] }
  // Chains may be called before the rules of theirs are read, and so are all declared first.
  eachLine(lines, (line, at, table) => declareChain(draft, line, at, table))
  eachLine(lines, (line, at, table) => addRule(draft, line, at, table))
  const { problems } = draft
  if (problems.length === 0 && isCutOff(lines))
    problems.push({ at: `line ${lines.length}`, says: 'the text ends before COMMIT' })
  if (problems.length > 0) return { kind: 'unreadable', problems: problems.slice(0, MOST_PROBLEMS) }
  const chains = draft.chains.map(({ chain, rules }) => ({ ...chain, rules }))
  const unseenFamilies = lines.some((line) => incomplete.test(line)) ? [family] : []
  return { kind: 'ruleset', ruleset: { chains, unseenFamilies }, ignored: [] }
}

/** Of a table without its end nobody knows which rules are missing, and iptables-restore takes none. */
const isCutOff = (lines: readonly string[]): boolean =>
  lines.findLastIndex((line) => line.startsWith('*')) > lines.lastIndexOf('COMMIT')

/** What the tools print in a comment when rules of theirs are somewhere else. */
const incomplete = /^#.*(?:incompatible, use 'nft' tool|-legacy tables present)/

interface SaveDraft {
  readonly family: Family
  /** Whether the backend is nftables. */
  readonly isNft: boolean
  readonly chains: {
    readonly chain: FirewallChain
    readonly rules: FirewallRule[]
  }[]
  /** By table and name. */
  readonly numbers: Map<string, number>
  readonly problems: FirewallProblem[]
}

function eachLine(
  lines: readonly string[],
  visit: (line: string, at: string, table: string | undefined) => void,
): void {
  let table: string | undefined
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('*')) table = line.slice(1)
    if (line !== '' && !line.startsWith('#')) visit(line, `line ${index + 1}`, table)
    if (line === 'COMMIT') table = undefined
  }
}

function declareChain(draft: SaveDraft, line: string, at: string, table: string | undefined): void {
  const problem = (says: string) => draft.problems.push({ at, says })
  if (line.startsWith('*')) {
    if (!Object.hasOwn(tables, line.slice(1))) problem('no table that iptables has')
    return
  }
  if (!line.startsWith(':')) return
  const [, name, policy] = /^:(\S+) (ACCEPT|DROP|-)(?: \[\d+:\d+\])?$/.exec(line) ?? []
  if (table === undefined || name === undefined) {
    problem('not the declaration of a chain of a table')
    return
  }
  const place = entryOf(entryOf(tables, table) ?? {}, name)
  const base: BaseChain | undefined = place && {
    ...place,
    priority: table === 'security' && draft.isNft ? NFT_SECURITY : place.priority,
    policy: policy === 'DROP' ? 'drop' : 'accept',
  }
  if (draft.numbers.has(chainKey(table, name))) problem('the chain is declared twice')
  draft.numbers.set(chainKey(table, name), draft.chains.length)
  const family = draft.family === 4 ? 'ip' : 'ip6'
  draft.chains.push({ chain: { family, table, name, ...(base && { base }), rules: [] }, rules: [] })
}

const chainKey = (table: string, name: string) => `${table}\n${name}`

type Place = Omit<BaseChain, 'policy'>

const at = (
  hooks: readonly FirewallHook[],
  type: BaseChain['type'],
  priority: number,
): Readonly<Record<string, Place>> =>
  Object.fromEntries(hooks.map((hook) => [hook.toUpperCase(), { hook, type, priority }]))

const LEGACY_SECURITY = 50

/** The backend of nftables calls this table later, behind the source translation of `input`. */
const NFT_SECURITY = 150

/** Where the kernel calls the chains that iptables comes with: linux/netfilter_ipv4.h. */
const tables: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  raw: at(['prerouting', 'output'], 'filter', -300),
  mangle: {
    ...at(['prerouting', 'input', 'forward', 'postrouting'], 'filter', -150),
    ...at(['output'], 'route', -150),
  },
  nat: {
    ...at(['prerouting', 'output'], 'nat', -100),
    ...at(['input', 'postrouting'], 'nat', 100),
  },
  filter: at(['input', 'forward', 'output'], 'filter', 0),
  security: at(['input', 'forward', 'output'], 'filter', LEGACY_SECURITY),
}

function addRule(draft: SaveDraft, line: string, at: string, table: string | undefined): void {
  const problem = (says: string) => draft.problems.push({ at, says })
  if (/^[*:]/.test(line) || line === 'COMMIT') return
  const [, chain, options] = /^(?:\[\d+:\d+\] )?-A (\S+)(?: (.*))?$/.exec(line) ?? []
  if (table === undefined || chain === undefined) {
    problem('not a line of iptables-save')
    return
  }
  const findChain = (name: string) => draft.numbers.get(chainKey(table, name))
  const number = findChain(chain)
  const rule = parseIptablesWords(options ?? '')
  if (number === undefined) problem('no such chain')
  if (!rule) problem('words that belong to no option')
  if (number === undefined || !rule) return
  const { family } = draft
  const comment = commentOf(rule.modules)
  const { rules } = draft.chains[number]
  rules.push({
    position: rules.length + 1,
    ...(comment !== undefined && { comment }),
    text: line.replace(/^\[\d+:\d+\] /, ''),
    steps: dropRepeated([
      ...rule.base.flatMap((option) => parseBaseOption(option, family)),
      ...rule.modules.flatMap((part) => parseModule(part, family)),
      ...parseIptablesTarget(rule, family, findChain),
    ]),
  })
}

function commentOf(modules: readonly IptablesPart[]): string | undefined {
  const options = modules.find(({ name }) => name === 'comment')?.options
  return options?.find(({ name }) => name === '--comment')?.values[0]
}
