import { nameInSentence } from '../describe-value.ts'
import type { Home, ResourceOf } from '../index-network.ts'
import { hint, nearest } from '../resolve/nearest.ts'
import type { ResourceKind } from '../resource.ts'
import type { Evidence } from './evidence.ts'

/** Says which ids a dangling one may have meant, as a sentence to append; or nothing. */
export type SuggestIds = (kinds: readonly ResourceKind[], id: string, near: Home) => string

/**
 * How many dangling ids of one file are compared with the known ones. That reads all of these, and
 * whoever took a whole list out of a large file has 100,000 of both.
 */
const MOST_COMPARED = 20

export function suggesterOf({ index }: Evidence): SuggestIds {
  let compared = 0
  return (kinds, id, { provider }) => {
    if (compared++ >= MOST_COMPARED) return ''
    const items = kinds.flatMap<ResourceOf<ResourceKind>>((kind) => index.all(kind))
    const known = items.filter((item) => item.provider === provider).map((item) => item.id)
    return hint(nearest(id, [...new Set<string>(known)]).map(nameInSentence))
  }
}
