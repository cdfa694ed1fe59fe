import type { AnswerError } from '#model'
import { rankOf } from '#fabric'
import { errorOf } from '../compose-answer.ts'
import { componentOf } from '../resolve/endpoint-component.ts'
import { speaks } from '../resolve/family.ts'
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
  return familiesOf(ground, endpoint).map((family) => ({ place, endpoint, family, port: -1, rank }))
}

/** Without any address a place still is one: asking about it says what is wrong. */
function familiesOf(ground: Ground, endpoint: ReachEnd['endpoint']): readonly Family[] {
  if (endpoint.kind === 'boundary') return [4]
  const spoken = ([4, 6] as const).filter((family) => speaks(ground, endpoint, family))
  return spoken.length > 0 ? spoken : [4]
}
