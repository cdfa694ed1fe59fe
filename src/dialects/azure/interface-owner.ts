import { elementsOf, truthOf } from '../spot.ts'
import { keyOf, parentId, parseArmId } from './arm-id.ts'
import { kindOfType } from './arm-kind.ts'
import { field, namedId } from './field.ts'
import { recordOf, recordsOf, spelling } from './reading.ts'
import { reference } from './link.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ArmRecord } from './record.ts'

/** The machine an interface is attached to: named by itself, by its id, or by the machine. */
export function machineOf(reading: Reading, record: ArmRecord): string | undefined {
  const own = reference(reading, record, 'virtualMachine')
  if (own !== undefined) return own
  if (record.kind === 'scaleSetInterface') return spelling(reading, parentId(record.id))
  return attached(reading).get(keyOf(record.id))?.id
}

/** Whether the machine says that another interface is its primary one. */
export function saysSecondary(reading: Reading, record: ArmRecord): boolean {
  const machine = recordOf(reading, machineOf(reading, record))
  if (!machine) return false
  const entry = interfacesOf(machine).find(
    (item) => keyOf(namedId(item) ?? '') === keyOf(record.id),
  )
  return entry !== undefined && truthOf(field(entry, 'primary')) === false
}

/** The interfaces that a machine names. */
export function interfacesOf(machine: ArmRecord) {
  return elementsOf(at(machine, 'networkProfile', 'networkInterfaces'))
}

/** Machines by their interfaces, made once for an input. */
function attached(reading: Reading): ReadonlyMap<string, ArmRecord> {
  const known = tables.get(reading)
  if (known) return known
  const table = new Map<string, ArmRecord>()
  for (const machine of recordsOf(reading, 'virtualMachine', 'scaleSetMachine')) {
    for (const item of interfacesOf(machine)) {
      const id = namedId(item)
      if (id !== undefined && isInterface(id)) table.set(keyOf(id), machine)
    }
  }
  tables.set(reading, table)
  return table
}

const tables = new WeakMap<Reading, ReadonlyMap<string, ArmRecord>>()

function isInterface(id: string): boolean {
  const kind = kindOfType(parseArmId(id)?.type ?? '')
  return kind === 'networkInterface' || kind === 'scaleSetInterface'
}
