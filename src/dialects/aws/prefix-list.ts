import type { CidrText, PrefixList } from '#model'

import { idOf } from '../brand.ts'
import { compareText } from '../compare-text.ts'
import { cidrAt } from '../note.ts'
import { elementsOf, isAbsent, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { ask } from './ask.ts'
import { field } from './field.ts'
import { identityOf, recordOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, listed } from './record.ts'
import type { ApiRecord } from './record.ts'

/**
 * Prefix lists whose entries were read. The others are listed for every account whether it uses
 * them or not; whoever names one of them makes a gap.
 */
export function readPrefixLists(reading: Reading): readonly PrefixList[] {
  const entries = recordsOf(reading, 'prefixEntries').filter(
    ({ id }) => !recordOf(reading, 'prefixList', id),
  )
  return [...recordsOf(reading, 'prefixList'), ...entries]
    .toSorted((a, b) => compareText(a.id, b.id))
    .flatMap((record) => {
      const cidrs = cidrsOfList(reading, record.id)
      if (!cidrs) return []
      return [{ id: idOf(record.id), ...identityOf(record, 'PrefixListName'), cidrs }]
    })
}

/** The prefixes of a list; undefined where they were not read. */
export function cidrsOfList(reading: Reading, id: string): readonly CidrText[] | undefined {
  const list = recordOf(reading, 'prefixList', id)
  const own = list && at(list, 'Cidrs')
  const entries = recordOf(reading, 'prefixEntries', id)
  const spots = [
    ...(own ? elementsOf(own) : []),
    ...(entries ? listed(entries, 'Entries').map((item) => field(item, 'Cidr')) : []),
  ]
  const subject = list ?? entries
  if (!subject || (!entries && (!own || isAbsent(own)))) return undefined
  return readCidrs(reading, subject, spots)
}

function readCidrs(reading: Reading, list: ApiRecord, spots: readonly Spot[]): readonly CidrText[] {
  const cidrs = spots.flatMap((spot) => {
    const cidr = cidrAt(reading, spot)?.cidr
    if (cidr === undefined) {
      unreadable(reading, 'prefixList', list, spot, 'an entry', ask.prefixList(list.id))
    }
    return cidr ?? []
  })
  return [...new Set(cidrs)].toSorted(compareText)
}

/** Lists of the provider's services are printed whole by another call. */
export function listCall(reading: Reading, id: string): string {
  const list = recordOf(reading, 'prefixList', id)
  const name = list && textOf(at(list, 'PrefixListName'))
  return name?.startsWith('com.amazonaws.') === true
    ? `ec2 describe-prefix-lists --prefix-list-ids ${id}`
    : ask.prefixList(id)
}
