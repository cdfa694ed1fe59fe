import { createAnalyzer } from '#analyzer'
import { type AlibabaSemantic, alibabaSemantics, compileFabric } from '#fabric'
import type { Network } from '#model'
import type { ConcreteQuestion } from './draw/concrete-question.ts'
import { pairQuestion } from './pair-question.ts'
import type { ProbedSeed } from './run-conformance.ts'

/** How many probes of a run show that a semantic is missing. */
export interface FabricFault {
  readonly semantic: AlibabaSemantic
  readonly says: string
  readonly shownBy: number
}

/** What a network's probes came to, without the traces: a long run holds many of them. */
export interface ProbedFacts {
  readonly network: Network
  readonly facts: readonly {
    readonly question: ConcreteQuestion
    readonly wire: 'reachable' | 'unreachable'
  }[]
}

/** The probes on which both sides agreed. */
export function factsOf({ network, probed }: ProbedSeed): ProbedFacts {
  const agreed = probed.filter(({ comparison }) => comparison.verdict)
  return {
    network,
    facts: agreed.map(({ candidate, comparison }) => ({
      question: candidate.question,
      wire: comparison.wire,
    })),
  }
}

/**
 * Switches off one packet semantic of the fabric after the other and asks what a run has probed
 * again: how many verdicts then contradict the wire. Semantics without a place in the lab show in
 * no probe.
 */
export function plantFabricFaults(run: readonly ProbedFacts[]): readonly FabricFault[] {
  return semanticNames.map((semantic) => ({
    semantic,
    says: alibabaSemantics[semantic].says,
    shownBy: run.reduce((sum, seed) => sum + contradictions(seed, semantic), 0),
  }))
}

const semanticNames = Object.keys(alibabaSemantics).filter(isSemantic)

function isSemantic(name: string): name is AlibabaSemantic {
  return Object.hasOwn(alibabaSemantics, name)
}

/** The client's port plays no part: networks of a run are asked with one that stands for all. */
const CLIENT_PORT = 33_000

function contradictions({ network, facts }: ProbedFacts, semantic: AlibabaSemantic): number {
  const analyzer = createAnalyzer(compileFabric(network, { off: [semantic] }))
  return facts.filter(({ question, wire }) => {
    const pair = pairQuestion(question, CLIENT_PORT)
    if (!pair) return false
    const answer = analyzer.verdict(pair.paper)
    return 'verdict' in answer && contradicts(answer.verdict, wire)
  }).length
}

function contradicts(paper: string, wire: string): boolean {
  return (paper === 'reachable' || paper === 'unreachable') && paper !== wire
}
