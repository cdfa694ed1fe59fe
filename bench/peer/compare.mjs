import { createAnalyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import { accepted } from '../measure/read-inputs.mjs'
import { kinds } from './kit.mjs'
import { hopwiseQuestion } from './question.mjs'

/** @typedef {import('./kit.mjs').PeerQuestion} PeerQuestion */

/**
 * Whether both say the same of each question, forward: OVN's tracer knows no way back. Yields the
 * questions on which they differ, and how many of each kind were asked.
 * @param {unknown} network
 * @param {readonly PeerQuestion[]} questions
 * @param {readonly boolean[]} delivered as the daemon says it
 */
export function compare(network, questions, delivered) {
  const analyzer = createAnalyzer(compileFabric(accepted(network)))
  const asked = kinds.map(() => 0)
  const agreed = kinds.map(() => 0)
  /** @type {string[]} */
  const differences = []
  questions.forEach((question, at) => {
    const answer = analyzer.ask(hopwiseQuestion(question))
    const admitted = 'legs' in answer && answer.legs.forward === 'admitted'
    asked[question.k]++
    if (admitted === delivered[at]) agreed[question.k]++
    else
      differences.push(`${JSON.stringify(question)}: OVN ${delivered[at] ? 'delivers' : 'drops'}`)
  })
  return { asked, agreed, differences }
}
