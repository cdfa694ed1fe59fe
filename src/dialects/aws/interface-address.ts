import type { AddressText, Ipv6Assignment } from '#model'
import { prefixRange } from '#net'

import { readCidr, writeAddress } from '../brand.ts'
import { addressAt, note } from '../note.ts'
import { elementsOf, isAbsent, shown, textOf, truthOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { ask } from './ask.ts'
import { field } from './field.ts'
import { miss, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'

/** The IPv4 addresses of an interface, the primary one first, those of assigned prefixes last. */
export function readIpv4(reading: Reading, record: ApiRecord): readonly AddressText[] {
  const items = elementsOf(at(record, 'PrivateIpAddresses')).map((item) => ({
    spot: field(item, 'PrivateIpAddress'),
    first: truthOf(field(item, 'Primary')) === true,
  }))
  const sorted = items.toSorted((a, b) => Number(b.first) - Number(a.first))
  const spots = [at(record, 'PrivateIpAddress'), ...sorted.map(({ spot }) => spot)]
  const addresses = spots.flatMap((spot) => {
    if (isAbsent(spot)) return []
    const read = addressAt(spot)
    if (read?.value.family === 4) return read.address
    refuse(reading, record, spot, 'an address')
    return []
  })
  const assigned = elementsOf(at(record, 'Ipv4Prefixes')).flatMap((item) =>
    readAssigned(reading, record, field(item, 'Ipv4Prefix')),
  )
  return [...new Set([...addresses, ...assigned])]
}

/** An assigned IPv4 prefix is a /28: sixteen addresses that the interface answers for. */
function readAssigned(reading: Reading, record: ApiRecord, spot: Spot): readonly AddressText[] {
  const prefix = readCidr(textOf(spot))?.prefix
  if (prefix?.family !== 4 || prefix.length < 24) {
    refuse(reading, record, spot, 'an assigned prefix')
    return []
  }
  const { low, high } = prefixRange(prefix)
  return Array.from({ length: Number(high - low) + 1 }, (_, index) =>
    writeAddress({ family: 4, value: low + BigInt(index) }),
  )
}

/** Its IPv6 addresses. Global ones reach as far as routes let them, unique local ones stay inside. */
export function readIpv6(reading: Reading, record: ApiRecord): readonly Ipv6Assignment[] {
  reportPrefixes(reading, record)
  const seen = new Map<string, Ipv6Assignment>()
  for (const item of elementsOf(at(record, 'Ipv6Addresses'))) {
    const spot = field(item, 'Ipv6Address')
    const read = addressAt(spot)
    if (read?.value.family !== 6) {
      refuse(reading, record, spot, 'an IPv6 address')
      continue
    }
    const local = read.value.value >> 121n === 0x7en
    seen.set(read.address, { address: read.address, internet: local ? 'none' : 'both' })
  }
  return [...seen.values()]
}

/** An assigned IPv6 prefix is a /80: the model has single addresses, so its holder stays open. */
function reportPrefixes(reading: Reading, record: ApiRecord): void {
  const subnet = textOf(at(record, 'SubnetId'))
  const { account, region } = record
  for (const item of elementsOf(at(record, 'Ipv6Prefixes'))) {
    const spot = field(item, 'Ipv6Prefix')
    const message = `${record.id}: the addresses of the prefix ${shown(spot)} are not read.`
    note(reading, 'warning', spot, 'network-interface.prefix', message)
    miss(reading, 'addressUse', { id: subnet, account, region }, ask.networkInterface(record.id))
  }
}

function refuse(reading: Reading, record: ApiRecord, spot: Spot, what: string): void {
  unreadable(reading, 'networkInterface', record, spot, what, ask.networkInterface(record.id))
}
