import type { FirewallProblem, IgnoredPart } from './firewall-problem.ts'
import { firewallHooks } from './firewall-ruleset.ts'
import type {
  BaseChain,
  FirewallChain,
  FirewallFamily,
  FirewallHook,
  FirewallRule,
  FirewallRuleset,
  RuleStep,
} from './firewall-ruleset.ts'
import { deviceRange } from './firewall-field.ts'
import type { NumberRange } from './number-range.ts'
import { entryOf, listOf, member, textOf } from './parse-nft-json.ts'
import { collectNftSets } from './parse-nft-set.ts'
import { parseNftStatement } from './parse-nft-statement.ts'
import { dropRepeated, match, unknownMatch, verdict } from './rule-step.ts'

/** What became of the text of a firewall. */
export type ParsedFirewall =
  | {
      readonly kind: 'ruleset'
      readonly ruleset: FirewallRuleset
      readonly ignored: readonly IgnoredPart[]
    }
  | { readonly kind: 'unreadable'; readonly problems: readonly FirewallProblem[] }

/**
 * Reads the text of `nft -j list ruleset`, as nftables 1.0.6 and its neighbours print it. Conditions
 * and statements that are not understood stay in the ruleset as steps that leave an answer open;
 * `unreadable` is a text whose chains or rules cannot be told. Never throws.
 */
export function parseNftRuleset(text: string): ParsedFirewall {
  const items = parseItems(text)
  if (typeof items === 'string') return unreadable('', items)
  const problems: FirewallProblem[] = []
  const ignored: IgnoredPart[] = []
  const draft = collectChains(items, problems, ignored)
  addRules(items, draft, problems)
  if (problems.length > 0) return { kind: 'unreadable', problems: problems.slice(0, MOST_PROBLEMS) }
  const chains = draft.map(({ chain, rules }) => ({ ...chain, rules }))
  return { kind: 'ruleset', ruleset: { chains, unseenFamilies: [] }, ignored }
}

/** The rest of a text that is wrong throughout teaches nobody anything. */
export const MOST_PROBLEMS = 20

function unreadable(at: string, says: string): ParsedFirewall {
  return { kind: 'unreadable', problems: [{ at, says }] }
}

function parseItems(text: string): readonly unknown[] | string {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return error instanceof Error ? `not JSON: ${error.message}` : 'not JSON'
  }
  return listOf(member(json, 'nftables')) ?? 'no list named nftables'
}

interface ChainDraft {
  readonly chain: FirewallChain
  readonly rules: FirewallRule[]
}

const tableFamilies = ['ip', 'ip6', 'inet', 'netdev'] as const satisfies readonly FirewallFamily[]

const otherFamilies: Readonly<Record<string, string>> = {
  arp: 'sees ARP only, no IP packets',
  bridge: 'sees frames that are bridged, not packets that are routed or received',
}

const isFamily = (text: string): text is FirewallFamily =>
  tableFamilies.some((family) => family === text)

function collectChains(
  items: readonly unknown[],
  problems: FirewallProblem[],
  ignored: IgnoredPart[],
): readonly ChainDraft[] {
  const dormant = collectDormant(items)
  return items.flatMap((item, index): readonly ChainDraft[] => {
    const body = member(item, 'chain')
    if (body === undefined) return []
    const at = `/nftables/${index}/chain`
    const family = textOf(member(body, 'family')) ?? ''
    const reason = entryOf(otherFamilies, family)
    if (reason !== undefined) {
      ignored.push({ at, says: `a chain of family ${family} ${reason}` })
      return []
    }
    const chain = isFamily(family) ? parseChain(family, body) : 'no family that nftables has'
    if (typeof chain === 'string') {
      problems.push({ at, says: chain })
      return []
    }
    const gates = chain.base ? gateRules(body, dormant.get(tableKey(body))) : []
    return [{ chain, rules: [...gates] }]
  })
}

const tableKey = (body: unknown) =>
  `${String(textOf(member(body, 'family')))}\n${String(textOf(member(body, 'table')))}`

/** Tables with flags: version 1.0.6 prints the family in place of the flag, and so hides which. */
function collectDormant(items: readonly unknown[]): ReadonlyMap<string, 'dormant' | 'perhaps'> {
  return new Map(
    items.flatMap((item): (readonly [string, 'dormant' | 'perhaps'])[] => {
      const body = member(item, 'table')
      const flags = member(body, 'flags')
      if (flags === undefined) return []
      const names = listOf(flags) ?? [flags]
      const family = textOf(member(body, 'family'))
      const key = `${String(family)}\n${String(textOf(member(body, 'name')))}`
      if (names.includes('dormant')) return [[key, 'dormant']]
      return names.includes(family) ? [[key, 'perhaps']] : []
    }),
  )
}

const EVERY_DEVICE_UNKNOWN = 'which device the chain belongs to'

/** Rules before the first, for a chain that may not be in use, or for one device only. */
function gateRules(
  body: unknown,
  dormant: 'dormant' | 'perhaps' | undefined,
): readonly FirewallRule[] {
  const gate = (...steps: readonly RuleStep[]): FirewallRule => ({
    position: 0,
    steps: [...steps, verdict('accept')],
  })
  if (dormant === 'dormant') return [gate()]
  const gates = dormant === 'perhaps' ? [gate(unknownMatch('whether the table is in use'))] : []
  const hook = textOf(member(body, 'hook'))
  if (hook !== 'ingress' && hook !== 'egress') return gates
  const ranges = parseDevices(member(body, 'dev'))
  const field = hook === 'ingress' ? 'inputDevice' : 'outputDevice'
  return [...gates, gate(ranges ? match(field, ranges, true) : unknownMatch(EVERY_DEVICE_UNKNOWN))]
}

function parseDevices(value: unknown): readonly NumberRange[] | undefined {
  if (value === undefined) return undefined
  const ranges = (listOf(value) ?? [value]).map(
    (name) => typeof name === 'string' && deviceRange(name, { prefix: false }),
  )
  const read = ranges.filter((range) => typeof range === 'object')
  return read.length === ranges.length ? read : undefined
}

function parseChain(family: FirewallFamily, body: unknown): FirewallChain | string {
  const table = textOf(member(body, 'table'))
  const name = textOf(member(body, 'name'))
  if (table === undefined || name === undefined) return 'no table or no name'
  const hook = textOf(member(body, 'hook'))
  if (hook === undefined) return { family, table, name, rules: [] }
  const base = parseBase(hook, body)
  return typeof base === 'string' ? base : { family, table, name, base, rules: [] }
}

/** Devices' own hooks come before and after all others; no packet can tell them from those. */
const deviceHooks: Readonly<Record<string, readonly [FirewallHook, number]>> = {
  ingress: ['prerouting', -(2 ** 31)],
  egress: ['postrouting', 2 ** 31 - 1],
}

function parseBase(name: string, body: unknown): BaseChain | string {
  const type = textOf(member(body, 'type'))
  const priority = member(body, 'prio')
  const policy = textOf(member(body, 'policy')) ?? 'accept'
  if (type !== 'filter' && type !== 'nat' && type !== 'route') return 'no type that a chain has'
  if (policy !== 'accept' && policy !== 'drop') return 'no policy that a chain has'
  if (typeof priority !== 'number' || !Number.isInteger(priority)) return 'no priority'
  const hook = firewallHooks.find((known) => known === name)
  if (hook) return { hook, type, priority, policy }
  if (!Object.hasOwn(deviceHooks, name)) return 'no hook that a chain has'
  const [deviceHook, devicePriority] = deviceHooks[name]
  return { hook: deviceHook, type, priority: devicePriority, policy }
}

function addRules(
  items: readonly unknown[],
  draft: readonly ChainDraft[],
  problems: FirewallProblem[],
): void {
  const numbers = new Map(draft.map(({ chain }, number) => [chainKey(chain), number]))
  const setsOf = collectNftSets(items)
  for (const [index, item] of items.entries()) {
    const body = member(item, 'rule')
    if (body === undefined) continue
    const [family = '', table = '', chain = ''] = ['family', 'table', 'chain'].map((name) =>
      textOf(member(body, name)),
    )
    if (Object.hasOwn(otherFamilies, family)) continue
    const number = numbers.get(chainKey({ family, table, name: chain }))
    const statements = listOf(member(body, 'expr'))
    const at = `/nftables/${index}/rule`
    if (number === undefined) problems.push({ at, says: 'no such chain' })
    if (!statements) problems.push({ at, says: 'no list of expressions' })
    if (number === undefined || !statements) continue
    const sets = setsOf(family, table)
    const chainNumber = (name: string) => numbers.get(chainKey({ family, table, name }))
    const steps = dropRepeated(
      statements.flatMap((statement) => parseNftStatement(statement, { sets, chainNumber })),
    )
    const { rules } = draft[number]
    rules.push({ position: (rules.at(-1)?.position ?? 0) + 1, ...labels(body), steps })
  }
}

const chainKey = ({ family, table, name }: { family: string; table: string; name: string }) =>
  [family, table, name].join('\n')

function labels(body: unknown): Pick<FirewallRule, 'handle' | 'comment'> {
  const handle = member(body, 'handle')
  const comment = textOf(member(body, 'comment'))
  return {
    ...(typeof handle === 'number' && { handle }),
    ...(comment !== undefined && { comment }),
  }
}
