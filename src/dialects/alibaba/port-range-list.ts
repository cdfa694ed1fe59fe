import type { PortInterval } from '#model'

import { readPortRanges } from './port-words.ts'
import { note } from '../note.ts'
import { isAnswered, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import { textOf } from '../spot.ts'

/** The ranges of a port list; undefined where it was not read, or not wholly understood. */
export function readPortList(reading: Reading, id: string): readonly PortInterval[] | undefined {
  if (!isAnswered(reading, id, 'DescribePortRangeListEntries')) return undefined
  const entries = recordsOf(reading, 'portRange').filter(({ owner }) => owner === id)
  const ranges = entries.map((entry) => {
    const spot = at(entry, 'PortRange')
    const read = readPortRanges(textOf(spot))
    if (!read) note(reading, 'error', spot, 'port-list.unreadable', `${id}: not a port range.`)
    return read
  })
  // An empty list matches nothing, but an empty list of intervals would say every port.
  if (ranges.length === 0 || ranges.includes(undefined)) return undefined
  return ranges.some((range) => range?.length === 0) ? [] : ranges.flatMap((range) => range ?? [])
}
