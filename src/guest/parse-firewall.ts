import type { GuestFirewall } from '#model'
import type { Family } from '#net'
import { parseIptablesSave } from './parse-iptables-save.ts'
import { parseNftRuleset } from './parse-nft-ruleset.ts'
import type { ParsedFirewall } from './parse-nft-ruleset.ts'
import type { FirewallChain, RuleStep } from './firewall-ruleset.ts'

/**
 * Reads what a collector saw of a guest's firewall, whichever tool printed it; the form is the same.
 * `unreadable` if one of its texts is. Of a family whose iptables were not collected every packet is
 * undecided. Never throws.
 */
export function parseFirewall(firewall: GuestFirewall): ParsedFirewall {
  if (firewall.kind === 'nftables') return parseNftRuleset(firewall.ruleset)
  return joinFamilies(parseOne(firewall.ipv4, 4), parseOne(firewall.ipv6, 6))
}

function parseOne(text: string | undefined, family: Family): ParsedFirewall {
  if (text !== undefined) return parseIptablesSave(text, family)
  return { kind: 'ruleset', ruleset: { chains: [], unseenFamilies: [family] }, ignored: [] }
}

function joinFamilies(a: ParsedFirewall, b: ParsedFirewall): ParsedFirewall {
  if (a.kind === 'unreadable' || b.kind === 'unreadable') {
    const problems = [a, b].flatMap((part, index) =>
      part.kind === 'unreadable'
        ? part.problems.map(({ at, says }) => ({ at: `${texts[index]} ${at}`, says }))
        : [],
    )
    return { kind: 'unreadable', problems }
  }
  const moved = a.ruleset.chains.length
  return {
    kind: 'ruleset',
    ruleset: {
      chains: [...a.ruleset.chains, ...b.ruleset.chains.map((chain) => moveChain(chain, moved))],
      unseenFamilies: [...a.ruleset.unseenFamilies, ...b.ruleset.unseenFamilies],
    },
    ignored: [...a.ignored, ...b.ignored],
  }
}

const texts = ['ipv4', 'ipv6'] as const

/** A chain whose calls point as many places further down. */
function moveChain(chain: FirewallChain, by: number): FirewallChain {
  const moveStep = (step: RuleStep): RuleStep =>
    step.kind === 'verdict' && (step.verdict.kind === 'jump' || step.verdict.kind === 'goto')
      ? { ...step, verdict: { ...step.verdict, chain: step.verdict.chain + by } }
      : step
  const rules = chain.rules.map((rule) => ({ ...rule, steps: rule.steps.map(moveStep) }))
  return { ...chain, rules }
}
