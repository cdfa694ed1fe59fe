import type { Component } from '#model'

import type { LanguageTag, NamedKind, Words } from './language.ts'
import { languageOf } from './languages.ts'
import { fill } from './template.ts'

/** A component by kind, id and name: `security group sg-db (db tier)`; `the Internet`. */
export function componentName(component: Component, language: LanguageTag): string {
  const { kind, id, name } = component
  const { words } = languageOf(language)
  const place = words.places[kind]
  if (place !== undefined) return place
  const values: Record<string, string> = { kind: kindName(kind, id, words), id, name: name ?? '' }
  if (kind === 'guest') return fill(words.guest, (key) => values[key])
  const named = name === undefined || name === '' || name === id
  return fill(named ? words.named : words.namedWithName, (key) => values[key])
}

/**
 * The deciding rule or route of a component: `rule sgr-1`, `route rte-1`, `the default rule`.
 * `rule` as in a stage or a finding: an id, `default` or `session`; absent: some rule.
 */
export function ruleName(
  rule: string | undefined,
  component: Component,
  language: LanguageTag,
): string {
  const words = languageOf(language).words.rule
  const routes = component.kind === 'routeTable'
  if (rule === undefined) return routes ? words.someRoute : words.someRule
  if (rule === 'default' || rule === 'session') return words[rule]
  return fill(routes ? words.route : words.rule, (key) => (key === 'id' ? rule : undefined))
}

/** The noun for a kind; the id tells e.g. an EIP from other public addresses. */
export function kindName(kind: NamedKind, id: string, words: Words): string {
  const [prefix = ''] = id.split('-', 1)
  const closer = words.kindsByPrefix[kind]
  if (closer !== undefined && Object.hasOwn(closer, prefix)) return closer[prefix]
  return words.kinds[kind]
}
