import { holdsAwsAnswer } from './aws/unfold.ts'
import { holdsAlibabaAnswer } from './alibaba/unfold.ts'
import { holdsAzureResource } from './azure/unfold.ts'
import { child, rootSpot } from './spot.ts'

/** Clouds whose own JSON is read. */
export const clouds = ['alibaba', 'aws', 'azure'] as const
/** One of `clouds`. */
export type Cloud = (typeof clouds)[number]

/**
 * Tells by content, never by file name, whose JSON this is: a Hopwise network file, or answers of
 * Alibaba Cloud's or AWS's calls, or resources of Azure. Undefined: none of these.
 */
export function recognise(json: unknown): 'hopwise' | Cloud | undefined {
  const kind = child(rootSpot({ file: '', json }), 'kind').value
  if (typeof kind === 'string' && kind.startsWith('hopwise.network/')) return 'hopwise'
  // Ids of Azure are like no other; lists within its resources may look like answers of the others.
  if (holdsAzureResource(json)) return 'azure'
  if (holdsAlibabaAnswer(json)) return 'alibaba'
  return holdsAwsAnswer(json) ? 'aws' : undefined
}
