import { textOf } from '../spot.ts'
import { field } from './field.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'

/** The instance an interface is attached to: named by itself, or else the one that lists it. */
export function instanceIdOf(record: ApiRecord): string | undefined {
  const own = textOf(at(record, 'Attachment', 'InstanceId'))
  return own ?? record.arounds.flatMap((spot) => textOf(field(spot, 'InstanceId')) ?? [])[0]
}
