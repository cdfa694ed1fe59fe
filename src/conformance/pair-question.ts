import type { Question } from '#model'
import type { ProbeProtocol, WireQuestion } from '#lab'
import type { ConcreteQuestion } from './draw/concrete-question.ts'

/** One question in two languages: of the analyzer and of the wire. */
export interface QuestionPair {
  readonly paper: Question
  readonly wire: WireQuestion
}

const wireProtocols = new Map<number, ProbeProtocol>([
  [6, 'tcp'],
  [17, 'udp'],
  [1, 'icmp'],
  [58, 'icmp'],
  [47, 'gre'],
])

/**
 * Puts a concrete packet in both. The client's port is given, so that both mean the same packet.
 * Undefined where no real packet is like it: ICMP of the other family, a protocol nobody sends.
 */
export function pairQuestion(
  { from, to, protocol, destinationPort }: ConcreteQuestion,
  sourcePort: number,
): QuestionPair | undefined {
  const wireProtocol = wireProtocols.get(protocol)
  const ipv6 = to.includes(':')
  const foreign = (protocol === 1 && ipv6) || (protocol === 58 && !ipv6)
  if (!wireProtocol || foreign) return undefined
  const ported = protocol === 6 || protocol === 17
  const ports = ported ? { port: destinationPort, sourcePort } : {}
  const scope = from.kind === 'address' && from.vpcId !== undefined ? { scope: from.vpcId } : {}
  return {
    paper: {
      from: from.kind === 'address' ? from.address : from.id,
      to,
      protocol,
      ...ports,
      ...scope,
    },
    wire: { origin: from, destination: to, protocol: wireProtocol, ...ports },
  }
}
