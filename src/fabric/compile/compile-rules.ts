import {
  type OnePeer,
  peersIn,
  type PortInterval,
  type SecurityGroup,
  type SecurityGroupRule,
} from '#model'
import type { Draft } from './draft.ts'
import { everyPort, type Narrowing, type RuleEntry } from '../rule-table.ts'

export function appliesTo(
  { on }: Draft,
  rule: SecurityGroupRule,
  nic: SecurityGroupRule['nic'],
): boolean {
  if (nic === undefined || !on('sg.classic-nics')) return true
  return (rule.nic ?? 'intranet') === nic
}

export function entriesOf(
  draft: Draft,
  group: SecurityGroup,
  rule: SecurityGroupRule,
  position: number,
): RuleEntry[] {
  if (!isForEchoes(rule)) return []
  const entries: RuleEntry[] = []
  for (const peer of peersIn(rule.peer).flatMap((one) => peersOf(draft, group, one))) {
    for (const ports of portsOf(rule)) {
      for (const narrowing of narrowingsOf(draft, rule)) {
        const base = {
          accept: rule.action === 'accept',
          protocol: rule.protocol,
          ports,
          peer,
          rule: position,
        }
        const key = keyOf(draft, rule, position)
        entries.push(narrowing ? { ...base, key, narrowing } : { ...base, key })
      }
    }
  }
  return entries
}

/** Questions about ICMP are about echoes: a rule for another message says nothing of them. */
export function isForEchoes({ protocol, icmp }: SecurityGroupRule): boolean {
  if (icmp === undefined) return true
  const echo = protocol === 58 ? 128 : 8
  return icmp.type === echo && (icmp.code ?? 0) === 0
}

/** Lower decides: priority first, then drop before accept. */
export function keyOf({ on }: Draft, rule: SecurityGroupRule, position: number): number {
  const accept = rule.action === 'accept' ? 1 : 0
  const tie = on('sg.drop-wins-ties') ? accept : 1 - accept
  return (on('sg.priority') ? rule.priority : position) * 2 + tie
}

/** Only TCP and UDP have ports; rules of other protocols match whatever port words they carry. */
export function portsOf(rule: SecurityGroupRule): readonly PortInterval[] {
  const portless = rule.protocol !== 'all' && rule.protocol !== 6 && rule.protocol !== 17
  return portless || rule.ports.length === 0 ? [everyPort] : rule.ports
}

export function peersOf(draft: Draft, group: SecurityGroup, peer: OnePeer): RuleEntry['peer'][] {
  switch (peer.kind) {
    // What a tag means depends on where its group is asked: see the filters in a row.
    case 'serviceTag':
      return []
    case 'cidr':
      return [{ kind: 'ranks', range: draft.range(peer.cidr) }]
    case 'group': {
      const near = peer.account === undefined ? group : { ...group, account: peer.account }
      const number = draft.securityGroups.number(peer.groupId, near)
      const named = draft.network.securityGroup?.[number]
      const types = [group.type, named?.type]
      if (draft.on('sg.group-peer-basic') && types.includes('enterprise')) return []
      // Of a group that was not read it is not known whether it is a basic one.
      return [{ kind: 'group', group: number, unread: named === undefined }]
    }
    case 'prefixList': {
      if (!draft.on('sg.prefix-list')) return []
      const list = draft.network.prefixList?.[draft.ids.prefixList.find(peer.prefixListId, group)]
      const { line, index } = draft
      const everything = { low: 0, high: line.starts4.length + line.starts6.length - 1 }
      if (!list || index.isDoubted('prefixList', list))
        return [{ kind: 'unread', range: everything }]
      return (list?.cidrs ?? []).map((cidr) => ({ kind: 'ranks', range: draft.range(cidr) }))
    }
  }
}

function narrowingsOf(draft: Draft, rule: SecurityGroupRule): readonly (Narrowing | undefined)[] {
  if (!draft.on('sg.five-tuple')) return [undefined]
  const local = rule.local === undefined ? undefined : draft.range(rule.local)
  const sources = rule.sourcePorts?.length ? rule.sourcePorts : [everyPort]
  if (local === undefined && sources.every(({ from, to }) => from === 0 && to === 65535))
    return [undefined]
  return sources.map(({ from, to }) => ({
    sourceLow: from,
    sourceHigh: to,
    ...(local === undefined ? {} : { local }),
  }))
}
