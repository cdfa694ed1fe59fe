import type { AnswerError } from '#model'
import { rankOf } from '#fabric'
import { errorOf } from '../compose-answer.ts'
import { componentOf } from '../resolve/endpoint-component.ts'
import { addressIn, firstPortOf, speaks } from '../resolve/family.ts'
import type { Family, Ground } from '../resolve/ground.ts'
import { lookUp } from '../resolve/resolver.ts'
import { explainMisunderstood, isEndpoint } from '../resolve/unaskable.ts'
import type { ReachEnd } from './reach-end.ts'
import type { ReachQuestion } from './reach-row.ts'

/** What a person named, in each family that it speaks; or why that is nothing to ask about. */
export function namedEnds(
  ground: Ground,
  side: 'from' | 'to',
  text: string,
  { scope, protocol }: ReachQuestion,
): readonly ReachEnd[] | AnswerError {
  const endpoint = lookUp(ground, text, scope, true)
  if (!isEndpoint(endpoint)) {
    const asked = { from: text, to: text, protocol }
    return errorOf(asked, explainMisunderstood(side, text, endpoint))
  }
  const component = componentOf(endpoint)
  const place =
    endpoint.kind === 'address' ? { ...component, address: endpoint.address } : component
  const rank =
    endpoint.kind === 'address' ? (rankOf(ground.fabric.line, endpoint.address) ?? -1) : -1
  return familiesOf(ground, side, endpoint).map((family) => ({
    place,
    endpoint,
    family,
    port: -1,
    rank,
  }))
}

/**
 * Without any address a place still is one: asking about it says what is wrong. Who calls an
 * instance calls its first interface.
 */
function familiesOf(
  ground: Ground,
  side: 'from' | 'to',
  endpoint: ReachEnd['endpoint'],
): readonly Family[] {
  if (endpoint.kind === 'boundary') return [4]
  const called = endpoint.kind === 'instance' && side === 'to' ? endpoint.instance : undefined
  const first = called ? firstPortOf(ground, ground.fabric.find.instance(called)) : -1
  const spoken = ([4, 6] as const).filter((family) =>
    first < 0 ? speaks(ground, endpoint, family) : addressIn(ground, first, family) >= 0,
  )
  return spoken.length > 0 ? spoken : [4]
}
