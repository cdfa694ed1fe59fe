import { textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { field } from './field.ts'
import { listed } from './record.ts'
import type { ApiRecord } from './record.ts'

const noSpot: Spot = { file: '', value: undefined }

/** The value of one attribute in an answer that lists keys and values. */
export function attributeOf(answer: ApiRecord, name: string): Spot {
  const item = listed(answer, 'Attributes').find((each) => textOf(field(each, 'Key')) === name)
  return item ? field(item, 'Value') : noSpot
}
