import type { RulePeer } from '#model'

import { readCidr } from '../brand.ts'
import { canonicalText } from '../canonical-text.ts'
import { isAbsent, textOf, truthOf, wholeOf } from '../spot.ts'
import { hasIcmpType, isPorted, readIcmp, readProtocol } from './protocol-word.ts'
import { recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import type { DraftRule } from './security-rule.ts'

/** The provider's ids of rules, which only a call of its own prints. */
export interface RuleIds {
  readonly idOf: (groupId: string, rule: DraftRule) => string | undefined
}

/** A rule is found by all it says; two of one group that say the same do not exist. */
export function findRuleIds(reading: Reading): RuleIds {
  const ids = new Map(
    recordsOf(reading, 'groupRule').map((record) => [keyOfRecord(record), record.id] as const),
  )
  return { idOf: (groupId, rule) => ids.get(keyOfRule(groupId, rule)) }
}

function keyOfRule(groupId: string, { direction, protocol, ports, icmp, peer }: DraftRule): string {
  const [range] = ports
  const bounds = icmp ? [icmp.type, icmp.code ?? -1] : range ? [range.from, range.to] : []
  return canonicalText([groupId, direction, protocol, { bounds, peer: peerText(peer) }])
}

function peerText(peer: RulePeer): string {
  switch (peer.kind) {
    case 'cidr':
      return peer.cidr
    case 'group':
      return peer.groupId
    case 'prefixList':
      return peer.prefixListId
    case 'serviceTag':
      return peer.tag
    case 'anyOf':
      return peer.peers.map(peerText).join()
  }
}

function keyOfRecord(record: ApiRecord): string {
  const direction = truthOf(at(record, 'IsEgress')) === true ? 'egress' : 'ingress'
  const peer =
    readCidr(textOf(at(record, 'CidrIpv4')) ?? textOf(at(record, 'CidrIpv6')))?.cidr ??
    textOf(at(record, 'PrefixListId')) ??
    textOf(at(record, 'ReferencedGroupInfo', 'GroupId'))
  const protocol = readProtocol(textOf(at(record, 'IpProtocol')))
  const rest = { bounds: boundsOf(record, protocol), peer }
  return canonicalText([textOf(at(record, 'GroupId')), direction, protocol, rest])
}

function boundsOf(
  record: ApiRecord,
  protocol: ReturnType<typeof readProtocol>,
): readonly (number | undefined)[] {
  const [from, to] = [at(record, 'FromPort'), at(record, 'ToPort')]
  if (protocol !== undefined && hasIcmpType(protocol)) {
    const icmp = readIcmp(from, to)
    return icmp === undefined || icmp === 'any' ? [] : [icmp.type, icmp.code ?? -1]
  }
  if (protocol === undefined || !isPorted(protocol) || isAbsent(from)) return []
  const [low, high] = [wholeOf(from), wholeOf(to)]
  const every = low === -1 || (low === 0 && high === 65_535)
  return every ? [] : [low, high]
}
