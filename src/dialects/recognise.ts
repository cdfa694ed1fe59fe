import { holdsAwsAnswer } from './aws/unfold.ts'
import { holdsAlibabaAnswer } from './alibaba/unfold.ts'
import { child, rootSpot } from './spot.ts'

/** Clouds whose own JSON is read. */
export const clouds = ['alibaba', 'aws'] as const
/** One of `clouds`. */
export type Cloud = (typeof clouds)[number]

/**
 * Tells by content, never by file name, whose JSON this is: a Hopwise network file, or answers of
 * Alibaba Cloud's or AWS's calls. Undefined: none of these.
 */
export function recognise(json: unknown): 'hopwise' | Cloud | undefined {
  const kind = child(rootSpot({ file: '', json }), 'kind').value
  if (typeof kind === 'string' && kind.startsWith('hopwise.network/')) return 'hopwise'
  if (holdsAlibabaAnswer(json)) return 'alibaba'
  return holdsAwsAnswer(json) ? 'aws' : undefined
}
