import type { PortInterval, SecurityGroup, SecurityGroupRule } from '#model'
import type { Groups } from '../fabric.ts'
import { type Narrowing, type RuleEntry, everyPort } from '../rule-table.ts'
import { type Draft, knownRanges } from './draft.ts'

/** Interns the group sets of interfaces while they are numbered; then yields the columns. */
export interface GroupSets {
  /** Number of the set of these groups; the same groups give the same number. */
  intern(ids: readonly string[], near: SecurityGroup | Near): number
  finish(): Groups
}

type Near = Pick<SecurityGroup, 'provider' | 'account' | 'region'>

/** Semantics `sg.*`: rule lists per group and direction, sets of groups per interface. */
export function compileGroups(draft: Draft): GroupSets {
  const groups = draft.network.securityGroup ?? []
  const lists = groups.map((group) => groupLists(draft, group))
  const sets = new SetTable()
  return {
    intern: (ids, near) => sets.intern(ids, near, draft),
    finish: () => ({
      ...sets.columns(groups, draft),
      listIn: Int32Array.from(lists, (list) => list.ingress),
      listOut: Int32Array.from(lists, (list) => list.egress),
      listInInternet: Int32Array.from(lists, (list) => list.ingressInternet),
      listOutInternet: Int32Array.from(lists, (list) => list.egressInternet),
      intra: Uint8Array.from(groups, (group) => (acceptsMembers(draft, group) ? 1 : 0)),
    }),
  }
}

function acceptsMembers({ on }: Draft, group: SecurityGroup): boolean {
  if (!on('sg.intra-group-accept') || group.intraGroup !== 'accept') return false
  return group.type === 'basic' || !on('sg.enterprise-isolated')
}

interface GroupLists {
  readonly ingress: number
  readonly egress: number
  readonly ingressInternet: number
  readonly egressInternet: number
}

function groupLists(draft: Draft, group: SecurityGroup): GroupLists {
  const list = (direction: SecurityGroupRule['direction'], nic?: SecurityGroupRule['nic']): number =>
    draft.rules.add(
      group.rules
        .flatMap((rule, position) =>
          rule.direction === direction && appliesTo(draft, rule, nic) ? entriesOf(draft, group, rule, position) : [],
        )
        .sort((a, b) => a.key - b.key || a.rule - b.rule),
    )
  if (group.vpcId !== undefined) {
    return { ingress: list('ingress'), egress: list('egress'), ingressInternet: -1, egressInternet: -1 }
  }
  return {
    ingress: list('ingress', 'intranet'),
    egress: list('egress', 'intranet'),
    ingressInternet: list('ingress', 'internet'),
    egressInternet: list('egress', 'internet'),
  }
}

function appliesTo({ on }: Draft, rule: SecurityGroupRule, nic: SecurityGroupRule['nic']): boolean {
  if (nic === undefined || !on('sg.classic-nics')) return true
  return (rule.nic ?? 'intranet') === nic
}

function entriesOf(draft: Draft, group: SecurityGroup, rule: SecurityGroupRule, position: number): RuleEntry[] {
  const entries: RuleEntry[] = []
  for (const peer of peersOf(draft, group, rule)) {
    for (const ports of portsOf(rule)) {
      for (const narrowing of narrowingsOf(draft, rule)) {
        const base = { accept: rule.action === 'accept', protocol: rule.protocol, ports, peer, rule: position }
        const key = keyOf(draft, rule, position)
        entries.push(narrowing ? { ...base, key, narrowing } : { ...base, key })
      }
    }
  }
  return entries
}

/** Lower decides: priority first, then drop before accept. */
function keyOf({ on }: Draft, rule: SecurityGroupRule, position: number): number {
  const accept = rule.action === 'accept' ? 1 : 0
  const tie = on('sg.drop-wins-ties') ? accept : 1 - accept
  return (on('sg.priority') ? rule.priority : position) * 2 + tie
}

/** Only TCP and UDP have ports; rules of other protocols match whatever port words they carry. */
function portsOf(rule: SecurityGroupRule): readonly PortInterval[] {
  const portless = rule.protocol !== 'all' && rule.protocol !== 6 && rule.protocol !== 17
  return portless || rule.ports.length === 0 ? [everyPort] : rule.ports
}

function peersOf(draft: Draft, group: SecurityGroup, { peer }: SecurityGroupRule): RuleEntry['peer'][] {
  switch (peer.kind) {
    case 'cidr':
      return [{ kind: 'ranks', range: draft.range(peer.cidr) }]
    case 'group': {
      const near = peer.account === undefined ? group : { ...group, account: peer.account }
      return [{ kind: 'group', group: draft.ids.securityGroup.find(peer.groupId, near) }]
    }
    case 'prefixList': {
      if (!draft.on('sg.prefix-list')) return []
      const list = draft.network.prefixList?.[draft.ids.prefixList.find(peer.prefixListId, group)]
      return (list?.cidrs ?? []).map((cidr) => ({ kind: 'ranks', range: draft.range(cidr) }))
    }
  }
}

function narrowingsOf(draft: Draft, rule: SecurityGroupRule): readonly (Narrowing | undefined)[] {
  if (!draft.on('sg.five-tuple')) return [undefined]
  const local = rule.local === undefined ? undefined : draft.range(rule.local)
  const sources = rule.sourcePorts?.length ? rule.sourcePorts : [everyPort]
  if (local === undefined && sources.every(({ from, to }) => from === 0 && to === 65535)) return [undefined]
  return sources.map(({ from, to }) => ({
    sourceLow: from,
    sourceHigh: to,
    ...(local === undefined ? {} : { local }),
  }))
}

/** Sets of group numbers, stored once each. */
class SetTable {
  private readonly numbers = new Map<string, number>()
  private readonly offsets: number[] = [0]
  private readonly members: number[] = []
  private readonly unread: number[] = []

  intern(ids: readonly string[], near: Near, draft: Draft): number {
    const found = ids.map((id) => draft.ids.securityGroup.find(id, near))
    const wanted = draft.on('sg.merged') ? found : found.slice(0, 1)
    const sorted = [...new Set(wanted)].sort((a, b) => a - b)
    const key = sorted.join()
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    const number = this.offsets.length - 1
    this.members.push(...sorted.filter((group) => group >= 0))
    this.offsets.push(this.members.length)
    this.unread.push(ids.length === 0 || sorted.includes(-1) ? 1 : 0)
    this.numbers.set(key, number)
    return number
  }

  columns(
    groups: readonly SecurityGroup[],
    draft: Draft,
  ): Pick<Groups, 'setOffsets' | 'members' | 'setEgressAccept' | 'setUnread' | 'setEmpty'> {
    const sets = this.unread.map((_, set) => this.members.slice(this.offsets[set], this.offsets[set + 1]))
    return {
      setOffsets: Int32Array.from(this.offsets),
      members: Int32Array.from(this.members),
      setEgressAccept: Uint8Array.from(sets, (set) => (letsOut(draft, set, groups) ? 1 : 0)),
      setUnread: Uint8Array.from(sets, (set, i) => (this.unread[i] || set.some((g) => isUnread(draft, groups[g])) ? 1 : 0)),
      setEmpty: this.numbers.get('') ?? -1,
    }
  }
}

function letsOut({ on }: Draft, set: readonly number[], groups: readonly SecurityGroup[]): boolean {
  return set.every((group) =>
    groups[group].type === 'basic' ? on('sg.basic-egress-accept') : !on('sg.enterprise-egress-drop'),
  )
}

/** A group whose rules, or a list it draws on, were not read. */
function isUnread(draft: Draft, group: SecurityGroup): boolean {
  if (draft.gaps('securityGroup', group, group.id)?.id !== undefined) return true
  return group.rules.some(
    ({ peer }) =>
      peer.kind === 'prefixList' &&
      (draft.ids.prefixList.find(peer.prefixListId, group) < 0 ||
        draft.gaps('prefixList', group, peer.prefixListId)?.id !== undefined),
  )
}

/** Rules of a stateless list: a network ACL in one direction, in list order. */
export function compileAcls(draft: Draft): { readonly ingress: readonly number[]; readonly egress: readonly number[] } {
  const entries = (list: NonNullable<typeof draft.network.networkAcl>[number]['ingress']): number => {
    const packed = list.map(
      (entry, position): RuleEntry => ({
        accept: entry.action === 'accept',
        protocol: entry.protocol,
        ports: entry.protocol === 'all' || entry.protocol === 6 || entry.protocol === 17 ? entry.ports : everyPort,
        peer: { kind: 'ranks', range: draft.range(entry.peer) },
        key: position,
        rule: position,
      }),
    )
    return draft.rules.add(draft.on('acl.list-order') ? packed : packed.reverse())
  }
  const acls = draft.network.networkAcl ?? []
  return { ingress: acls.map((acl) => entries(acl.ingress)), egress: acls.map((acl) => entries(acl.egress)) }
}

/** Map of the ranks that every network ACL lets pass. */
export function compileExemptions(draft: Draft): number {
  const ranges = draft.on('acl.service-exempt') ? knownRanges.exempt : []
  return draft.maps.add(ranges.map((cidr) => ({ ...draft.range(cidr), value: 1 })))
}
