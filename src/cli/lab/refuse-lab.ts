import { isGiven } from '../command.ts'
import type { Arguments } from '../command.ts'
import type { Complaint } from '../complaint.ts'
import { printComplaint } from '../print-complaint.ts'
import type { Shell } from '../shell.ts'
import { labFormat } from './lab-formats.ts'

/** On standard error for people; with `--json` also as an error object in place of the answer. */
export function refuseLab(
  complaint: Complaint,
  speaker: string,
  given: Arguments,
  shell: Shell,
): number {
  if (isGiven(given, 'json')) {
    const { details: _lines, ...error } = complaint
    shell.stdout.write(`${JSON.stringify({ kind: labFormat, error }, undefined, 2)}\n`)
  }
  return printComplaint(complaint, speaker, shell)
}
