import type { CidrText, DnatEntry, PortPair, SnatEntry, SubnetId } from '#model'

import { askAbout } from './ask.ts'
import { idAt, idOf, readAddress, readCidr } from '../brand.ts'
import { addressAt, cidrAt } from '../note.ts'
import { recordOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { isAbsent, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt, wordIn } from '../word.ts'
import { stateAt } from './words.ts'
import type { Subject } from './words.ts'

const states = ['Available', 'Pending', 'Deleting'] as const

/** An SNAT entry; one that cannot be read marks its gateway. */
export function readSnat(reading: Reading, gateway: ApiRecord, entry: ApiRecord): SnatEntry[] {
  const subject = { ...gateway, kind: 'natGateway', call: askAbout.snat(gateway.id) } as const
  const source = sourceOf(reading, subject, entry)
  const given = textOf(at(entry, 'SnatIp'))?.split(',') ?? []
  const addresses = given.flatMap((text) => readAddress(text.trim())?.address ?? [])
  if (addresses.length !== given.length || addresses.length === 0) {
    const spot = at(entry, 'SnatIp')
    unreadable(reading, subject.kind, subject, spot, 'the addresses of an entry', subject.call)
    return []
  }
  if (source === undefined) return []
  const sourceSubnetId = idAt<SubnetId>(at(entry, 'SourceVSwitchId'))
  const interfaceId = textOf(at(entry, 'NetworkInterfaceId'))
  return [
    {
      id: entry.id,
      state: entryState(reading, subject, at(entry, 'Status')),
      source,
      ...(sourceSubnetId !== undefined && { sourceSubnetId }),
      ...(interfaceId !== undefined && { sourceNetworkInterfaceId: idOf(interfaceId) }),
      addresses,
    },
  ]
}

/** Its own range, or else that of the vSwitch or the interface it names. */
function sourceOf(reading: Reading, subject: Subject, entry: ApiRecord): CidrText | undefined {
  const range = at(entry, 'SourceCIDR')
  const own = cidrAt(reading, range)?.cidr
  if (own !== undefined) return own
  const subnet = recordOf(reading, 'subnet', textOf(at(entry, 'SourceVSwitchId')) ?? '')
  const nic = recordOf(reading, 'networkInterface', textOf(at(entry, 'NetworkInterfaceId')) ?? '')
  const inherited = isAbsent(range)
    ? readCidr((subnet && textOf(at(subnet, 'CidrBlock'))) ?? (nic && primaryOf(nic)))
    : undefined
  if (inherited) return inherited.cidr
  const spot = isAbsent(range) ? here(entry) : range
  unreadable(reading, subject.kind, subject, spot, 'the source of an entry', subject.call)
  return undefined
}

function primaryOf(nic: ApiRecord): string | undefined {
  return textOf(at(nic, 'PrivateIpAddress'))
}

/** A DNAT entry; one that cannot be read marks its gateway. */
export function readDnat(reading: Reading, gateway: ApiRecord, entry: ApiRecord): DnatEntry[] {
  const subject = { ...gateway, kind: 'natGateway', call: askAbout.forward(gateway.id) } as const
  const field = <Value>(name: string, read: (spot: Spot) => Value | undefined) => {
    const spot = at(entry, name)
    const value = read(spot)
    if (value === undefined) {
      unreadable(reading, subject.kind, subject, spot, `the ${name} of an entry`, subject.call)
    }
    return value
  }
  const external = field('ExternalIp', addressAt)
  const internal = field('InternalIp', addressAt)
  const externalPort = field('ExternalPort', portsOf)
  const internalPort = field('InternalPort', portsOf)
  const words = { tcp: 'tcp', udp: 'udp', any: 'any', all: 'any' } as const
  const protocol = field('IpProtocol', (spot) => wordIn(words, textOf(spot)))
  if (!external || !internal || !externalPort || !internalPort || !protocol) return []
  return [
    {
      id: entry.id,
      state: entryState(reading, subject, at(entry, 'Status')),
      protocol,
      externalAddress: external.address,
      ...(externalPort !== 'any' && { externalPort }),
      internalAddress: internal.address,
      ...(internalPort !== 'any' && { internalPort }),
    },
  ]
}

function entryState(reading: Reading, subject: Subject, spot: Spot): SnatEntry['state'] {
  if (isAbsent(spot)) return 'Available'
  // An entry that is being changed is not yet what it says.
  if (spelt(['Modifying', 'Creating'], textOf(spot))) return 'Pending'
  return stateAt(reading, subject, spot, states) ?? 'Pending'
}

/** `Any`, `80` or `8000/8100`. */
function portsOf(spot: Spot): PortPair | 'any' | undefined {
  const text = textOf(spot)
  if (text?.toLowerCase() === 'any') return 'any'
  const bounds = /^(\d{1,5})(?:\/(\d{1,5}))?$/.exec(text ?? '')
  if (!bounds) return undefined
  const from = Number(bounds[1])
  const to = Number(bounds[2] ?? bounds[1])
  return from >= 1 && from <= to && to <= 65_535 ? { from, to } : undefined
}
