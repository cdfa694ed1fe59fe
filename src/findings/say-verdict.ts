import type { Answer, FindingRecord } from '#model'
import { parseAddress } from '#net'

import { componentName } from './component-name.ts'
import type { LanguageTag, Words } from './language.ts'
import { languageOf } from './languages.ts'
import { say, serviceName } from './say.ts'
import { serviceText } from './service-text.ts'
import { shownId } from './shown-id.ts'
import { fill } from './template.ts'

/**
 * The verdict in one sentence that names the deciding thing:
 * `i-web-1 cannot reach i-db-1 on TCP 3306: security group sg-db (db tier) has no inbound rule …`.
 */
export function sayVerdict(answer: Answer, language: LanguageTag): string {
  const { verdicts, words } = languageOf(language)
  const cause = causeOf(answer)
  const values: Record<string, string> = {
    from: endName(answer.from, language),
    to: endName(answer.to, language),
    service: serviceIn(answer, words),
    reason: cause === undefined ? '' : reasonOf(cause, answer, language),
  }
  const { plain, because } = verdicts[answer.verdict]
  const sentence = fill(cause === undefined ? plain : because, (name) => values[name])
  const opensWithNoun = placeOf(answer.from, language) !== undefined
  return opensWithNoun ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : sentence
}

/** The finding that explains the verdict; findings come ordered by consequence. */
function causeOf({ verdict, findings }: Answer): FindingRecord | undefined {
  const first = (effect: FindingRecord['effect']) => findings.find((one) => one.effect === effect)
  switch (verdict) {
    case 'reachable':
      return undefined
    case 'unreachable':
      return first('blocks')
    case 'partial':
      return first('blocks') ?? first('warns')
    case 'undetermined':
      return first('undecides')
    case 'leaves_model':
      return findings.find(({ code }) => code.endsWith('.leaves-model'))
  }
}

function reasonOf(cause: FindingRecord, answer: Answer, language: LanguageTag): string {
  const { words } = languageOf(language)
  const sentence = say(cause, language)
  const reason = cause.leg === 'return' ? fill(words.onTheWayBack, () => sentence) : sentence
  const blockers = answer.findings.filter(({ effect }) => effect === 'blocks').length
  if (answer.verdict !== 'unreachable' || blockers < 2) return reason
  return fill(words.firstOf, (name) => (name === 'count' ? String(blockers) : reason))
}

/** An address as it was asked for, anything else by its id; details are in the path below. */
function endName(end: Answer['from'], language: LanguageTag): string {
  return placeOf(end, language) ?? (isAddress(end.asked) ? end.asked : shownId(end.id))
}

/** `the Internet`, where that was the question's own word. */
function placeOf({ kind, id, asked }: Answer['from'], language: LanguageTag): string | undefined {
  if (isAddress(asked) || languageOf(language).words.places[kind] === undefined) return undefined
  return componentName({ kind, id }, language)
}

const isAddress = (text: string): boolean => parseAddress(text) !== undefined

function serviceIn({ protocol, port }: Answer, words: Words): string {
  const service = serviceText(protocol, port)
  return fill(port === undefined ? words.overProtocol : words.onPort, () =>
    serviceName(service, words),
  )
}
