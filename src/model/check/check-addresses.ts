import {
  formatPrefix,
  parseAddress,
  parseIpv4,
  parsePrefix,
  parsePrefixU32,
  prefixContains,
} from '#net'
import type { Prefix, PrefixU32 } from '#net'
import { nameInSentence, quote } from '../describe-value.ts'
import type { AddressText } from '../id.ts'
import { kindWords } from '../kind-words.ts'
import type { ProblemCode } from '../problem.ts'
import type { ProblemLog } from '../problem-log.ts'
import type { Subnet, Vpc } from '../vpc.ts'
import { addressPointer, eachAddressHolder } from './address-holders.ts'
import type { AddressHolder } from './address-holders.ts'
import { listed, rangesOf } from './check-subnets.ts'
import type { Check, Evidence } from './evidence.ts'

/** Every private address lies in its subnet; where the subnet is unknown, in its VPC. */
export const checkAddresses: Check = (evidence, log) => {
  const grounds = new Map<Subnet | Vpc, Ground>()
  eachAddressHolder(evidence, (holder) => {
    const place = holder.subnet ?? holder.vpc
    if (!place) return
    let ground = grounds.get(place)
    if (!ground) grounds.set(place, (ground = groundOf(place)))
    checkHolder(evidence, holder, ground, log)
  })
}

/** Where addresses ought to lie. */
interface Ground {
  readonly code: ProblemCode
  readonly name: string
  readonly expected: string
  /** The same IPv4 ranges once more, as the numbers that 100,000 addresses are compared with. */
  readonly ipv4: readonly PrefixU32[]
  readonly prefixes: readonly Prefix[]
}

function groundOf(place: Subnet | Vpc): Ground {
  return 'cidrs' in place
    ? groundAt('address-outside-vpc', `VPC ${nameInSentence(place.id)}`, rangesOf(place))
    : groundAt('address-outside-subnet', `subnet ${nameInSentence(place.id)}`, rangesIn(place))
}

function groundAt(code: ProblemCode, name: string, prefixes: readonly Prefix[]): Ground {
  const expected = `an address in ${listed(prefixes)}`
  const ipv4 = prefixes.flatMap((prefix) => parsePrefixU32(formatPrefix(prefix)) ?? [])
  return { code, name, expected, ipv4, prefixes }
}

function rangesIn({ cidr, moreCidrs = [], ipv6Cidr }: Subnet): readonly Prefix[] {
  return [cidr, ...moreCidrs, ipv6Cidr ?? ''].flatMap((text) => parsePrefix(text) ?? [])
}

function checkHolder(
  evidence: Evidence,
  holder: AddressHolder,
  ground: Ground,
  log: ProblemLog,
): void {
  const report = (text: AddressText, field: 'addresses' | 'ipv6Addresses', place: number) => {
    const pointer = addressPointer(evidence, holder, field, place)
    const owner = `${kindWords[holder.kind]} ${nameInSentence(holder.id)}`
    const message = `The address ${text} of ${owner} lies outside ${ground.name}.`
    const { code, expected } = ground
    log.report({ severity: 'error', pointer, code, expected, found: quote(text), message })
  }
  const { addresses, ipv6Addresses } = holder
  for (let place = 0; place < addresses.length; place++) {
    if (!holds(ground, addresses[place])) report(addresses[place], 'addresses', place)
  }
  ipv6Addresses.forEach(({ address }, place) => {
    if (!holds(ground, address)) report(address, 'ipv6Addresses', place)
  })
}

/** True also where the ground has no range of the address's family: then it was not read. */
function holds({ ipv4, prefixes }: Ground, text: AddressText): boolean {
  const value = parseIpv4(text)
  if (value !== undefined) {
    return ipv4.length === 0 || ipv4.some(({ low, high }) => low <= value && value <= high)
  }
  const ipv6 = prefixes.filter(({ family }) => family === 6)
  const address = ipv6.length > 0 ? parseAddress(text) : undefined
  return !address || ipv6.some((prefix) => prefixContains(prefix, address))
}
