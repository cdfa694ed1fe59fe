import { isGiven } from '../command.ts'
import type { Arguments } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import type { LabsDocument } from '../schema/lab-schema.ts'
import type { Shell } from '../shell.ts'
import { clearLeftovers } from './clear-leftovers.ts'
import { columns } from './columns.ts'
import { labsFormat } from './lab-formats.ts'
import { thisMachine } from './lab-machine.ts'
import type { LabMachine } from './lab-machine.ts'

/** `hopwise lab list`: the labs that are up. */
export async function labList(
  given: Arguments,
  shell: Shell,
  machine: LabMachine = thisMachine,
): Promise<number> {
  const cleared = clearLeftovers(machine, shell)
  const labs = machine.names().map((name) => ({ name, label: machine.label(name) }))
  if (isGiven(given, 'json')) {
    const told = labs.map(({ name, label }) => ({ name, ...label }))
    const list: LabsDocument = { kind: labsFormat, labs: told, cleared }
    shell.stdout.write(`${JSON.stringify(list, undefined, 2)}\n`)
    return exitCodes.done
  }
  const rows = labs.map(({ name, label }) =>
    label
      ? [name, String(label.instances), clock(label.since), label.source]
      : [name, '-', '-', 'another run is at work on it'],
  )
  const lines =
    rows.length === 0
      ? ['No lab is up. Start one: hopwise lab up NET']
      : columns(['NAME', 'INSTANCES', 'SINCE', 'NETWORK'], rows)
  shell.stdout.write(`${lines.join('\n')}\n`)
  return exitCodes.done
}

/** `2026-11-02 03:04`, local time. */
function clock(since: string): string {
  const date = new Date(since)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}
