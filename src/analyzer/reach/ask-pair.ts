import type { Question } from '#model'
import { blankPacket, copyPacket } from '../split-box.ts'
import type { AskedPacket } from '../asked-packet.ts'
import type { Ground } from '../resolve/ground.ts'
import type { QuestionResolution } from '../resolve/question-resolution.ts'
import { isOutside, resolveEnds } from '../resolve/resolver.ts'
import type { ReachEnd } from './reach-end.ts'
import type { ReachPlace, ReachQuestion } from './reach-row.ts'

/** A question about a pair of places that can be asked. */
export type PairResolution = Exclude<QuestionResolution, { kind: 'unaskable' }>

/**
 * What a set asks of one pair, just as `diagnose` would ask it. Undefined for what is no pair:
 * addresses of different families, hosts outside, two addresses of one guest.
 */
export function askPair(
  ground: Ground,
  question: Question,
  from: ReachEnd,
  to: ReachEnd,
): PairResolution | undefined {
  if (from.family !== to.family) return undefined
  const resolution = resolveEnds(ground, question, from.endpoint, to.endpoint, from.family)
  switch (resolution.kind) {
    case 'unaskable':
      return undefined
    case 'settled':
      return resolution.code === 'query.same-endpoint' ? undefined : resolution
    case 'resolved': {
      // An address that other networks have as well is meant where it was listed.
      const isMeant = to.port >= 0 && to.endpoint.kind === 'address' && !isOutside(from.endpoint)
      if (!isMeant) return resolution
      const boxes = resolution.boxes.map((box) => meantFor(ground, box, to.port))
      return { ...resolution, boxes }
    }
  }
}

/** The question that a pair of places is, in the words of `diagnose`. */
export function questionOf(
  { protocol, port }: ReachQuestion,
  from: ReachPlace,
  to: ReachPlace,
): Question {
  const question = { from: from.id, to: to.id, protocol }
  return port === undefined ? question : { ...question, port }
}

function meantFor({ fabric }: Ground, box: AskedPacket, target: number): AskedPacket {
  const meant = copyPacket(box, blankPacket())
  meant.target = target
  meant.targetDomain = fabric.ports.domain[target]
  return meant
}
