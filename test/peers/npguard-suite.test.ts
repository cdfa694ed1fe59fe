import { expect, test } from 'vitest'
import type { Answer, AnswerError, Network, Question } from '#model'
import { withHeuristic } from './npguard-network.ts'
import {
  analyzers,
  casesOf,
  type PeerCase,
  type PeerEnd,
  readJson,
  readSnapshot,
  suitesPresent,
} from './suites.ts'

const suite = 'aws-npguard'
const networks = new Map<string, Network>()
const analyzerOf = analyzers(load)
const cases = casesOf(suite).filter(({ question }) => question !== 'explain')

test.skipIf(!suitesPresent).each(cases.map((one) => [one.id, one] as const))(
  'np-guard’s case %s ends as it expects',
  (_, one) => {
    expect(endOf(analyzerOf(one.inputs[0]).ask(questionOf(one)))).toBe(one.expected)
  },
)

function load(path: string): Network {
  const publicSubnets = new Set<string>()
  for (const subnet of subnetsOf(readJson(suite, path)))
    if (subnet.MapPublicIpOnLaunch) publicSubnets.add(subnet.SubnetId)
  const network = withHeuristic(readSnapshot(suite, path), (id) => publicSubnets.has(id))
  networks.set(path, network)
  return network
}

interface CollectedSubnet {
  readonly SubnetId: string
  readonly MapPublicIpOnLaunch: boolean
}

const subnetsOf = (json: { readonly subnets: readonly CollectedSubnet[] }) => json.subnets

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
  analyzerOf(inputs[0])
  const vpc = networks
    .get(inputs[0])
    ?.vpc?.find(({ name, id }) => [name, id].includes(scope.slice(4)))
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
