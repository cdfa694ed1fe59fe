import type { PublicAddress, PublicAddressBinding } from '#model'

import { idOf } from '../brand.ts'
import { addressAt, note } from '../note.ts'
import { isAbsent, shown, textOf } from '../spot.ts'
import { ask } from './ask.ts'
import { bindingsOf } from './address-binding.ts'
import type { Bindings } from './address-binding.ts'
import { identityOf, miss, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ArmRecord } from './record.ts'

/** Public IPv4 addresses and what each is bound to. */
export function readPublicAddresses(reading: Reading): readonly PublicAddress[] {
  const bindings = bindingsOf(reading)
  return recordsOf(reading, 'publicAddress').flatMap((record) =>
    readAddress(reading, record, bindings),
  )
}

function readAddress(reading: Reading, record: ArmRecord, bindings: Bindings): PublicAddress[] {
  const spot = at(record, 'ipAddress')
  const read = addressAt(spot)
  if (isAbsent(spot) || read?.value.family === 6) {
    const what = read ? `${shown(spot)} is of IPv6 and not analysed` : 'it has no address yet'
    note(reading, 'info', here(record), 'public-address.left-out', `${record.id}: ${what}.`)
    return []
  }
  if (!read) {
    unreadable(reading, 'publicAddress', record, spot, 'its address', ask(record.id))
    return []
  }
  const boundTo = settle(reading, record, bindings)
  return [
    {
      id: idOf(record.id),
      ...identityOf(record),
      kind: 'eip',
      address: read.address,
      state: boundTo ? 'InUse' : 'Available',
      mode: 'nat',
      ...(boundTo && { boundTo }),
      ...(isStandard(record) && { closed: true }),
    },
  ]
}

/** Basic addresses, retired in 2025, let in what nobody drops. */
const isStandard = (record: ArmRecord): boolean =>
  textOf(at(record, 'sku', 'name'))?.toLowerCase() === 'standard'

/** The address itself knows best; that another resource claims it, too, is of another time. */
function settle(
  reading: Reading,
  record: ArmRecord,
  bindings: Bindings,
): PublicAddressBinding | undefined {
  const claims = bindings(record)
  const [boundTo] = claims
  const rivals = new Set(claims.map(({ kind, id }) => `${kind} ${id}`))
  if (rivals.size > 1) {
    const message = `${record.id} is said to be of each of these: ${[...rivals].join(', ')}.`
    note(reading, 'warning', here(record), 'resource.contradiction', message)
    const { id, account, region } = record
    miss(reading, 'publicAddress', { id, account, region }, ask(id))
  }
  if (boundTo?.kind === 'networkInterface' && boundTo.opaque === true) {
    const { account, region } = record
    miss(reading, 'networkInterface', { id: boundTo.id, account, region }, ask(boundTo.id))
  }
  if (!boundTo) return undefined
  const { opaque: _, ...binding } = boundTo
  return binding
}
