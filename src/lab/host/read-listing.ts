import type { GuestRuleHandle } from './request.ts'

/** Reads `nft -j list ruleset`: where the kernel put the rules of a guest's own firewall. */
export function readListing(space: string, text: string): readonly GuestRuleHandle[] {
  const positions = new Map<string, number>()
  return rulesOf(text).map(({ family, table, chain, handle }) => {
    const place = `${family} ${table} ${chain}`
    const position = (positions.get(place) ?? 0) + 1
    positions.set(place, position)
    return { space, family, table, chain, handle, position }
  })
}

type Rule = Pick<GuestRuleHandle, 'family' | 'table' | 'chain' | 'handle'>

function rulesOf(text: string): readonly Rule[] {
  const listing: unknown = JSON.parse(text)
  const items = fieldOf(listing, 'nftables')
  return Array.isArray(items) ? items.flatMap((item: unknown) => ruleOf(fieldOf(item, 'rule'))) : []
}

function ruleOf(rule: unknown): readonly Rule[] {
  const [family, table, chain] = ['family', 'table', 'chain'].map((name) => fieldOf(rule, name))
  const handle = fieldOf(rule, 'handle')
  if (typeof family !== 'string' || typeof table !== 'string') return []
  if (typeof chain !== 'string' || typeof handle !== 'number') return []
  return [{ family, table, chain, handle }]
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined
}
