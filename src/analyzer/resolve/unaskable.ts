import type { Endpoint, Resolution } from '#model'
import { componentOf } from './endpoint-component.ts'
import type { UnaskableCode, UnaskableQuestion } from './question-resolution.ts'

/** A text of a question that is no endpoint. */
export type Misunderstood = Exclude<Resolution, Endpoint>

export const isEndpoint = (resolution: Resolution): resolution is Endpoint =>
  !misunderstandings.has(resolution.kind)

/** Both ends are hosts of the Internet. */
export const bothOutside: UnaskableQuestion = {
  kind: 'unaskable',
  code: 'question.outside',
  message: 'Both ends are outside this network: one of them must be a resource of it.',
}

export const notASource = (id: string, why: string): UnaskableQuestion =>
  unaskable('question.not-a-source', `No connection starts at ${id}: ${why}`)

/** What to say about a text that is no endpoint, and what might be meant instead. */
export function explainMisunderstood(
  side: 'from' | 'to',
  text: string,
  resolution: Misunderstood,
): UnaskableQuestion {
  const said = `${side} "${text.slice(0, 80)}"`
  switch (resolution.kind) {
    case 'not-found':
      return notFound(said, resolution)
    case 'ambiguous':
      return ambiguous(said, resolution)
    case 'not-an-endpoint': {
      const message = `${said} is a ${resolution.resourceKind}: packets neither start nor end there.`
      return unaskable('question.not-an-endpoint', message)
    }
    case 'unread': {
      const message = `${said} was not read; the call that supplies it is ${resolution.gap.call}.`
      return unaskable('question.unread', message)
    }
    case 'unknown-scope': {
      const message = `The scope is not the id of a VPC of this network.${hint(resolution.near)}`
      return unaskable('question.unknown-scope', message, resolution.near)
    }
  }
}

const misunderstandings: ReadonlySet<string> = new Set<Misunderstood['kind']>([
  'not-found',
  'ambiguous',
  'not-an-endpoint',
  'unread',
  'unknown-scope',
])

function unaskable(
  code: UnaskableCode,
  message: string,
  candidates?: readonly string[],
): UnaskableQuestion {
  const plain = { kind: 'unaskable', code, message } as const
  return candidates === undefined ? plain : { ...plain, candidates }
}

type Kind<K extends Misunderstood['kind']> = Extract<Misunderstood, { kind: K }>

function notFound(said: string, { near, gaps }: Kind<'not-found'>): UnaskableQuestion {
  const calls = gaps.map(({ call }) => call).join(', ')
  const unread = gaps.length > 0 ? ` It may be in what was not read: ${calls}.` : ''
  const what = 'is not an id, a unique name or an address of this network.'
  return unaskable('question.not-found', `${said} ${what}${hint(near)}${unread}`, near)
}

function ambiguous(said: string, resolution: Kind<'ambiguous'>): UnaskableQuestion {
  const candidates = resolution.candidates.map((end) => candidateText(end))
  const first = candidates.slice(0, 5).join(', ')
  const advice = 'name one by its id, or give a scope.'
  const message = `${said} fits ${resolution.count} things (${first}); ${advice}`
  return unaskable('question.ambiguous', message, candidates)
}

const hint = (near: readonly string[]): string =>
  near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''

function candidateText(end: Endpoint): string {
  const { id } = componentOf(end)
  if (end.kind !== 'address' || end.realm !== 'vpc') return id
  return `${end.owner ? id : end.address} in ${end.vpc.id}`
}
