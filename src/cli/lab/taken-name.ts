import { refuse } from '../complaint.ts'
import { usualName } from './lab-name.ts'

/** A lab of that name stands already. */
export function taken(name: string, source: string | undefined) {
  const what = source === undefined ? '' : ` with ${source}`
  const down = `hopwise lab down${name === usualName ? '' : ` ${name}`}`
  const message = `a lab named ${name} is up already${what}. End it with "${down}", or name this one: --name OTHER.`
  return refuse('lab.taken', message)
}

/** Another command is about to have a lab of that name, or has it for the time being. */
export function atWork(name: string) {
  const message = `another command is at work on a lab named ${name}. Wait until it has ended ("hopwise lab list" shows what is up), or name this one: --name OTHER.`
  return refuse('lab.taken', message)
}
