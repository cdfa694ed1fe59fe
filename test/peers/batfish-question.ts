import type { Network, Question } from '#model'
import { analyzers, keep, type PeerCase, type PeerEnd, readSnapshot } from './suites.ts'

/** The snapshot that a case is about. */
export const networkOf = ({ inputDir = '' }: PeerCase): Network => snapshot(inputDir)

/** An analyzer of it. */
export const analyzerOf = ({ inputDir = '' }: PeerCase) => analyzer(inputDir)

const snapshot = keep((path) => readSnapshot('aws-batfish', path))
const analyzer = analyzers(snapshot)

/** What a case asks: of whatever is in a VPC, of each line that ends in the cloud. */
export function questionsOf(one: PeerCase): readonly Question[] {
  const { protocol, port, sourcePort } = one
  const common = {
    to: destinationOf(one.destination),
    protocol: protocolOf(protocol),
    ...(port === null ? {} : { port }),
    ...(sourcePort === null ? {} : { sourcePort }),
  }
  return sourcesOf(networkOf(one), one).map((source) => ({ ...common, ...source }))
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
