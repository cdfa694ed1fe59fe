import type { IcmpKind, PortInterval, RulePeer, RuleProtocol, SecurityGroupRule } from '#model'

import { idOf } from '../brand.ts'
import { cidrAt, note } from '../note.ts'
import { elementsOf, isAbsent, shown, textOf, wholeOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt } from '../word.ts'
import { ask } from './ask.ts'
import { field } from './field.ts'
import { hasIcmpType, isPorted, readIcmp, readProtocol } from './protocol-word.ts'
import { unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import type { ApiRecord } from './record.ts'

/** A rule whose id is still to be found. */
export type DraftRule = Omit<SecurityGroupRule, 'id'>

/** Rules have no order among each other. */
const onlyPriority = 1

/**
 * One permission is a rule for each range, prefix list and group it names. One that cannot be
 * understood is never left out in silence: the group counts as not read.
 */
export function readPermission(
  reading: Reading,
  group: ApiRecord,
  direction: 'ingress' | 'egress',
  permission: Spot,
): readonly DraftRule[] {
  const refuse = (spot: Spot, what: string): undefined => {
    unreadable(reading, 'securityGroup', group, spot, what, ask.securityGroup(group.id))
  }
  const protocolSpot = field(permission, 'IpProtocol')
  const protocol = readProtocol(textOf(protocolSpot))
  if (protocol === undefined) {
    refuse(protocolSpot, 'the IpProtocol of a rule')
    return []
  }
  const matched = matchOf(permission, protocol)
  if (!matched) {
    refuse(field(permission, 'FromPort'), 'the ports of a rule')
    return []
  }
  return peersOf(reading, group, permission, refuse).map(({ peer, description }) => ({
    direction,
    action: 'accept',
    priority: onlyPriority,
    protocol,
    ...matched,
    peer,
    ...(description !== undefined && { description }),
  }))
}

interface Match {
  readonly ports: readonly PortInterval[]
  readonly icmp?: IcmpKind
}

/** `FromPort` and `ToPort` are ports, or type and code of ICMP, and mean nothing to the others. */
function matchOf(permission: Spot, protocol: RuleProtocol): Match | undefined {
  const [from, to] = [field(permission, 'FromPort'), field(permission, 'ToPort')]
  if (hasIcmpType(protocol)) {
    const icmp = readIcmp(from, to)
    return icmp && { ports: [], ...(icmp !== 'any' && { icmp }) }
  }
  if (!isPorted(protocol) || (isAbsent(from) && isAbsent(to))) return { ports: [] }
  const [low, high] = [wholeOf(from), wholeOf(to)]
  if (low === -1 && (high === -1 || high === undefined)) return { ports: [] }
  if (low === undefined || high === undefined) return undefined
  if (low < 0 || low > high || high > 65_535) return undefined
  return { ports: low === 0 && high === 65_535 ? [] : [{ from: low, to: high }] }
}

interface Named {
  readonly peer: RulePeer
  readonly description?: string | undefined
}

type Refuse = (spot: Spot, what: string) => undefined

function peersOf(
  reading: Reading,
  group: ApiRecord,
  permission: Spot,
  refuse: Refuse,
): readonly Named[] {
  const read = (key: string, peerOf: (item: Spot) => RulePeer | undefined): readonly Named[] =>
    elementsOf(field(permission, key)).flatMap((item) => {
      const peer = peerOf(item)
      return peer ? [{ peer, description: textOf(field(item, 'Description')) }] : []
    })
  const rangeIn = (key: string, family: 4 | 6) => (item: Spot) => {
    const spot = field(item, key)
    const range = cidrAt(reading, spot)
    return range?.prefix.family === family
      ? ({ kind: 'cidr', cidr: range.cidr } as const)
      : refuse(spot, 'the range of a rule')
  }
  return [
    ...read('IpRanges', rangeIn('CidrIp', 4)),
    ...read('Ipv6Ranges', rangeIn('CidrIpv6', 6)),
    ...read('PrefixListIds', (item) => {
      const list = textOf(field(item, 'PrefixListId'))
      return list === undefined
        ? refuse(item, 'the prefix list of a rule')
        : { kind: 'prefixList', prefixListId: idOf(list) }
    }),
    ...read('UserIdGroupPairs', (item) => groupPeer(reading, group, item, refuse)),
  ]
}

/** A group of a peered VPC names the connection; once that is gone, the rule matches nothing. */
function groupPeer(
  reading: Reading,
  { id, account: own }: ApiRecord,
  item: Spot,
  refuse: Refuse,
): RulePeer | undefined {
  const group = textOf(field(item, 'GroupId'))
  if (group === undefined) return refuse(item, 'the group of a rule')
  const status = field(item, 'PeeringStatus')
  if (!isAbsent(status) && !spelt(['active'], textOf(status))) {
    const message = `${id}: a rule for ${group} is stale, its peering connection is ${shown(status)}.`
    note(reading, 'info', status, 'security-group.stale-rule', message)
    return undefined
  }
  const account = textOf(field(item, 'UserId'))
  const foreign = account !== undefined && account !== own
  return { kind: 'group', groupId: idOf(group), ...(foreign && { account }) }
}
