import { parseAddress, parseIpv4 } from '#net'
import { nameInSentence, quote } from '../describe-value.ts'
import type { AddressText } from '../id.ts'
import { kindWords } from '../kind-words.ts'
import type { ProblemLog } from '../problem-log.ts'
import type { PublicAddress } from '../gateway.ts'
import { addressPointer, eachAddressHolder } from './address-holders.ts'
import type { AddressHolder } from './address-holders.ts'
import type { Check, Evidence } from './evidence.ts'

/** A private address has one holder in its VPC, a public one has one in the world. */
export const checkUniqueness: Check = (evidence, log) => {
  const repeated = repeatedKeys(evidence)
  if (repeated.size > 0) reportRepeated(evidence, repeated, log)
  checkPublicAddresses(evidence, log)
}

/**
 * Almost every file has none. Numbers are sorted in one flat array rather than kept in a map, which
 * would cost 20 MB for 100,000 interfaces; holders are looked for only when something repeats.
 */
function repeatedKeys(evidence: Evidence): ReadonlySet<number | string> {
  const numbers: number[] = []
  const repeated = new Set<number | string>()
  const texts = new Set<string>()
  eachKey(evidence, (key) => {
    if (typeof key === 'number') numbers.push(key)
    else if (texts.has(key)) repeated.add(key)
    else texts.add(key)
  })
  const sorted = Float64Array.from(numbers).sort()
  for (let nth = 1; nth < sorted.length; nth++) {
    if (sorted[nth] === sorted[nth - 1]) repeated.add(sorted[nth])
  }
  return repeated
}

type Field = 'addresses' | 'ipv6Addresses'
type Visit = (
  key: number | string,
  holder: AddressHolder,
  text: AddressText,
  field: Field,
  place: number,
) => void

/** Visits each private address with a key that is equal for equal addresses of one VPC. */
function eachKey(evidence: Evidence, visit: Visit): void {
  const ranks = new Map<AddressHolder['space'], number>()
  eachAddressHolder(evidence, (holder) => {
    const rank = ranks.get(holder.space) ?? ranks.size
    ranks.set(holder.space, rank)
    const { addresses, ipv6Addresses } = holder
    for (let place = 0; place < addresses.length; place++) {
      const text = addresses[place]
      visit(keyOf(rank, text), holder, text, 'addresses', place)
    }
    ipv6Addresses.forEach(({ address }, place) =>
      visit(keyOf(rank, address), holder, address, 'ipv6Addresses', place),
    )
  })
}

/** IPv4: the rank above the 32 address bits, exact to two million VPCs. */
function keyOf(rank: number, text: AddressText): number | string {
  const ipv4 = parseIpv4(text)
  if (ipv4 !== undefined) return rank * 2 ** 32 + ipv4
  // The number, not the canonical text: writing that takes longer than reading it.
  return `${rank} ${parseAddress(text)?.value.toString(16) ?? text}`
}

function reportRepeated(
  evidence: Evidence,
  repeated: ReadonlySet<number | string>,
  log: ProblemLog,
): void {
  const first = new Map<number | string, string>()
  eachKey(evidence, (key, holder, text, field, place) => {
    if (!repeated.has(key)) return
    const pointer = addressPointer(evidence, holder, field, place)
    const before = first.get(key)
    if (before === undefined) first.set(key, pointer)
    else reportTwin({ pointer, before, text, owner: ownerOf(holder), within: ' in one VPC' }, log)
  })
}

function ownerOf({ kind, id }: AddressHolder): string {
  return `${kindWords[kind]} ${nameInSentence(id)}`
}

function checkPublicAddresses(evidence: Evidence, log: ProblemLog): void {
  const first = new Map<string, string>()
  evidence.index.all('publicAddress').forEach((item: PublicAddress, nth) => {
    const pointer = `${evidence.pointer('publicAddress', nth)}/address`
    const before = first.get(item.address)
    const owner = `public address ${nameInSentence(item.id)}`
    if (before === undefined) first.set(item.address, pointer)
    else reportTwin({ pointer, before, text: item.address, owner, within: '' }, log)
  })
}

interface Twin {
  readonly pointer: string
  readonly before: string
  readonly text: AddressText
  readonly owner: string
  readonly within: string
}

function reportTwin({ pointer, before, text, owner, within }: Twin, log: ProblemLog): void {
  log.report({
    severity: 'error',
    pointer,
    code: 'duplicate-address',
    expected: `an address that is not taken${within}`,
    found: quote(text),
    message: `The address ${text} of ${owner} is taken${within}, first at ${before}.`,
  })
}
