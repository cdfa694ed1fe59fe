import type { Complaint } from './complaint.ts'
import { exitCodes } from './exit-code.ts'
import type { Shell } from './shell.ts'

/** Says on standard error why a command cannot do what it was asked; returns the exit code. */
export function printComplaint(complaint: Complaint, speaker: string, { stderr }: Shell): number {
  const { message, details = [] } = complaint
  stderr.write([`${speaker}: ${message}`, ...details.map((line) => `  ${line}`), ''].join('\n'))
  return exitCodes.badInput
}
