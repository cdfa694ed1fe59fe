import type { RulePeer, SecurityGroupRule } from '#model'

import { idOf } from '../brand.ts'
import { cidrAt, note } from '../note.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { isAbsent, shown, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'

/** Reports what cannot be read at a spot. */
export type Refuse = (spot: Spot, what: string) => undefined

/** The peer of a rule and the group's own addresses; `suffix` tells a second rule of one permission. */
export type Peer = Pick<SecurityGroupRule, 'peer' | 'local'> & { readonly suffix?: string }

/** The fields of the two sides of a rule, by direction. */
const sides = {
  ingress: { peer: 'Source', local: 'Dest' },
  egress: { peer: 'Dest', local: 'Source' },
} as const

/** A CIDR counts before a prefix list, and that before a group. */
export function readPeers(
  reading: Reading,
  record: ApiRecord,
  direction: 'ingress' | 'egress',
  refuse: Refuse,
): readonly Peer[] | undefined {
  const side = sides[direction]
  const cidrs = [`${side.peer}CidrIp`, `Ipv6${side.peer}CidrIp`].map((key) => at(record, key))
  const locals = [`${side.local}CidrIp`, `Ipv6${side.local}CidrIp`].map((key) => at(record, key))
  const list = textOf(at(record, `${side.peer}PrefixListId`))
  const groupSpot = at(record, `${side.peer}GroupId`)
  const given = cidrs.flatMap((spot, index) => (isAbsent(spot) ? [] : [{ spot, index }]))
  const peers: Peer[] = []
  for (const { spot, index } of given) {
    const cidr = cidrAt(reading, spot)?.cidr
    const local = localOf(reading, [locals[index] ?? here(record)], refuse)
    if (cidr === undefined) return refuse(spot, 'the range of a rule')
    if (!local) return undefined
    const suffix = index === 1 && given.length > 1 ? { suffix: '/v6' } : {}
    peers.push({ peer: { kind: 'cidr', cidr }, ...local, ...suffix })
  }
  if (given.length > 0) {
    remarkOnSecondPeer(reading, record, groupSpot)
    return peers
  }
  const local = localOf(reading, locals, refuse)
  const peer = list === undefined ? groupPeer(record, side.peer) : listPeer(list)
  if (!peer) return refuse(here(record), 'a rule without any peer')
  return local && [{ peer, ...local }]
}

function localOf(
  reading: Reading,
  spots: readonly Spot[],
  refuse: Refuse,
): Pick<Peer, 'local'> | undefined {
  const spot = spots.find((each) => !isAbsent(each))
  if (!spot) return {}
  const local = cidrAt(reading, spot)?.cidr
  return local === undefined ? refuse(spot, "the group's own range in a rule") : { local }
}

function listPeer(list: string): RulePeer {
  return { kind: 'prefixList', prefixListId: idOf(list) }
}

function groupPeer(record: ApiRecord, side: 'Source' | 'Dest'): RulePeer | undefined {
  const group = textOf(at(record, `${side}GroupId`))
  const account = textOf(at(record, `${side}GroupOwnerAccount`))
  if (group === undefined) return undefined
  return { kind: 'group', groupId: idOf(group), ...(account !== undefined && { account }) }
}

function remarkOnSecondPeer(reading: Reading, record: ApiRecord, group: Spot): void {
  if (isAbsent(group)) return
  const message = `A rule names a range and the group ${shown(group)}; the range counts.`
  note(reading, 'info', at(record, 'IpProtocol'), 'security-group.range-before-group', message)
}
