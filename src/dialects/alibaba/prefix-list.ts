import type { CidrText, PrefixList } from '#model'

import { ask, askAbout } from './ask.ts'
import { idOf } from '../brand.ts'
import { cidrAt } from '../note.ts'
import {
  groupByOwner,
  identityOf,
  isAnswered,
  miss,
  recordOf,
  recordsOf,
  unreadable,
} from './reading.ts'
import type { Reading } from './reading.ts'
import { compareText } from '../compare-text.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'

/** Prefix lists of both products (security groups', route tables'), listed or only detailed. */
export function readPrefixLists(reading: Reading): readonly PrefixList[] {
  const entries = groupByOwner(reading, 'prefixEntry')
  const detailed = [...entries].flatMap(([owner, [first]]) =>
    first && !recordOf(reading, 'prefixList', owner) ? [{ ...first, id: owner }] : [],
  )
  const all = [...recordsOf(reading, 'prefixList'), ...detailed]
  return all
    .toSorted((a, b) => compareText(a.id, b.id))
    .map((record) => {
      if (!isAnswered(reading, record.id, ...detailCalls))
        miss(reading, 'prefixList', record, ask.prefixList(record.id))
      return {
        id: idOf(record.id),
        ...identityOf(record, 'PrefixListName'),
        cidrs: readEntries(reading, record, entries.get(record.id) ?? []),
      }
    })
}

const detailCalls = ['DescribePrefixListAttributes', 'GetVpcPrefixListEntries']

function readEntries(
  reading: Reading,
  list: ApiRecord,
  entries: readonly ApiRecord[],
): readonly CidrText[] {
  const cidrs = entries.flatMap((entry) => {
    const spot = at(entry, 'Cidr')
    const cidr = cidrAt(reading, spot)?.cidr
    const call = askAbout.vpcPrefixList(list.id)
    if (!cidr) unreadable(reading, 'prefixList', list, spot, 'an entry', call)
    return cidr ?? []
  })
  return [...new Set(cidrs)].toSorted(compareText)
}
