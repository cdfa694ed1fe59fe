import { readAddress, readCidr } from './brand.ts'
import type { ReadAddress, ReadCidr } from './brand.ts'
import type { ReadNote } from './source.ts'
import { isAbsent, pointerOf, shown, textOf } from './spot.ts'
import type { Spot } from './spot.ts'

/** Where readers put what they have to say about their input. */
export interface Log {
  readonly notes: ReadNote[]
}

export function note(
  log: Log,
  severity: ReadNote['severity'],
  spot: Spot,
  code: string,
  message: string,
): void {
  const { file } = spot
  log.notes.push({ severity, file, pointer: pointerOf(spot), code, message })
}

/** The CIDR in a field, host bits cut with a remark; undefined where there is none to read. */
export function cidrAt(log: Log, spot: Spot): ReadCidr | undefined {
  const read = isAbsent(spot) ? undefined : readCidr(textOf(spot))
  if (read?.masked) {
    const message = `${shown(spot)} has bits set behind its length and is read as ${read.cidr}.`
    note(log, 'info', spot, 'cidr.host-bits', message)
  }
  return read
}

export function addressAt(spot: Spot): ReadAddress | undefined {
  return readAddress(textOf(spot))
}
