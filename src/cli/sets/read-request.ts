import type { ReachQuestion } from '#analyzer'

import { isGiven, optionText } from '../command.ts'
import type { Arguments } from '../command.ts'
import { accept, refuse } from '../complaint.ts'
import type { Outcome } from '../complaint.ts'
import { readQuestion } from '../read-question.ts'

/** Which set is asked about. */
export type Request =
  | { readonly kind: 'to' | 'from'; readonly place: string; readonly asked: ReachQuestion }
  | { readonly kind: 'exposed' | 'matrix'; readonly asked: ReachQuestion }

/** The set that the options of `reach` name. */
export function readRequest(given: Arguments): Outcome<Request> {
  const kinds = (['to', 'from', 'exposed', 'matrix'] as const).filter((kind) =>
    isGiven(given, kind),
  )
  const [kind] = kinds
  if (kind === undefined || kinds.length > 1) return oneSet
  const place = optionText(given, kind)
  const protocol = optionText(given, 'protocol') ?? (isGiven(given, 'port') ? 'tcp' : 'any')
  const options = { ...given.options, protocol, from: place ?? 'internet', to: place ?? 'internet' }
  const question = readQuestion({ ...given, options })
  if (!question.ok) return question
  const { from: _from, to: _to, ...about } = question.value
  const asked: ReachQuestion = { ...about, why: isGiven(given, 'why') }
  return kind === 'to' || kind === 'from'
    ? accept({ kind, place: place ?? '', asked })
    : accept({ kind, asked })
}

const oneSet = refuse(
  'usage.which-set',
  'say which set: one of --to X, --from X, --exposed and --matrix.',
)
