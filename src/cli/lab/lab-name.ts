import { isLabName } from '#lab'

import { accept, refuse } from '../complaint.ts'
import type { Outcome } from '../complaint.ts'
import { printable } from '../printable.ts'

/** The lab that is meant where none is named. */
export const usualName = 'lab'

/** What a person calls a lab, checked. */
export function readLabName(text = usualName): Outcome<string> {
  if (isLabName(text)) return accept(text)
  const message = `"${printable(text)}" is no name for a lab: letters, digits, dots, dashes and underscores, at most 32, the first a letter or digit.`
  return refuse('usage.bad-value', message)
}

/** ` --name shop`, to be added to a command; nothing for the usual lab. */
export function nameOption(name: string): string {
  return name === usualName ? '' : ` --name ${name}`
}
