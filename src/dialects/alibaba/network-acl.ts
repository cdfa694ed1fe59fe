import type { NetworkAcl, NetworkAclEntry, PortInterval, RuleProtocol } from '#model'
import { PROTOCOL } from '#net'

import { ask } from './ask.ts'
import { idOf } from '../brand.ts'
import { everyPort, readPortRanges, readProtocol } from './port-words.ts'
import { cidrAt, note } from '../note.ts'
import { identityOf, miss, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { child, isAbsent, shown, textOf, wrappedOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt, wordIn } from '../word.ts'

/** Network ACLs with their custom entries; the provider's own first and last entries are implied. */
export function readNetworkAcls(reading: Reading): readonly NetworkAcl[] {
  return recordsOf(reading, 'networkAcl').flatMap((record) => readAcl(reading, record))
}

function readAcl(reading: Reading, record: ApiRecord): NetworkAcl[] {
  const vpcId = textOf(at(record, 'VpcId'))
  const call = ask.networkAcl(record.id)
  if (vpcId === undefined) {
    unreadable(reading, 'networkAcl', record, here(record), 'its VpcId', call)
    return []
  }
  const lists = [at(record, 'IngressAclEntries'), at(record, 'EgressAclEntries')]
  if (lists.some(isAbsent)) miss(reading, 'networkAcl', record, call)
  remarkOnState(reading, record)
  const [ingress, egress] = [
    readEntries(reading, record, 'ingress', wrappedOf(lists[0] ?? here(record), 'IngressAclEntry')),
    readEntries(reading, record, 'egress', wrappedOf(lists[1] ?? here(record), 'EgressAclEntry')),
  ]
  const identity = identityOf(record, 'NetworkAclName')
  return [{ id: idOf(record.id), ...identity, vpcId: idOf(vpcId), ingress, egress }]
}

/** `Modifying`: the entries may be the old ones or the new ones. */
function remarkOnState(reading: Reading, record: ApiRecord): void {
  const status = at(record, 'Status')
  if (isAbsent(status) || spelt(['Available'], textOf(status))) return
  const message = `${record.id} is ${shown(status)}; its entries may just be changing.`
  note(reading, 'warning', status, 'network-acl.not-settled', message)
  miss(reading, 'networkAcl', record, ask.networkAcl(record.id))
}

type Direction = 'ingress' | 'egress'
const peerFields = { ingress: 'SourceCidrIp', egress: 'DestinationCidrIp' } as const

function readEntries(
  reading: Reading,
  acl: ApiRecord,
  direction: Direction,
  entries: readonly Spot[],
): readonly NetworkAclEntry[] {
  return entries.flatMap((entry, index) => {
    const type = child(entry, 'EntryType')
    const word = textOf(type)?.toLowerCase() ?? 'custom'
    if (word === 'system' || word === 'service') return []
    const refuse = (spot: Spot, what: string): [] => {
      unreadable(reading, 'networkAcl', acl, spot, `${what} of an entry`, ask.networkAcl(acl.id))
      return []
    }
    if (word !== 'custom') return refuse(type, 'the EntryType')
    const read = readEntry(reading, entry, direction, refuse)
    const id = textOf(child(entry, 'NetworkAclEntryId')) ?? `${acl.id}/${direction}/${index + 1}`
    return read.map((each) => ({ id, ...each }))
  })
}

function readEntry(
  reading: Reading,
  entry: Spot,
  direction: Direction,
  refuse: (spot: Spot, what: string) => [],
): Omit<NetworkAclEntry, 'id'>[] {
  const policy = child(entry, 'Policy')
  const action = wordIn({ accept: 'accept', drop: 'drop' } as const, textOf(policy))
  if (!action) return refuse(policy, 'the Policy')
  const protocolSpot = child(entry, 'Protocol')
  const protocol = readProtocol(textOf(protocolSpot))
  if (protocol === undefined) return refuse(protocolSpot, 'the Protocol')
  const port = child(entry, 'Port')
  const ports = readPort(port, protocol)
  if (!ports) return refuse(port, 'the Port')
  const range = child(entry, peerFields[direction])
  const peer = cidrAt(reading, range)?.cidr
  if (peer === undefined) return refuse(range, 'the range')
  const description = textOf(child(entry, 'Description'))
  return [{ action, protocol, ports, peer, ...(description !== undefined && { description }) }]
}

/** One range; `-1/-1`, and whatever stands with a protocol that has no ports, is every port. */
function readPort(spot: Spot, protocol: RuleProtocol): PortInterval | undefined {
  const ranges = readPortRanges(textOf(spot))
  const ported = protocol === PROTOCOL.tcp || protocol === PROTOCOL.udp
  if (!ported && (isAbsent(spot) || protocol !== 'all')) return everyPort
  if (!ranges || ranges.length > 1) return undefined
  const [range = everyPort] = ranges
  const wide = range.from <= 1 && range.to === everyPort.to
  if (protocol === 'all') return wide ? everyPort : undefined
  return range
}
