import type { Component } from '#model'

import type { ImpliedRule, LanguageTag, NamedKind, Words } from './language.ts'
import { languageOf } from './languages.ts'
import { shownId } from './shown-id.ts'
import { fill } from './template.ts'

/** A component by kind, id and name: `security group sg-db (db tier)`; `the Internet`. */
export function componentName(component: Component, language: LanguageTag): string {
  const { kind, id, name } = component
  const { words } = languageOf(language)
  if (id === 'classic network') return words.classicNetwork
  if (kind === 'internet' && id === 'beyond') return words.beyond
  const place = words.places[kind]
  if (place !== undefined) return place
  const shown = shownId(id)
  const noun = kindName(kind, id, words)
  const values: Record<string, string> = { kind: noun, id: shown, name: name ?? '' }
  if (kind === 'guest') return fill(words.guest, (key) => values[key])
  const named = name === undefined || name === '' || name === shown
  return fill(named ? words.named : words.namedWithName, (key) => values[key])
}

/**
 * The deciding rule or route of a component: `rule sgr-1`, `route rte-1`, `the default rule`.
 * `rule` as in a stage or a finding: an id, `default`, `session` or a word for what let the packet
 * pass without a rule (`members of one group reach each other`); absent: some rule.
 */
export function ruleName(
  rule: string | undefined,
  component: Component,
  language: LanguageTag,
): string {
  const { impliedRules, rule: words } = languageOf(language).words
  const routes = component.kind === 'routeTable'
  if (rule === undefined) return routes ? words.someRoute : words.someRule
  if (rule === 'default' || rule === 'session') return words[rule]
  if (isImpliedRule(rule)) return impliedRules[rule]
  return fill(routes ? words.route : words.rule, (key) =>
    key === 'id' ? shownId(rule) : undefined,
  )
}

/** Whether a stage's `rule` is no id of the provider's, but says why no rule was needed. */
export function isImpliedRule(rule: string): rule is ImpliedRule {
  return Object.hasOwn(languageOf('en').words.impliedRules, rule)
}

/** The noun for a kind; the id tells e.g. an EIP from other public addresses. */
export function kindName(kind: NamedKind, id: string, words: Words): string {
  const [prefix = ''] = id.split('-', 1)
  const closer = words.kindsByPrefix[kind]
  if (closer !== undefined && Object.hasOwn(closer, prefix)) return closer[prefix]
  return words.kinds[kind]
}
