import { nearest } from '#model'

import { optionText } from '../command.ts'
import type { Arguments } from '../command.ts'
import { didYouMean, refuse } from '../complaint.ts'
import { printComplaint } from '../print-complaint.ts'
import type { Shell } from '../shell.ts'
import { explainMachine } from './explain-machine.ts'
import { findPlace } from './find-place.ts'
import { thisMachine } from './lab-machine.ts'
import type { LabMachine } from './lab-machine.ts'
import { readLabName } from './lab-name.ts'

const speaker = 'hopwise lab shell'

/** `hopwise lab shell`: a person, or a command, inside an instance. */
export async function labShell(
  given: Arguments,
  shell: Shell,
  machine: LabMachine = thisMachine,
): Promise<number> {
  const name = readLabName(optionText(given, 'name'))
  if (!name.ok) return printComplaint(name.complaint, speaker, shell)
  const lab = name.value
  if (!machine.isUp(lab)) return printComplaint(notUp(lab, machine), speaker, shell)
  const kept = machine.kept(lab)
  if (!kept) return printComplaint(unfinished(lab), speaker, shell)
  const [wanted = '', ...command] = given.operands
  const place = findPlace(kept, wanted)
  if (!place.ok) return printComplaint(place.complaint, speaker, shell)
  const { space, title, says } = place.value
  if (command.length === 0 && shell.stderr.isTerminal) {
    shell.stderr.write(`Inside ${says}, lab ${lab}. "exit" or Ctrl-D leads out.\n`)
  }
  try {
    return await machine.visit({ lab, space, title, command })
  } catch (error) {
    return printComplaint(explainMachine(error), speaker, shell)
  }
}

/** No lab of that name: which ones there are, or how to start one. */
export function notUp(name: string, machine: LabMachine) {
  const up = machine.names()
  const near = nearest(name, up)
  const others =
    up.length > 0 ? ` Up: ${up.join(', ')} (--name).` : ' Start one: hopwise lab up NET'
  const help = near.length > 0 ? didYouMean(near) : others
  return refuse('lab.not-up', `no lab named ${name} is up.${help}`).complaint
}

function unfinished(name: string) {
  const message = `lab ${name} is still being built, or belongs to another run.`
  return refuse('lab.unfinished', message).complaint
}
