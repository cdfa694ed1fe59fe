import type { Space } from '../plan.ts'
import type { Entrance } from './enter-namespace.ts'
import { readHandles, type RuleHandle } from './read-handles.ts'
import { readListing } from './read-listing.ts'
import type { GuestRuleHandle } from './request.ts'
import { watchTables } from './watch-tables.ts'

/** Loads the rules of a namespace that the lab itself wrote. */
export async function loadRules(entrance: Entrance, space: Space): Promise<readonly RuleHandle[]> {
  const watch = watchTables(space)
  if (space.nft.length === 0 && watch.length === 0) return []
  const input = [...watch, ...space.nft.map(({ text }) => text)].join('\n')
  const ran = await entrance.run(space.name, {
    command: 'nft',
    args: ['--echo', '--handle', '-f', '-'],
    input: `${input}\n`,
  })
  if (ran.code !== 0) throw new Error(`nft refused the rules of ${space.name}: ${ran.errors}`)
  return readHandles(space.name, ran.output)
}

const loaders = {
  // Node's pipes are sockets, which nft's JSON reader cannot open by the name /dev/stdin.
  'nft-json': { command: 'sh', args: ['-c', 'cat | nft -j -f -'] },
  iptables: { command: 'iptables-restore', args: [] },
  ip6tables: { command: 'ip6tables-restore', args: [] },
} as const

/**
 * Loads a guest's own firewall, whose rules may name devices that have to exist. Before ours, so
 * that what is listed is theirs alone.
 */
export async function loadFirewall(
  entrance: Entrance,
  space: Space,
): Promise<readonly GuestRuleHandle[]> {
  const { kind, id } = space.of
  for (const { tool, text } of space.firewall ?? []) {
    const ran = await entrance.run(space.name, { ...loaders[tool], input: text })
    if (ran.code !== 0) {
      throw new Error(
        `${loaders[tool].command} refused the firewall of ${kind} ${id}: ${ran.errors}`,
      )
    }
  }
  const ran = await entrance.run(space.name, { command: 'nft', args: ['-j', 'list', 'ruleset'] })
  if (ran.code !== 0) throw new Error(`the firewall of ${kind} ${id} is not listed: ${ran.errors}`)
  return readListing(space.name, ran.output)
}
