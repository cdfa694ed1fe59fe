import { createAnalyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import type { Answer, AnswerError, Question } from '#model'
import { type Sketch, toNetwork } from '#conformance'
import { tinySketch } from '../oracle/tiny-network.ts'

/** `i-a > i-c tcp 80`, asked of the tiny network after `change`. */
export function ask(change: (sketch: Sketch) => void, text: string): Answer | AnswerError {
  const sketch = tinySketch()
  change(sketch)
  return createAnalyzer(compileFabric(toNetwork(sketch))).ask(questionOf(text))
}

/** The answer to a question that can be asked. */
export function explain(change: (sketch: Sketch) => void, text: string): Answer {
  const answer = ask(change, text)
  if ('error' in answer) throw new Error(answer.error.message)
  return answer
}

/** The error line of a question that cannot. */
export function complaint(change: (sketch: Sketch) => void, text: string): AnswerError['error'] {
  const answer = ask(change, text)
  if ('error' in answer) return answer.error
  throw new Error(`${text} is ${answer.verdict}`)
}

/** `code leg component` of each finding, in order. */
export const reasons = ({ findings }: Answer): readonly string[] =>
  findings.map(({ code, leg, component }) => [code, leg, component.id].join(' '))

/** The hops as lines: `forward i-a: group.egress admit, route continue`. */
export const path = ({ hops }: Answer): readonly string[] =>
  hops.map(({ leg, at, stages }) => {
    const said = stages.map(({ stage, decision }) => `${stage} ${decision}`)
    return `${leg} ${at.id}: ${said.join(', ')}`
  })

export const nothing = (): void => {}

const protocols = ['tcp', 'udp', 'icmp', 'gre', 'any'] as const

function questionOf(text: string): Question {
  const [from, , to, word, port, scope] = text.split(' ')
  const protocol = protocols.find((name) => name === word) ?? Number(word)
  return {
    from,
    to,
    protocol,
    ...(port === undefined || port === '-' ? {} : { port: Number(port) }),
    ...(scope === undefined ? {} : { scope }),
  }
}
