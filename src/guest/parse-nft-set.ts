/** Named sets and maps of one ruleset. */

import { joinRanges } from './number-range.ts'
import type { NumberRange } from './number-range.ts'
import { isRecord, listOf, member, onlyMember, textOf } from './parse-nft-json.ts'
import { parseFieldValue } from './parse-nft-value.ts'
import type { ValueField } from './parse-nft-value.ts'

/** What rules of one table can refer to by `@name`. */
export interface NftSets {
  /** The elements of a set or map as nft writes them; undefined: not known or always changing. */
  readonly elements: (reference: string) => readonly unknown[] | undefined
  /** The elements of a set read as values of a field; undefined as above, or where one is none. */
  readonly ranges: (reference: string, field: ValueField) => readonly NumberRange[] | undefined
}

/** Finds the sets and maps of every table in the items of a listing. */
export function collectNftSets(
  items: readonly unknown[],
): (family: string, table: string) => NftSets {
  const bodies = new Map<string, readonly unknown[]>()
  const add = (body: unknown, elements: readonly unknown[]) => {
    const key = setKey(text(body, 'family'), text(body, 'table'), text(body, 'name'))
    bodies.set(key, [...(bodies.get(key) ?? []), ...elements])
  }
  for (const item of items) {
    const [kind, body] = onlyMember(item) ?? ['', undefined]
    if (kind === 'set' || kind === 'map') add(body, elementsOf(body))
    if (kind === 'element') add(body, elementsOf(body))
  }
  const changing = findChanging(items)
  const cache = new Map<string, readonly NumberRange[] | undefined>()
  return (family, table) => {
    const keyOf = (reference: string) => setKey(family, table, reference.replace(/^@/, ''))
    const elements = (reference: string) =>
      changing.has(keyOf(reference)) ? undefined : bodies.get(keyOf(reference))
    const ranges = (reference: string, field: ValueField) => {
      const key = [keyOf(reference), field.field, Object.keys(field.names ?? {})[0]].join('\n')
      if (cache.has(key)) return cache.get(key)
      const set = elements(reference)
      const parsed = set && parseFieldValue(field, { set })
      const joined = parsed && joinRanges(parsed)
      cache.set(key, joined)
      return joined
    }
    return { elements, ranges }
  }
}

const text = (body: unknown, name: string): string => textOf(member(body, name)) ?? ''

const setKey = (...parts: readonly string[]): string => parts.join('\n')

function elementsOf(body: unknown): readonly unknown[] {
  const elements = member(body, 'elem')
  return listOf(elements) ?? (elements === undefined ? [] : [elements])
}

/** Sets that rules add to or take from: what they hold when the packet comes is anybody's guess. */
function findChanging(items: readonly unknown[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const item of items) {
    const rule = member(item, 'rule')
    for (const statement of listOf(member(rule, 'expr')) ?? []) {
      if (!isRecord(statement)) continue
      for (const name of ['set', 'map']) {
        const target = textOf(member(member(statement, name), name))
        if (target?.startsWith('@'))
          found.add(setKey(text(rule, 'family'), text(rule, 'table'), target.slice(1)))
      }
    }
  }
  return found
}
