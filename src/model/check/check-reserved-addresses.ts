import { parseAddress, parseIpv4, parsePrefix, parsePrefixU32, prefixRange } from '#net'
import type { AddressRange, Family, PrefixU32 } from '#net'
import { nameInSentence, quote } from '../describe-value.ts'
import type { AddressText } from '../id.ts'
import { kindWords } from '../kind-words.ts'
import type { ProblemLog } from '../problem-log.ts'
import type { Provider } from '../resource.ts'
import type { Subnet } from '../vpc.ts'
import { addressPointer, eachAddressHolder } from './address-holders.ts'
import type { AddressHolder } from './address-holders.ts'
import type { Check, Evidence } from './evidence.ts'

/** How many addresses at each end of a subnet a cloud keeps (HELP CreateVSwitch, CIDR reservation). */
const keptBy: Partial<Record<Provider, Readonly<Record<Family, Ends>>>> = {
  alibaba: { 4: { first: 1, last: 3 }, 6: { first: 1, last: 9 } },
}

interface Ends {
  readonly first: number
  readonly last: number
}

/** Warns of addresses that no cloud gives out: mostly the file was typed, not read. */
export const checkReservedAddresses: Check = (evidence, log) => {
  const keptIn = new Map<Subnet, IsKept>()
  eachAddressHolder(evidence, (holder) => {
    const { subnet, addresses, ipv6Addresses } = holder
    if (!subnet) return
    let isKept = keptIn.get(subnet)
    if (!isKept) keptIn.set(subnet, (isKept = keptAddresses(subnet)))
    for (let place = 0; place < addresses.length; place++) {
      if (isKept(addresses[place])) report(evidence, log, holder, 'addresses', place)
    }
    for (let place = 0; place < ipv6Addresses.length; place++) {
      if (isKept(ipv6Addresses[place].address))
        report(evidence, log, holder, 'ipv6Addresses', place)
    }
  })
}

type IsKept = (text: AddressText) => boolean

/** A range too small for both ends is no subnet of this cloud. */
function keptAddresses({ provider, cidr, ipv6Cidr }: Subnet): IsKept {
  const kept = keptBy[provider]
  if (!kept) return () => false
  const ipv4 = parsePrefixU32(cidr)
  const ipv6 = parsePrefix(ipv6Cidr ?? '')
  return (text) => {
    // 100,000 addresses are compared as plain numbers.
    const value = parseIpv4(text)
    if (value !== undefined) return ipv4 !== undefined && isAtEnd(ipv4, kept[4], value)
    const address = ipv6 ? parseAddress(text) : undefined
    if (!ipv6 || address?.family !== 6) return false
    return isAtEnd6(prefixRange(ipv6), kept[6], address.value)
  }
}

function isAtEnd({ low, high }: PrefixU32, { first, last }: Ends, value: number): boolean {
  if (value < low || value > high || high - low < first + last) return false
  return value < low + first || value > high - last
}

function isAtEnd6({ low, high }: AddressRange, { first, last }: Ends, value: bigint): boolean {
  if (value < low || value > high || high - low < BigInt(first + last)) return false
  return value < low + BigInt(first) || value > high - BigInt(last)
}

function report(
  evidence: Evidence,
  log: ProblemLog,
  holder: AddressHolder,
  field: 'addresses' | 'ipv6Addresses',
  place: number,
): void {
  const text = field === 'addresses' ? holder.addresses[place] : holder.ipv6Addresses[place].address
  const owner = `${kindWords[holder.kind]} ${nameInSentence(holder.id)}`
  const subnet = nameInSentence(holder.subnet?.id ?? '')
  log.report({
    severity: 'warning',
    pointer: addressPointer(evidence, holder, field, place),
    code: 'reserved-address',
    expected: 'an address that the cloud gives out',
    found: quote(text),
    message: `The cloud keeps the address ${text} of subnet ${subnet} for itself, but ${owner} has it.`,
  })
}
