import { printable } from '../printable.ts'
import type { Shell } from '../shell.ts'
import type { LabMachine } from './lab-machine.ts'

/** Clears away what killed runs have left and says so; returns the names that the labs had. */
export function clearLeftovers(machine: LabMachine, { stderr }: Shell): readonly string[] {
  const cleared = machine.sweep()
  for (const name of cleared) {
    stderr.write(`hopwise: cleared away what a killed run left of the lab ${printable(name)}.\n`)
  }
  return cleared
}
