import { type OnePeer, peersIn, type SecurityGroup, type SecurityGroupRule } from '#model'
import { everyPort, type Narrowing, type RuleEntry } from '../rule-table.ts'
import { isForEchoes, keyOf, peersOf, portsOf } from './compile-rules.ts'
import type { Draft } from './draft.ts'
import type { TagRanges } from './service-tags.ts'

/** Default rules begin at this priority (`azure.nsg.default-rules`). */
const DEFAULTS = 65_000

/** The entries of one direction of a filter, where its tags mean these ranges. */
export function filterEntries(
  draft: Draft,
  group: SecurityGroup,
  direction: SecurityGroupRule['direction'],
  tags: TagRanges,
): readonly RuleEntry[] {
  const defaults = draft.on('azure.nsg.default-rules')
  const entries = group.rules.flatMap((rule, position) =>
    rule.direction === direction && (defaults || rule.priority < DEFAULTS)
      ? entriesOfRule(draft, group, rule, position, tags)
      : [],
  )
  const exempt = direction === 'egress' && group.type === 'network' ? platformEntries(draft) : []
  return [...entries, ...exempt].sort((a, b) => a.key - b.key || a.rule - b.rule)
}

/** Behind rules for the platform's own tags, before every other one. */
const PLATFORM_KEY = 1 << 20

/** Semantic `azure.nsg.platform-exempt`. */
function platformEntries(draft: Draft): readonly RuleEntry[] {
  if (!draft.on('azure.nsg.platform-exempt')) return []
  return draft.known.exempt.map((cidr) => ({
    accept: true,
    protocol: 'all',
    ports: everyPort,
    peer: { kind: 'ranks', range: draft.range(cidr) },
    key: PLATFORM_KEY,
    rule: -1,
  }))
}

function entriesOfRule(
  draft: Draft,
  group: SecurityGroup,
  rule: SecurityGroupRule,
  position: number,
  tags: TagRanges,
): readonly RuleEntry[] {
  if (!isForEchoes(rule)) return []
  const narrowings = narrowingsOf(draft, group, rule, tags)
  const own = keyOf(draft, rule, position)
  return peersIn(rule.peer)
    .flatMap((one) => {
      const key = own + (isPlatform(one) ? 0 : 2 * PLATFORM_KEY)
      return placesOf(draft, group, one, tags).map((peer) => ({ peer, key }))
    })
    .flatMap(({ peer, key }) =>
      portsOf(rule).flatMap((ports) =>
        narrowings.map((narrowing) => ({
          accept: rule.action === 'accept',
          protocol: rule.protocol,
          ports,
          peer,
          key,
          rule: position,
          final: rule.final === true && draft.on('azure.admin.always'),
          ...(narrowing ? { narrowing } : {}),
        })),
      ),
    )
}

const isPlatform = (one: OnePeer): boolean =>
  one.kind === 'serviceTag' && (one.tag === 'AzurePlatformDNS' || one.tag === 'AzurePlatformIMDS')

function placesOf(
  draft: Draft,
  group: SecurityGroup,
  one: OnePeer,
  tags: TagRanges,
): readonly RuleEntry['peer'][] {
  if (one.kind === 'serviceTag') {
    const unsure = one.tag === 'VirtualNetwork' ? tags.unsure : []
    return [
      ...tags[one.tag].map((range) => ({ kind: 'ranks', range }) as const),
      ...unsure.map((range) => ({ kind: 'unread', range }) as const),
    ]
  }
  if (one.kind === 'group' && !draft.on('azure.nsg.application-groups')) return []
  return peersOf(draft, group, one)
}

type Side = Pick<Narrowing, 'local' | 'group' | 'unread'>

/** What a rule says of its own side and of source ports, as alternatives; none: it matches nothing. */
function narrowingsOf(
  draft: Draft,
  group: SecurityGroup,
  rule: SecurityGroupRule,
  tags: TagRanges,
): readonly (Narrowing | undefined)[] {
  const narrow = draft.on('sg.five-tuple')
  const sources = narrow && rule.sourcePorts?.length ? rule.sourcePorts : [everyPort]
  const own = narrow ? rule.own : undefined
  const plain = sources.every(({ from, to }) => from === 0 && to === 65_535)
  if (own === undefined && plain) return [undefined]
  const sides: readonly Side[] = own
    ? own.flatMap((one) => ownSides(draft, group, one, tags))
    : [{}]
  return sources.flatMap(({ from, to }) =>
    sides.map((side) => ({ sourceLow: from, sourceHigh: to, ...side })),
  )
}

function ownSides(
  draft: Draft,
  group: SecurityGroup,
  one: OnePeer,
  tags: TagRanges,
): readonly Side[] {
  return placesOf(draft, group, one, tags).map((peer) => {
    if (peer.kind === 'group') return { group: peer.group }
    return peer.kind === 'unread' ? { local: peer.range, unread: true } : { local: peer.range }
  })
}
