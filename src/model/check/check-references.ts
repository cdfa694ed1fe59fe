import { nameInSentence, quote } from '../describe-value.ts'
import type { Home, ResourceOf } from '../index-network.ts'
import { pointerAlong } from '../json-pointer.ts'
import { kindWords } from '../kind-words.ts'
import type { Problem } from '../problem.ts'
import type { ProblemLog } from '../problem-log.ts'
import { resourceKinds } from '../resource.ts'
import type { ResourceKind } from '../resource.ts'
import type { ListName } from '../schema/network.ts'
import type { Check, Evidence } from './evidence.ts'
import { references, referFromGuest } from './references.ts'
import type { Refer, ReferenceTable } from './references.ts'
import { suggesterOf } from './suggest-ids.ts'
import type { SuggestIds } from './suggest-ids.ts'

/** Every reference must lead to exactly one resource, or be excused by a gap. */
export const checkReferences: Check = (evidence, log) => {
  const suggest = suggesterOf(evidence)
  for (const kind of resourceKinds) checkKind(evidence, log, kind, suggest)
  const { guests = [] } = evidence.network
  const follow = follower(evidence, log, 'guests', suggest)
  guests.forEach((guest, nth) => {
    const instance = evidence.index.get('instance', guest.instanceId, guest)
    const classic = typeof instance === 'object' && instance.network === 'classic'
    referFromGuest(guest, classic, follow.from(guest, nth))
  })
}

function checkKind<K extends ResourceKind>(
  evidence: Evidence,
  log: ProblemLog,
  kind: K,
  suggest: SuggestIds,
): void {
  const visit: ReferenceTable[K] = references[kind]
  if (!visit) return
  const follow = follower(evidence, log, kind, suggest)
  const items: readonly ResourceOf<K>[] = evidence.index.all(kind)
  for (let nth = 0; nth < items.length; nth++) {
    const item = items[nth]
    visit(item, follow.from(item, nth))
  }
}

/** One closure for a whole list, moved from item to item, as there may be 100,000 of them. */
function follower(evidence: Evidence, log: ProblemLog, list: ListName, suggest: SuggestIds) {
  let home: Home
  let position = 0
  const refer: Refer = (kinds, id, unseen, ...path) => {
    if (id === undefined) return
    const outcome = look(evidence, kinds, id, home)
    if (outcome === 'settled') return
    const pointer = pointerAlong(evidence.pointer(list, position), path)
    const told = describe[outcome](kinds, id)
    const near = outcome === 'dangling' ? suggest(listOfKinds(kinds), id, home) : ''
    log.report({ severity: unseen, pointer, ...told, message: told.message + near })
  }
  return {
    from(item: Home, nth: number): Refer {
      home = item
      position = nth
      return refer
    },
  }
}

type Kinds = Parameters<Refer>[0]
/** `settled`: it leads to one resource, or the file admits that it cannot tell. */
type Outcome = 'settled' | 'dangling' | 'ambiguous'

function look(evidence: Evidence, kinds: Kinds, id: string, near: Home): Outcome {
  if (typeof kinds === 'string') return lookUp(evidence, kinds, id, near)
  const outcomes = kinds.map((kind) => lookUp(evidence, kind, id, near))
  if (outcomes.includes('settled')) return 'settled'
  return outcomes.includes('ambiguous') ? 'ambiguous' : 'dangling'
}

function lookUp(evidence: Evidence, kind: ResourceKind, id: string, near: Home): Outcome {
  const hit = evidence.index.get(kind, id, near)
  if (hit === 'ambiguous') return 'ambiguous'
  return hit || evidence.excuses(kind, near.provider, id) ? 'settled' : 'dangling'
}

const describe: Record<Exclude<Outcome, 'settled'>, (kinds: Kinds, id: string) => Description> = {
  dangling: (kinds, id) => ({
    code: 'dangling-reference',
    expected: `the id of a ${words(kinds)} in this file, or a gap that covers it`,
    found: quote(id),
    message: `There is no ${words(kinds)} ${nameInSentence(id)} in this file, and no gap says so.`,
  }),
  ambiguous: (kinds, id) => ({
    code: 'ambiguous-reference',
    expected: `the id of one ${words(kinds)}`,
    found: quote(id),
    message: `Several accounts or regions have a ${words(kinds)} ${nameInSentence(id)}, and none of them is where this reference is made.`,
  }),
}

type Description = Pick<Problem, 'code' | 'expected' | 'found' | 'message'>

function words(kinds: Kinds): string {
  return listOfKinds(kinds)
    .map((kind) => kindWords[kind])
    .join(' or ')
}

function listOfKinds(kinds: Kinds): readonly ResourceKind[] {
  return typeof kinds === 'string' ? [kinds] : kinds
}
