import { holdsAlibabaAnswer } from './alibaba/unfold.ts'
import { child, rootSpot } from './spot.ts'

/**
 * Tells by content, never by file name, whose JSON this is: a Hopwise network file, or answers of
 * Alibaba Cloud's APIs. Undefined: neither.
 */
export function recognise(json: unknown): 'hopwise' | 'alibaba' | undefined {
  const kind = child(rootSpot({ file: '', json }), 'kind').value
  if (typeof kind === 'string' && kind.startsWith('hopwise.network/')) return 'hopwise'
  return holdsAlibabaAnswer(json) ? 'alibaba' : undefined
}
