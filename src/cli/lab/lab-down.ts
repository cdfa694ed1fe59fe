import { nearest } from '#model'

import { isGiven, optionText } from '../command.ts'
import type { Arguments } from '../command.ts'
import { didYouMean, refuse } from '../complaint.ts'
import type { Complaint } from '../complaint.ts'
import { exitCodes } from '../exit-code.ts'
import { printComplaint } from '../print-complaint.ts'
import { printable } from '../printable.ts'
import type { Shell } from '../shell.ts'
import { clearLeftovers } from './clear-leftovers.ts'
import { thisMachine } from './lab-machine.ts'
import type { LabMachine } from './lab-machine.ts'
import { readLabName } from './lab-name.ts'

const speaker = 'hopwise lab down'

/** `hopwise lab down`: ends a lab, or all of them. */
export async function labDown(
  given: Arguments,
  shell: Shell,
  machine: LabMachine = thisMachine,
): Promise<number> {
  const all = isGiven(given, 'all')
  const named = optionText(given, 'name')
  const [word = named] = given.operands
  if (all && word !== undefined) return printComplaint(contradiction, speaker, shell)
  if (word !== (named ?? word)) return printComplaint(twoNames, speaker, shell)
  const name = readLabName(word)
  if (!name.ok) return printComplaint(name.complaint, speaker, shell)
  clearLeftovers(machine, shell)
  const up = machine.names()
  // A lab without a label is another run's, which is at work on it and ends it itself.
  const ours = up.filter((one) => machine.label(one))
  const stuck: Complaint[] = []
  for (const one of all ? ours : [name.value]) {
    const ended = await machine.end(one)
    if (ended.kind === 'ended') shell.stdout.write(`${sayEnded(one, ended.inhabitants)}\n`)
    if (ended.kind === 'none') shell.stdout.write(`${sayNone(one, up)}\n`)
    if (ended.kind === 'stuck') stuck.push(sayStuck(one, ended.why))
  }
  if (all) shell.stdout.write(sayRest(up, ours))
  for (const complaint of stuck) printComplaint(complaint, speaker, shell)
  return stuck.length > 0 ? exitCodes.badInput : exitCodes.done
}

const { complaint: contradiction } = refuse(
  'usage.contradiction',
  '--all and a name contradict each other: leave one of them out.',
)

const { complaint: twoNames } = refuse(
  'usage.contradiction',
  'NAME and --name say different labs: leave one of them out.',
)

function sayEnded(name: string, inhabitants: number): string {
  const programs = inhabitants === 1 ? 'one program' : `${inhabitants} programs`
  return `Lab ${name} is down${inhabitants === 0 ? '' : `; ${programs} inside ended with it`}.`
}

function sayNone(name: string, up: readonly string[]): string {
  const near = nearest(name, up)
  const others = up.length === 0 || near.length > 0 ? '' : ` Up: ${up.join(', ')}.`
  return `No lab named ${name} is up.${didYouMean(near)}${others}`
}

function sayRest(up: readonly string[], ours: readonly string[]): string {
  const others = up.filter((one) => !ours.includes(one))
  if (others.length > 0) return `Left to the runs that are at work on them: ${others.join(', ')}.\n`
  return ours.length === 0 ? 'No lab is up.\n' : ''
}

function sayStuck(name: string, why: string): Complaint {
  const message = `lab ${name} does not end: ${printable(why)}.`
  return refuse('lab.stuck', message).complaint
}
