import { publicAddressStates } from '#model'
import type { PublicAddress } from '#model'

import { ask } from './ask.ts'
import { idOf } from '../brand.ts'
import { bindingOf } from './address-binding.ts'
import { mentionedAddresses } from './mentioned-address.ts'
import { addressAt, note } from '../note.ts'
import { identityOf, miss, recordOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { compareText } from '../compare-text.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import { isAbsent, textOf } from '../spot.ts'
import { wordIn } from '../word.ts'
import { locksOf, stateAt } from './words.ts'

/** Elastic addresses from their listing, and every public address that only its bearer prints. */
export function readPublicAddresses(reading: Reading): readonly PublicAddress[] {
  const listed = recordsOf(reading, 'publicAddress').flatMap((record) => readEip(reading, record))
  const known = new Set<string>(listed.map(({ address }) => address))
  const mentioned = mentionedAddresses(reading).filter(
    ({ id, address }) => !known.has(address) && !recordOf(reading, 'publicAddress', id),
  )
  for (const { id, account, region, boundTo } of mentioned) {
    // Only the listing prints the mode, and only here can it be another one than NAT.
    if (boundTo?.kind === 'networkInterface') {
      miss(reading, 'publicAddress', { id, account, region }, ask.publicAddress(id))
    }
  }
  return [...listed, ...mentioned].toSorted((a, b) => compareText(a.id, b.id))
}

const modes = { nat: 'nat', binded: 'cut-through', multi_binded: 'multi-visible' } as const

function readEip(reading: Reading, record: ApiRecord): PublicAddress[] {
  const subject = { ...record, kind: 'publicAddress', call: ask.publicAddress(record.id) } as const
  const spot = at(record, 'IpAddress')
  const read = addressAt(spot)
  if (read?.value.family !== 4) {
    unreadable(reading, 'publicAddress', record, spot, 'its address', subject.call)
    return []
  }
  const state = stateAt(reading, subject, at(record, 'Status'), publicAddressStates)
  if (!state) return []
  const boundTo = bindingOf(reading, record)
  return [
    {
      id: idOf(record.id),
      ...identityOf(record, 'Name'),
      kind: 'eip',
      address: read.address,
      state,
      mode: modeOf(reading, record),
      ...(boundTo && { boundTo }),
      ...locksOf(at(record, 'OperationLocks'), at(record, 'BusinessStatus')),
    },
  ]
}

/** Older answers have no mode, as there was only NAT. */
function modeOf(reading: Reading, record: ApiRecord): PublicAddress['mode'] {
  const spot = at(record, 'Mode')
  const known = wordIn(modes, textOf(spot))
  if (known) return known
  if (isAbsent(spot)) {
    if (textOf(at(record, 'InstanceType')) === 'NetworkInterface') {
      const message = `${record.id}: no Mode; the ordinary one, NAT, is assumed.`
      note(reading, 'info', at(record, 'InstanceType'), 'public-address.no-mode', message)
    }
    return 'nat'
  }
  const call = ask.publicAddress(record.id)
  unreadable(reading, 'publicAddress', record, spot, 'its mode', call)
  return 'nat'
}
