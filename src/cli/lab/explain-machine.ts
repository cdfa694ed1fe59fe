import { LabEnded } from '#lab'
import { refuse } from '../complaint.ts'
import type { Complaint } from '../complaint.ts'
import { printable } from '../printable.ts'

/** Why this machine cannot hold a lab: in the words of room lab, which knows what would help. */
export function explainMachine(error: unknown): Complaint {
  if (error instanceof LabEnded) {
    const message = 'the lab has ended meanwhile: another command took it down, or it was killed.'
    return refuse('lab.ended', message).complaint
  }
  const why = error instanceof Error ? error.message : String(error)
  const [first = '', ...others] = why.trim().split('\n').map(printable)
  if (others.length === 0) {
    return refuse('lab.machine', `this machine cannot run a lab: ${first}.`).complaint
  }
  const message = 'this machine cannot run a lab. It lacks:'
  return refuse('lab.machine', message, { details: [first, ...others] }).complaint
}
