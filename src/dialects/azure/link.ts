import { note } from '../note.ts'
import { elementsOf, isAbsent, shown } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { ask } from './ask.ts'
import { keyOf, parentId } from './arm-id.ts'
import { kindOf } from './arm-kind.ts'
import { namedId } from './field.ts'
import { missContent, partsOf, recordOf, recordsOf, spelling } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ArmRecord } from './record.ts'

/** The id of another resource that a field names. */
export function reference(reading: Reading, record: ArmRecord, key: string): string | undefined {
  const spot = at(record, key)
  const id = namedId(spot)
  if (id !== undefined) return spelling(reading, id)
  if (!isAbsent(spot)) doubt(reading, record, spot, key)
  return undefined
}

/** The ids of other resources that the elements of a list name. */
export function references(reading: Reading, record: ArmRecord, key: string): readonly string[] {
  const ids = listAt(reading, record, key).flatMap((spot) => {
    const id = namedId(spot)
    if (id === undefined) doubt(reading, record, spot, key)
    return id ?? []
  })
  return [...new Set(ids.map((id) => spelling(reading, id)))]
}

/** The elements of a list; something that is there and is no list is said to be unread. */
export function listAt(
  reading: Reading,
  record: ArmRecord,
  key: string,
  ...deeper: readonly string[]
): readonly Spot[] {
  const spot = at(record, key, ...deeper)
  if (!isAbsent(spot) && !Array.isArray(spot.value)) doubt(reading, record, spot, key)
  return elementsOf(spot)
}

/** A field that is there and cannot be understood. */
function doubt(reading: Reading, record: ArmRecord, spot: Spot, key: string): void {
  const message = `${record.id}: cannot read ${key}: ${shown(spot)}.`
  note(reading, 'error', spot, 'resource.unreadable', message)
  missRecord(reading, record)
}

/** The content of a resource is in doubt, or that of what it is part of. */
export function missRecord(reading: Reading, record: ArmRecord): void {
  for (const { id, account, region } of subjectsOf(reading, record)) {
    missContent(reading, kindOf(record.kind).gap, { id, account, region }, ask(id))
  }
}

type Subject = Pick<ArmRecord, 'id' | 'account' | 'region'>

/** Each frontend of a load balancer is one of the model's; some resources are facts of others. */
function subjectsOf(reading: Reading, record: ArmRecord): readonly Subject[] {
  const { partOf, gap } = kindOf(record.kind)
  if (record.kind === 'localGateway') return usersOf(reading, record, 'connection')
  if (record.kind === 'publicPrefix') return usersOf(reading, record, 'natGateway')
  const id = parentId(record.id)
  const whole = partOf === 'parent' ? (recordOf(reading, id) ?? { ...record, id }) : record
  return gap === 'loadBalancer' ? partsOf(reading, whole, 'frontend') : [whole]
}

function usersOf(
  reading: Reading,
  { id }: ArmRecord,
  kind: 'connection' | 'natGateway',
): readonly Subject[] {
  return recordsOf(reading, kind).filter((user) => {
    const lists = elementsOf(at(user, 'publicIpPrefixes'))
    const named = [at(user, 'localNetworkGateway2'), ...lists].map((spot) => namedId(spot) ?? '')
    return named.some((each) => keyOf(each) === keyOf(id))
  })
}
