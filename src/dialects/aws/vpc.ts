import type { CidrText, Vpc } from '#model'

import { idOf } from '../brand.ts'
import { cidrAt } from '../note.ts'
import { elementsOf, isAbsent, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt } from '../word.ts'
import { ask } from './ask.ts'
import { field } from './field.ts'
import { identityOf, recordsOf, unreadable } from './reading.ts'
import type { Missing, Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'

export function readVpcs(reading: Reading): readonly Vpc[] {
  return recordsOf(reading, 'vpc').map((record) => readVpc(reading, record))
}

function readVpc(reading: Reading, record: ApiRecord): Vpc {
  const subject = { ...record, kind: 'vpc', call: ask.vpc(record.id) } as const
  const ipv6Cidrs = associatedRanges(reading, subject, 6, at(record, 'Ipv6CidrBlockAssociationSet'))
  return {
    id: idOf(record.id),
    ...identityOf(record),
    cidrs: ipv4Ranges(reading, subject, record),
    ...(ipv6Cidrs.length > 0 && { ipv6Cidrs }),
  }
}

/** The primary range first; cut-down documents have only that. */
function ipv4Ranges(reading: Reading, subject: Subject, record: ApiRecord): readonly CidrText[] {
  const primary = at(record, 'CidrBlock')
  const set = at(record, 'CidrBlockAssociationSet')
  const ranges = associatedRanges(reading, subject, 4, set)
  const first = isAbsent(primary) ? undefined : cidrAt(reading, primary)?.cidr
  if (isAbsent(set) && first === undefined) {
    const spot = isAbsent(primary) ? here(record) : primary
    unreadable(reading, 'vpc', record, spot, 'its range (CidrBlock)', subject.call)
  }
  if (isAbsent(set)) return first === undefined ? [] : [first]
  return ranges.toSorted((a, b) => Number(b === first) - Number(a === first))
}

/** The resource that is read, for reports about it. */
export interface Subject extends Missing {
  readonly kind: 'vpc' | 'subnet'
  readonly call: string
}

/** Ranges that are associated; those that come, go or failed are not. */
export function associatedRanges(
  reading: Reading,
  subject: Subject,
  family: 4 | 6,
  set: Spot,
): readonly CidrText[] {
  const [key, stateKey] =
    family === 4
      ? (['CidrBlock', 'CidrBlockState'] as const)
      : (['Ipv6CidrBlock', 'Ipv6CidrBlockState'] as const)
  const ranges = elementsOf(set).flatMap((item) => {
    const state = field(field(item, stateKey), 'State')
    if (!isAbsent(state) && !spelt(['associated'], textOf(state))) return []
    const range = field(item, key)
    const read = cidrAt(reading, range)
    if (read?.prefix.family === family) return read.cidr
    unreadable(reading, subject.kind, subject, range, 'a range', subject.call)
    return []
  })
  return [...new Set(ranges)]
}
