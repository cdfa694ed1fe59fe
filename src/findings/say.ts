import type { FindingRecord } from '#model'

import { componentName, kindName, ruleName } from './component-name.ts'
import { isFindingCode } from './finding.ts'
import { findingSubjects } from './finding-subjects.ts'
import type { LanguageTag, NamedKind, Words } from './language.ts'
import { languageOf } from './languages.ts'
import { shownId } from './shown-id.ts'
import { fill } from './template.ts'
import type { Sentence } from './template.ts'

/** What can be put into words: a finding, or an assumption of an answer. */
export type Reason = Pick<FindingRecord, 'code' | 'component' | 'facts' | 'leg' | 'rule'>

/**
 * The sentence of a finding, without a capital and a full stop:
 * `security group sg-db (db tier) has no inbound rule for 10.0.1.10 on TCP 3306`.
 */
export function say(reason: Reason, language: LanguageTag): string {
  return fill(sentenceOf(reason, language).say, (name, raw) => valueOf(name, raw, reason, language))
}

/**
 * What to do about it: a console step or a command of the aliyun CLI, which takes the region from
 * its profile. An id that the finding does not hold is left as `<…>` to fill in.
 */
export function advise(reason: Reason, language: LanguageTag): string {
  const { advice, topAdvice } = sentenceOf(reason, language)
  const top = topAdvice !== undefined && reason.facts['priority'] === '1'
  return fill(top ? topAdvice : advice, (name, raw) => valueOf(name, raw, reason, language))
}

/** A `service` fact as words; only "every protocol" and numbered protocols differ by language. */
export function serviceName(service: string, words: Words): string {
  if (service === 'ALL') return words.everyProtocol
  const number = /^protocol (\d+)$/.exec(service)?.[1]
  return number === undefined ? service : fill(words.protocolNumber, () => number)
}

function sentenceOf({ code }: Reason, language: LanguageTag): Sentence {
  const { findings, words } = languageOf(language)
  return isFindingCode(code) ? findings[code] : words.unknownCode
}

function valueOf(
  name: string,
  raw: boolean,
  reason: Reason,
  language: LanguageTag,
): string | undefined {
  const { words } = languageOf(language)
  switch (name) {
    case 'component':
      return componentName(reason.component, language)
    case 'component-id':
      return componentId(reason, words)
    case 'rule':
      return ruleName(reason.rule, reason.component, language)
    case 'leg':
      return words.legs[reason.leg ?? 'forward']
    case 'code':
      return reason.code
    case 'facts':
      return JSON.stringify(reason.facts)
    default:
      return factOf(name, raw, reason, words)
  }
}

/** Facts are the same in every language, but for four that may hold words of ours. */
function factOf(name: string, raw: boolean, { facts }: Reason, words: Words): string | undefined {
  const text = Object.hasOwn(facts, name) ? facts[name] : undefined
  if (text === undefined) return undefined
  if (raw) return shownId(text)
  if (name === 'service') return serviceName(text, words)
  if (name === 'state') return stateName(text, words)
  return name === 'missing' || name === 'feature' ? withKindNamed(text, words) : shownId(text)
}

/** States are the provider's words, but for `locked (…)` and `unknown`. */
function stateName(state: string, words: Words): string {
  if (state === 'unknown') return words.unknownState
  const reason = /^locked \((.*)\)$/s.exec(state)?.[1]
  return reason === undefined ? state : fill(words.locked, () => reason)
}

/** `networkAcl nacl-1` with the kind as a noun. */
function withKindNamed(text: string, words: Words): string {
  const [kind = '', ...rest] = text.split(' ')
  if (!isNamedKind(kind, words)) return text
  return [kindName(kind, rest[0] ?? '', words), ...rest].join(' ')
}

function isNamedKind(kind: string, words: Words): kind is NamedKind {
  return Object.hasOwn(words.kinds, kind)
}

/** The id for a command; of another kind than the command takes, it only says what to look for. */
function componentId({ code, component }: Reason, words: Words): string {
  const [usual, ...others] = isFindingCode(code) ? findingSubjects[code] : (['any'] as const)
  const { kind } = component
  const id = shownId(component.id)
  if (usual === 'any' || usual === kind || others.includes(kind)) return quoted(id)
  const values: Record<string, string> = { kind: words.kinds[usual], id }
  return fill(words.idToFill, (key) => values[key])
}

/** An id is the input's text and goes into a shell: anything unusual is quoted. */
function quoted(id: string): string {
  return /^[\w./:-]+$/.test(id) ? id : `'${id.replaceAll("'", "'\\''")}'`
}
