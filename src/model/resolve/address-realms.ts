import { parsePrefix } from '#net'
import type { AddressText } from '../id.ts'
import { holdsPlace, rangesOf, readPlace } from './place.ts'
import type { Place, Ranges } from './place.ts'

/**
 * What an address is when no resource and no range of the file claims it:
 * - `provider`: kept by clouds for their own services;
 * - `private`: means nothing outside the network it is in;
 * - `public`: an address of the Internet.
 *
 * From the IANA special-purpose address registries (RFC 6890), "globally reachable: false".
 * Documentation ranges count as public: examples are written with them.
 */
export function realmOf(place: Place): 'provider' | 'private' | 'public' {
  if (holdsPlace(providerRanges, place)) return 'provider'
  return holdsPlace(privateRanges, place) ? 'private' : 'public'
}

/** Shared address space (RFC 6598) and link-local (RFC 3927): service and metadata addresses. */
const providerRanges = read(['100.64.0.0/10', '169.254.0.0/16'])

const privateRanges = read([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/127',
  '::ffff:0:0/96',
  '64:ff9b:1::/48',
  '100::/64',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
])

/**
 * Whether an address is one that hosts send to over routes: not unspecified, loopback, link-local,
 * multicast, reserved or broadcast (RFC 6890; an IPv4-mapped one is no address on the wire).
 */
export function isRoutable(text: AddressText): boolean {
  const place = readPlace(text)
  return place !== undefined && !holdsPlace(unroutable, place)
}

const unroutable = read([
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/127',
  '::ffff:0:0/96',
  'fe80::/10',
  'ff00::/8',
])

function read(texts: readonly string[]): Ranges {
  return rangesOf(texts.flatMap((text) => parsePrefix(text) ?? []))
}
