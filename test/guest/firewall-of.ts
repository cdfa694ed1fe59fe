/** Small firewalls and packets, written the short way. */

import { parseIptablesSave, parseNftRuleset } from '#guest'
import type {
  Decider,
  FirewallPacket,
  FirewallRuleset,
  Judgement,
  PacketContext,
  ParsedFirewall,
} from '#guest'
import { parseAddress } from '#net'
import type { Family, IpAddress } from '#net'

export function address(text: string): IpAddress {
  const parsed = parseAddress(text)
  if (!parsed) throw new Error(`no address: ${text}`)
  return parsed
}

export function rulesetOf(parsed: ParsedFirewall): FirewallRuleset {
  if (parsed.kind === 'unreadable') throw new Error(JSON.stringify(parsed.problems))
  return parsed.ruleset
}

type Json = Readonly<Record<string, unknown>>

/** One base chain of nftables; `rules` are lists of expressions. */
export interface NftChain {
  readonly name?: string
  readonly base?: Json
  readonly rules: readonly (readonly unknown[])[]
}

/** The text of `nft -j list ruleset` for one table `t`. */
export function nftText(
  chains: readonly NftChain[],
  extras: readonly Json[] = [],
  family = 'inet',
): string {
  const place = { family, table: 't' }
  const named = chains.map((chain) => ({ name: 'in', ...chain }))
  const base = { type: 'filter', hook: 'input', prio: 0, policy: 'drop' }
  return JSON.stringify({
    nftables: [
      { metainfo: { version: '1.0.6', json_schema_version: 1 } },
      { table: { family, name: 't' } },
      ...named.map(({ name, base: own }) => ({
        chain: { ...place, name, ...(own ?? (name === 'in' ? base : {})) },
      })),
      ...extras,
      ...named.flatMap(({ name, rules }) =>
        rules.map((expr, at) => ({ rule: { ...place, chain: name, handle: at + 10, expr } })),
      ),
    ],
  })
}

/** A filter table of iptables whose INPUT drops; lines with a star or colon stand for themselves. */
export function iptables(lines: readonly string[], family: Family = 4): FirewallRuleset {
  const chains = lines.filter((line) => line.startsWith(':'))
  const rules = lines.filter((line) => !line.startsWith(':'))
  const own = [':INPUT DROP [0:0]', ':FORWARD ACCEPT [0:0]', ':OUTPUT ACCEPT [0:0]']
  const text = ['*filter', ...own, ...chains, ...rules, 'COMMIT'].join('\n')
  return rulesetOf(parseIptablesSave(text, family))
}

export const nft = (...given: Parameters<typeof nftText>): FirewallRuleset =>
  rulesetOf(parseNftRuleset(nftText(...given)))

/** A SYN from 10.0.0.5:40000 to 10.0.0.1:22, or something close to it. */
export function packet(change: Partial<FirewallPacket> = {}): FirewallPacket {
  return {
    family: 4,
    protocol: 6,
    source: address('10.0.0.5'),
    destination: address('10.0.0.1'),
    sourcePort: 40_000,
    destinationPort: 22,
    tcpFlags: 2,
    icmpType: 8,
    icmpCode: 0,
    length: 60,
    hopLimit: 64,
    ...change,
  }
}

/** The same in IPv6. */
export const packet6 = (change: Partial<FirewallPacket> = {}): FirewallPacket =>
  packet({ family: 6, source: address('fd00::5'), destination: address('fd00::1'), ...change })

export const arriving: PacketContext = {
  state: 'new',
  inputDevice: 'eth0',
  sourceType: 'unicast',
  destinationType: 'local',
  reverseRoute: true,
}

/** `rule 3 of chain in` and the like. */
export function nameOf(decider: Decider): string {
  if (decider.kind === 'no-chain') return 'no chain'
  const { name } = decider.chain
  return decider.kind === 'policy'
    ? `policy of ${name}`
    : `rule ${decider.rule.position} of ${name}`
}

export const say = (judgement: Judgement): string =>
  `${judgement.decision} by ${nameOf(judgement.by)}`
