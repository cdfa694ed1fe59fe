import type { Ipv6Assignment } from '#model'

import { askAbout } from './ask.ts'
import { readAddress } from '../brand.ts'
import { addressAt, note } from '../note.ts'
import { countAnswers, miss, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import { child, isAbsent, isRecord, shown, textOf, wholeOf, wrappedOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { wordIn } from '../word.ts'
import type { Subject } from './words.ts'

type Internet = NonNullable<Ipv6Assignment['internet']>

/** How far each IPv6 address reaches, by canonical address; absent: nobody said. */
export type Ipv6Reach = ReadonlyMap<string, Internet>

/**
 * Addresses are private until Internet bandwidth is bought for them, and then reach both ways,
 * unless an egress-only rule names them. So `both` is known only when those rules were read.
 */
export function readIpv6Reach(reading: Reading): Ipv6Reach {
  const egressOnly = new Set(
    recordsOf(reading, 'egressOnlyRule').flatMap((rule) => textOf(at(rule, 'InstanceId')) ?? []),
  )
  const reach = new Map<string, Internet>()
  for (const record of recordsOf(reading, 'ipv6Address')) {
    const address = addressAt(at(record, 'Ipv6Address'))?.address
    const internet = internetOf(reading, record, egressOnly)
    if (address !== undefined && internet !== undefined) reach.set(address, internet)
  }
  return reach
}

function internetOf(
  reading: Reading,
  record: ApiRecord,
  egressOnly: ReadonlySet<string>,
): Internet | undefined {
  const network = at(record, 'NetworkType')
  const bandwidth = wholeOf(at(record, 'Ipv6InternetBandwidth', 'Bandwidth'))
  const kinds = { private: 'none', public: 'both' } as const
  const told = wordIn(kinds, textOf(network))
  const id = textOf(at(record, 'Ipv6Address')) ?? record.id
  // Reach is asked for by interface, so it is missed for the place rather than for an id.
  const place = { account: record.account, region: record.region }
  if (told === undefined && !isAbsent(network)) {
    const call = askAbout.ipv6Address(id)
    unreadable(reading, 'ipv6Internet', place, network, 'the NetworkType', call)
    return undefined
  }
  const open = told === 'both' || (told === undefined && (bandwidth ?? 0) > 0)
  if (!open) return 'none'
  const business = at(record, 'Ipv6InternetBandwidth', 'BusinessStatus')
  if (!isAbsent(business) && business.value !== 'Normal') {
    const message = `${id}: its Internet bandwidth is ${shown(business)}.`
    note(reading, 'warning', business, 'ipv6-internet.locked', message)
    return 'none'
  }
  if (egressOnly.has(record.id)) return 'egress-only'
  if (rulesRead(reading, record)) return 'both'
  const gateway = textOf(at(record, 'Ipv6GatewayId')) ?? 'ipv6gw-…'
  miss(reading, 'ipv6Internet', place, askAbout.egressOnly(gateway))
  return undefined
}

/** The call is made for each gateway, but its answer does not name it: they can only be counted. */
function rulesRead(reading: Reading, { region }: ApiRecord): boolean {
  const here = recordsOf(reading, 'ipv6Address').filter((other) => other.region === region)
  const gateways = new Set(here.map((other) => textOf(at(other, 'Ipv6GatewayId')) ?? ''))
  return countAnswers(reading, region, 'DescribeIpv6EgressOnlyRules') >= gateways.size
}

/** The IPv6 addresses of one interface, the primary one first as printed. */
export function readIpv6(
  reading: Reading,
  subject: Subject,
  sets: Spot,
  prefixes: Spot,
  reach: Ipv6Reach,
): readonly Ipv6Assignment[] {
  for (const prefix of wrappedOf(prefixes, 'Ipv6PrefixSet')) {
    const text = child(prefix, 'Ipv6Prefix')
    // Sixteen bits and more of addresses: the model has single ones only.
    if (!isAbsent(text))
      unreadable(reading, subject.kind, subject, text, 'an IPv6 prefix', subject.call)
  }
  return wrappedOf(sets, 'Ipv6Set').flatMap((item) => {
    const spot = isRecord(item.value) ? child(item, 'Ipv6Address') : item
    const read = readAddress(textOf(spot))
    if (read?.value.family !== 6) {
      unreadable(reading, subject.kind, subject, spot, 'an IPv6 address', subject.call)
      return []
    }
    const internet = reach.get(read.address)
    return [{ address: read.address, ...(internet !== undefined && { internet }) }]
  })
}
