import { expect, test } from 'vitest'
import type { Answer, AnswerError, Network, Question } from '#model'
import {
  analyzers,
  casesOf,
  keep,
  type PeerCase,
  type PeerEnd,
  readSnapshot,
  suitesPresent,
} from './suites.ts'

const suite = 'aws-batfish'
const networkOf = keep((path) => readSnapshot(suite, path))
const analyzerOf = analyzers(networkOf)
const cases = casesOf(suite)

test.skipIf(!suitesPresent).each(cases.map((one) => [one.id, one] as const))(
  'Batfish’s case %s ends as it expects',
  (_, one) => {
    const ends = questionsOf(one).map((question) =>
      endOf(analyzerOf(pathOf(one)).ask(question), one.question === 'exists-flow'),
    )
    expect([...new Set(ends)]).toEqual([one.expected])
  },
)

const pathOf = ({ inputDir = '' }: PeerCase): string => inputDir

/** What leaves for the customer's side arrives, as far as the peer is concerned. */
function endOf(answer: Answer | AnswerError, some: boolean): string {
  if (!('verdict' in answer)) return answer.error.message
  const { verdict } = answer
  return verdict === 'leaves_model' || (some && verdict === 'partial') ? 'reachable' : verdict
}

function questionsOf(one: PeerCase): readonly Question[] {
  const { protocol, port, sourcePort } = one
  const common = {
    to: destinationOf(one.destination),
    protocol: protocolOf(protocol),
    ...(port === null ? {} : { port }),
    ...(sourcePort === null ? {} : { sourcePort }),
  }
  return sourcesOf(networkOf(pathOf(one)), one).map((source) => ({ ...common, ...source }))
}

function protocolOf(word: string | null): Question['protocol'] {
  if (word === null || word === 'any' || word === 'all') return 'any'
  return word === 'tcp' || word === 'udp' || word === 'icmp' ? word : Number(word)
}

function destinationOf({ type, id, ip, eni }: PeerEnd): string {
  if (type === 'loadBalancer') return eni ?? ''
  return ip ?? id ?? ''
}

/** A VPC stands for whatever is in it, an on-premises router for the lines that end here. */
function sourcesOf(
  network: Network,
  { source: { type, id = '', ip }, destination }: PeerCase,
): readonly Pick<Question, 'from' | 'scope'>[] {
  switch (type) {
    case 'internet':
      return [{ from: ip ?? 'internet' }]
    case 'subnet': {
      const scope = network.subnet?.find((subnet) => subnet.id === id)?.vpcId
      return [{ from: ip ?? '', ...(scope === undefined ? {} : { scope }) }]
    }
    case 'vpc':
      return (network.networkInterface ?? [])
        .filter(({ vpcId, instanceId }) => vpcId === id && instanceId !== destination.instance)
        .map((eni) => ({ from: eni.id }))
    case 'onprem-router':
      return (network.line ?? []).map((line) => ({ from: line.id }))
    default:
      return [{ from: id }]
  }
}
