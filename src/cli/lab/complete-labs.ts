import { thisMachine } from './lab-machine.ts'
import { usualName } from './lab-name.ts'
import { placeNames } from './find-place.ts'

/** Names of labs that are up, or of what stands in one of them. */
export function labWords(wanted: 'lab' | 'inhabitant', name = usualName): readonly string[] {
  if (wanted === 'lab') return thisMachine.names()
  const kept = thisMachine.isUp(name) ? thisMachine.kept(name) : undefined
  // Whatever else an id may hold would have to be quoted for the shell.
  return kept ? placeNames(kept.plan).filter((id) => /^[\w.:/@-]+$/.test(id)) : []
}
