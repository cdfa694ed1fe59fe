import type { Instance, InstanceState } from '#model'

import { idOf } from '../brand.ts'
import { note } from '../note.ts'
import { elementsOf, isAbsent, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt, wordIn } from '../word.ts'
import { ask } from './ask.ts'
import { field, namedId } from './field.ts'
import { interfacesOf, machineOf } from './interface-owner.ts'
import { configurationsOf } from './network-interface.ts'
import { identityOf, missContent, networkOf, recordOf, recordsOf, unreadable } from './reading.ts'
import { reference } from './link.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ArmRecord } from './record.ts'

/** Virtual machines, also those of scale sets. */
export function readInstances(reading: Reading): readonly Instance[] {
  const networks = networksByMachine(reading)
  return recordsOf(reading, 'virtualMachine', 'scaleSetMachine').flatMap((record) => {
    const vpcId = networks.get(record.id)
    if (vpcId === undefined) {
      const call = callFor(reading, record)
      unreadable(reading, 'instance', record, here(record), 'its network interface', call)
      return []
    }
    const zone = elementsOf(at(record, 'zones')).map(textOf)[0]
    const os = wordIn(systems, textOf(at(record, 'storageProfile', 'osDisk', 'osType')))
    return [
      {
        id: idOf(record.id),
        ...identityOf(record),
        ...nameInSet(record),
        state: stateOf(reading, record),
        network: 'vpc',
        vpcId: idOf(vpcId),
        ...(zone !== undefined && { zone }),
        ...(os !== undefined && { os }),
      },
    ]
  })
}

/** Machines of a scale set are numbered; their own names have the name of the set in front. */
function nameInSet(record: ArmRecord): { readonly name?: string } {
  const name = record.kind === 'scaleSetMachine' ? textOf(at(record, 'name')) : undefined
  return name === undefined || name.includes('/') ? {} : { name }
}

const systems = { linux: 'linux', windows: 'windows' } as const

/** A machine is in the network of its interfaces. */
function networksByMachine(reading: Reading): ReadonlyMap<string, string> {
  const networks = new Map<string, string>()
  for (const record of recordsOf(reading, 'networkInterface', 'scaleSetInterface')) {
    const machine = machineOf(reading, record)
    const [subnet] = configurationsOf(reading, record).flatMap(
      (each) => reference(reading, each, 'subnet') ?? [],
    )
    if (machine !== undefined && subnet !== undefined) {
      networks.set(machine, networkOf(reading, subnet))
    }
  }
  return networks
}

/** An interface that the machine names and nobody lists says where the machine is. */
function callFor(reading: Reading, record: ArmRecord): string {
  const ids = interfacesOf(record).flatMap((item) => namedId(item) ?? [])
  return ask(ids.find((id) => !recordOf(reading, id)) ?? record.id)
}

const states: Readonly<Record<string, InstanceState>> = {
  running: 'Running',
  starting: 'Starting',
  stopping: 'Stopping',
  deallocating: 'Stopping',
  stopped: 'Stopped',
  deallocated: 'Stopped',
}

/** Most lists of machines leave out whether they run: then nobody knows. */
function stateOf(reading: Reading, record: ArmRecord): InstanceState {
  const spot = powerOf(record)
  const word = textOf(spot)?.replace(/^(?:PowerState\/|VM )/i, '')
  const known = wordIn(states, word)
  if (known) return known
  const call = ask(record.id)
  if (isAbsent(spot)) missContent(reading, 'instance', record, call)
  else unreadable(reading, 'instance', record, spot, 'its power state', call)
  const message = `${record.id}: nothing says whether it runs.`
  note(reading, 'info', here(record), 'instance.no-power-state', message)
  return 'Running'
}

/** An instance view, what `az vm list --show-details` prints, or the summary of Resource Graph. */
function powerOf(record: ArmRecord): Spot {
  const statuses = elementsOf(at(record, 'instanceView', 'statuses'))
  const codes = statuses.map((item) => field(item, 'code'))
  const code = codes.find((spot) => isPowerState(textOf(spot)))
  if (code) return code
  const details = at(record, 'powerState')
  return isAbsent(details) ? at(record, 'extended', 'instanceView', 'powerState', 'code') : details
}

function isPowerState(code: string | undefined): boolean {
  return spelt(['PowerState'], code?.split('/')[0]) !== undefined
}
