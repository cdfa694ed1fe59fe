import { LabEnded, LabTaken, UnusableFolder } from '#lab'
import { refuse } from '../complaint.ts'
import type { Complaint } from '../complaint.ts'
import { systemErrorText } from '../loading/system-error.ts'
import { printable } from '../printable.ts'
import { atWork, taken } from './taken-name.ts'

/** Why there is no lab, or no longer: what the machine lacks is said in the words of room lab. */
export function explainMachine(error: unknown): Complaint {
  if (error instanceof LabEnded) {
    const message = 'the lab has ended meanwhile: another command took it down, or it was killed.'
    return refuse('lab.ended', message).complaint
  }
  if (error instanceof LabTaken) {
    return (error.isUp ? taken(error.lab, undefined) : atWork(error.lab)).complaint
  }
  if (error instanceof UnusableFolder) return explainFolder(error)
  const why = error instanceof Error ? error.message : String(error)
  const [first = '', ...others] = why.trim().split('\n').map(printable)
  if (others.length === 0) {
    return refuse('lab.machine', `this machine cannot run a lab: ${first}.`).complaint
  }
  const message = 'this machine cannot run a lab. It lacks:'
  return refuse('lab.machine', message, { details: [first, ...others] }).complaint
}

function explainFolder({ folder, cause }: UnusableFolder): Complaint {
  const where = printable(folder)
  const other = 'name another folder: HOPWISE_LABS=FOLDER.'
  const message =
    cause === undefined
      ? `labs keep their state in ${where}, which belongs to somebody else, or is open to others. If it is yours, close it to others (chmod 700 ${where}); if not, ${other}`
      : `labs keep their state in ${where}, which cannot be made or written: ${systemErrorText(cause) ?? 'nobody says why'}. Make it writable for this user, or ${other}`
  return refuse('lab.folder', message).complaint
}
