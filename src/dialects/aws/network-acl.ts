import type { IcmpKind, NetworkAcl, NetworkAclEntry, PortInterval, RuleProtocol } from '#model'

import { idOf } from '../brand.ts'
import { cidrAt } from '../note.ts'
import { elementsOf, isAbsent, textOf, truthOf, wholeOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { wordIn } from '../word.ts'
import { ask } from './ask.ts'
import { field } from './field.ts'
import { hasIcmpType, isPorted, readIcmp, readProtocol } from './protocol-word.ts'
import { identityOf, miss, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'

/** Network ACLs, entries in the order of their numbers; the last one, which denies, is implied. */
export function readNetworkAcls(reading: Reading): readonly NetworkAcl[] {
  return recordsOf(reading, 'networkAcl').flatMap((record) => {
    const vpcId = textOf(at(record, 'VpcId'))
    const call = ask.networkAcl(record.id)
    if (vpcId === undefined) {
      unreadable(reading, 'networkAcl', record, here(record), 'its VpcId', call)
      return []
    }
    const entries = at(record, 'Entries')
    if (!Array.isArray(entries.value)) miss(reading, 'networkAcl', record, call)
    const read = elementsOf(entries).flatMap((entry) => readEntry(reading, record, entry))
    return [
      {
        id: idOf(record.id),
        ...identityOf(record),
        vpcId: idOf(vpcId),
        ingress: inOrder(record, 'ingress', read),
        egress: inOrder(record, 'egress', read),
      },
    ]
  })
}

interface DraftEntry {
  readonly direction: 'ingress' | 'egress'
  readonly number: number
  readonly entry: Omit<NetworkAclEntry, 'id'>
}

function inOrder(
  { id }: ApiRecord,
  direction: DraftEntry['direction'],
  drafts: readonly DraftEntry[],
): readonly NetworkAclEntry[] {
  return drafts
    .filter((draft) => draft.direction === direction)
    .toSorted((a, b) => a.number - b.number)
    .map(({ number, entry }) => ({ id: `${id}/${direction}/${number}`, ...entry }))
}

/** The provider's own last entries, for each family; owners number theirs up to 32766. */
const firstImplied = 32_767

const actions = { allow: 'accept', deny: 'drop' } as const

function readEntry(reading: Reading, acl: ApiRecord, entry: Spot): DraftEntry[] {
  const refuse = (spot: Spot, what: string): [] => {
    unreadable(reading, 'networkAcl', acl, spot, `${what} of an entry`, ask.networkAcl(acl.id))
    return []
  }
  const numberSpot = field(entry, 'RuleNumber')
  const number = wholeOf(numberSpot)
  if (number === undefined) return refuse(numberSpot, 'the RuleNumber')
  const actionSpot = field(entry, 'RuleAction')
  const action = wordIn(actions, textOf(actionSpot))
  if (!action) return refuse(actionSpot, 'the RuleAction')
  if (number >= firstImplied && action === 'drop') return []
  const egressSpot = field(entry, 'Egress')
  const egress = truthOf(egressSpot)
  if (egress === undefined) return refuse(egressSpot, 'the direction')
  const protocolSpot = field(entry, 'Protocol')
  const protocol = readProtocol(textOf(protocolSpot))
  if (protocol === undefined) return refuse(protocolSpot, 'the Protocol')
  const matched = matchOf(entry, protocol)
  if (!matched) return refuse(field(entry, 'PortRange'), 'the ports or ICMP type')
  const ipv4 = field(entry, 'CidrBlock')
  const range = isAbsent(ipv4) ? field(entry, 'Ipv6CidrBlock') : ipv4
  const peer = cidrAt(reading, range)?.cidr
  if (peer === undefined) return refuse(range, 'the range')
  const direction = egress ? 'egress' : 'ingress'
  return [{ direction, number, entry: { action, protocol, ...matched, peer } }]
}

const everyPort: PortInterval = { from: 0, to: 65_535 }

/** Ports count for TCP and UDP only, types for ICMP only; absent means every one. */
function matchOf(
  entry: Spot,
  protocol: RuleProtocol,
): { ports: PortInterval; icmp?: IcmpKind } | undefined {
  if (hasIcmpType(protocol)) {
    const kind = field(entry, 'IcmpTypeCode')
    const icmp = readIcmp(field(kind, 'Type'), field(kind, 'Code'))
    return icmp && { ports: everyPort, ...(icmp !== 'any' && { icmp }) }
  }
  const range = field(entry, 'PortRange')
  if (!isPorted(protocol) || isAbsent(range)) return { ports: everyPort }
  const [from, to] = [wholeOf(field(range, 'From')), wholeOf(field(range, 'To'))]
  if (from === undefined || to === undefined) return undefined
  return from >= 0 && from <= to && to <= everyPort.to ? { ports: { from, to } } : undefined
}
