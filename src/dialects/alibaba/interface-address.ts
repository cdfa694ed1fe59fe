import type { AddressText } from '#model'
import { prefixRange } from '#net'

import { readAddress, readCidr, writeAddress } from '../brand.ts'
import { addressAt } from '../note.ts'
import { unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { child, isAbsent, textOf, truthOf, wrappedOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import type { Subject } from './words.ts'

/** Where an interface's IPv4 addresses are printed. */
export interface Ipv4Fields {
  readonly primary: Spot
  readonly all: Spot
  readonly prefixes: Spot
}

/** Its IPv4 addresses, the primary one first, those of assigned prefixes last. */
export function readIpv4(
  reading: Reading,
  subject: Subject,
  { primary, all, prefixes }: Ipv4Fields,
): readonly AddressText[] {
  const items = wrappedOf(all, 'PrivateIpSet').map((item) => ({
    spot: child(item, 'PrivateIpAddress'),
    first: truthOf(child(item, 'Primary')) === true,
  }))
  const first = items.filter((item) => item.first)
  const rest = items.filter((item) => !item.first)
  const spots = [primary, ...[...first, ...rest].map(({ spot }) => spot)]
  const addresses = spots.flatMap((spot) => {
    if (isAbsent(spot)) return []
    const read = addressAt(spot)
    if (read?.value.family === 4) return read.address
    unreadable(reading, subject.kind, subject, spot, 'an address', subject.call)
    return []
  })
  const assigned = wrappedOf(prefixes, 'Ipv4PrefixSet').flatMap((item) =>
    readAssigned(reading, subject, child(item, 'Ipv4Prefix')),
  )
  return [...new Set([...addresses, ...assigned])]
}

/** An assigned IPv4 prefix is a /28: sixteen addresses that the interface answers for. */
function readAssigned(reading: Reading, subject: Subject, spot: Spot): readonly AddressText[] {
  const prefix = readCidr(textOf(spot))?.prefix
  if (prefix?.family !== 4 || prefix.length < 24) {
    unreadable(reading, subject.kind, subject, spot, 'an assigned prefix', subject.call)
    return []
  }
  const { low, high } = prefixRange(prefix)
  return Array.from({ length: Number(high - low) + 1 }, (_, index) =>
    writeAddress({ family: 4, value: low + BigInt(index) }),
  )
}

/** The address in a text field, of either family. */
export function addressText(spot: Spot): AddressText | undefined {
  return readAddress(textOf(spot))?.address
}
