import { expect, test } from 'vitest'
import type { Answer, AnswerError, Question } from '#model'
import { npguardAnalyzer, npguardNetwork } from './npguard-network.ts'
import { casesOf, type PeerCase, type PeerEnd, suitesPresent } from './suites.ts'

const suite = 'aws-npguard'
const cases = casesOf(suite).filter(({ question }) => question !== 'explain')

test.skipIf(!suitesPresent).each(cases.map((one) => [one.id, one] as const))(
  'np-guard’s case %s ends as it expects',
  (_, one) => {
    expect(endOf(npguardAnalyzer(one.inputs[0]).ask(questionOf(one)))).toBe(one.expected)
  },
)

const endOf = (answer: Answer | AnswerError): string =>
  'verdict' in answer ? answer.verdict : answer.error.message

function questionOf({
  inputs,
  source,
  destination,
  scope = '',
  protocol,
  port,
  sourcePort,
}: PeerCase): Question {
  const vpc = npguardNetwork(inputs[0]).vpc?.find(({ name, id }) =>
    [name, id].includes(scope.slice(4)),
  )
  return {
    from: endText(source),
    to: endText(destination),
    protocol: protocol === 'tcp' || protocol === 'udp' || protocol === 'icmp' ? protocol : 'any',
    ...(port === null ? {} : { port }),
    ...(sourcePort === null ? {} : { sourcePort }),
    ...(vpc === undefined ? {} : { scope: vpc.id }),
  }
}

const endText = ({ ip, name }: PeerEnd): string => ip ?? name ?? ''
