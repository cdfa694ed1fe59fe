import type { AddressText } from '../id.ts'
import type { Vpc } from '../vpc.ts'
import type { AddressBook } from './address-book.ts'
import { realmOf } from './address-realms.ts'
import type { AddressEndpoint } from './endpoint.ts'
import { readPlace } from './place.ts'
import type { Place } from './place.ts'

/**
 * Everything that an address may mean. Nearer meanings hide farther ones: who has it, whose range
 * it is in, what kind of address it is. None: a private address that no VPC of the file holds.
 */
export function addressMeanings(book: AddressBook, text: AddressText): readonly AddressEndpoint[] {
  const claims = book.claims(text)
  if (claims.length > 0) return claims
  const place = readPlace(text)
  if (place === undefined) return []
  const vpcs = book.vpcs.holding(place)
  const general = generalMeaning(book, text, place)
  // A public-looking IPv4 range of a VPC is an address of the Internet to everybody else; an IPv6
  // one was given to the VPC, and is nobody else's.
  const alsoPublic = vpcs.length === 0 || (general?.realm === 'public' && !text.includes(':'))
  return [
    ...vpcs.map((vpc) => inRange(book, text, place, vpc)),
    ...(general && alsoPublic ? [general] : []),
  ]
}

/** The same, for somebody inside a VPC, to whom a private address always means something. */
export function addressMeaningsIn(
  book: AddressBook,
  text: AddressText,
  scope: Vpc,
): readonly AddressEndpoint[] {
  const claims = book.claims(text)
  const inside = claims.filter((claim) => claim.realm === 'vpc' && claim.vpc === scope)
  if (inside.length > 0) return inside
  const place = readPlace(text)
  if (place === undefined) return []
  if (book.holds(scope, place)) return [inRange(book, text, place, scope)]
  const outside = claims.filter(({ realm }) => realm !== 'vpc')
  if (outside.length > 0) return outside
  const beyond = { kind: 'address', realm: 'beyond', address: text, vpc: scope } as const
  return [generalMeaning(book, text, place) ?? beyond]
}

/** An address that no interface has; a service may still answer there. */
function inRange(book: AddressBook, text: AddressText, place: Place, vpc: Vpc): AddressEndpoint {
  const bare = { kind: 'address', realm: 'vpc', address: text, vpc } as const
  const cloudService = book.services.holding(place).find(({ vpcId }) => vpcId === vpc.id)
  return cloudService ? { ...bare, owner: { kind: 'cloudService', cloudService } } : bare
}

/** What an address is outside every VPC; undefined: nothing, as it is private. */
function generalMeaning(
  book: AddressBook,
  text: AddressText,
  place: Place,
): AddressEndpoint | undefined {
  const service = book.services.holding(place).find(({ vpcId }) => vpcId === undefined)
  if (service) return { kind: 'address', realm: 'provider', address: text, service }
  const realm = realmOf(place)
  return realm === 'private' ? undefined : { kind: 'address', realm, address: text }
}
