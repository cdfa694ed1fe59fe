import type { CidrText, Vpc } from '#model'

import { ask } from './ask.ts'
import { idOf } from '../brand.ts'
import type { ReadCidr } from '../brand.ts'
import { cidrAt, note } from '../note.ts'
import { identityOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { child, isAbsent, isRecord, truthOf, wrappedOf } from '../spot.ts'
import type { Spot } from '../spot.ts'

export function readVpcs(reading: Reading): readonly Vpc[] {
  return recordsOf(reading, 'vpc').map((record) => readVpc(reading, record))
}

function readVpc(reading: Reading, record: ApiRecord): Vpc {
  const primary = at(record, 'CidrBlock')
  if (isAbsent(primary)) {
    const call = ask.vpc(record.id)
    unreadable(reading, 'vpc', record, here(record), 'its range (CidrBlock)', call)
  }
  const secondary = wrappedOf(at(record, 'SecondaryCidrBlocks'), 'SecondaryCidrBlock')
  const cidrs = rangesAt(reading, record, 4, [primary, ...secondary])
  const ipv6Cidrs = ipv6Ranges(reading, record)
  const userCidrs = rangesAt(reading, record, 4, wrappedOf(at(record, 'UserCidrs'), 'UserCidr'))
  const classicLink = truthOf(at(record, 'ClassicLinkEnabled'))
  warnOfState(reading, record)
  return {
    id: idOf(record.id),
    ...identityOf(record, 'VpcName'),
    cidrs,
    ...(ipv6Cidrs.length > 0 && { ipv6Cidrs }),
    ...(userCidrs.length > 0 && { userCidrs }),
    ...(classicLink !== undefined && { classicLink }),
  }
}

/** `Ipv6CidrBlocks` has the additional ranges, and in some versions the first one too. */
function ipv6Ranges(reading: Reading, record: ApiRecord): readonly CidrText[] {
  const more = wrappedOf(at(record, 'Ipv6CidrBlocks'), 'Ipv6CidrBlock').map((item) =>
    isRecord(item.value) ? child(item, 'Ipv6CidrBlock') : item,
  )
  return rangesAt(reading, record, 6, [at(record, 'Ipv6CidrBlock'), ...more])
}

function rangesAt(
  reading: Reading,
  record: ApiRecord,
  family: ReadCidr['prefix']['family'],
  spots: readonly Spot[],
): readonly CidrText[] {
  const ranges = spots.flatMap((spot) => {
    if (isAbsent(spot)) return []
    const read = cidrAt(reading, spot)
    if (read?.prefix.family === family) return read.cidr
    unreadable(reading, 'vpc', record, spot, 'a range', ask.vpc(record.id))
    return []
  })
  return [...new Set(ranges)]
}

/** A VPC that comes or goes has no state in the network; its parts have their own. */
function warnOfState(reading: Reading, record: ApiRecord): void {
  const status = at(record, 'Status')
  if (isAbsent(status) || status.value === 'Available' || status.value === 'Created') return
  const message = `${record.id} is ${String(status.value)}; it is read as if it were settled.`
  note(reading, 'info', status, 'vpc.not-settled', message)
}
