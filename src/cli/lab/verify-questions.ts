import { createAnalyzer } from '#analyzer'
import type { Analyzer } from '#analyzer'
import { namedServices, narrowQuestion, outsideHosts, publicHosts } from '#conformance'
import type { ConcreteQuestion, Packet, Unmeasured } from '#conformance'
import { compileFabric } from '#fabric'
import type { Network, Question } from '#model'

/** Questions of a person, as the packets that stand for them. */
export interface GivenQuestions {
  readonly questions: readonly ConcreteQuestion[]
  /** Questions that no packet stands for. */
  readonly passedOver: readonly PassedOver[]
  /** Every host outside that a lab needs for them. */
  readonly hosts: readonly string[]
}

/** A question that no packet stands for, and why. */
export interface PassedOver {
  readonly question: Question
  readonly because: Unmeasured
}

/** The client's port of the first packet that is free to choose one; the next ones follow. */
const FIRST_PORT = 33_000
const LAST_PORT = 65_535

/** An analyzer, made once for many questions. */
export function analyzerOf(network: Network): {
  readonly analyzer: Analyzer
  readonly narrow: (questions: readonly Question[]) => GivenQuestions
} {
  const fabric = compileFabric(network)
  const analyzer = createAnalyzer(fabric)
  const hosts = outsideHosts(network)
  const ground = { fabric, analyzer, hosts, services: namedServices(network) }

  function narrow(questions: readonly Question[]): GivenQuestions {
    const packets: Packet[] = []
    const passedOver: PassedOver[] = []
    for (const question of questions) {
      const narrowed = narrowQuestion(ground, question)
      if (narrowed.kind === 'packets') packets.push(...narrowed.packets)
      if (narrowed.kind !== 'packets' || narrowed.packets.length === 0) {
        passedOver.push({ question, because: reasonOf(narrowed) })
      }
    }
    const concrete = packets.map(withClientPort)
    const named = publicHosts(network, concrete)
    return { questions: concrete, passedOver, hosts: [...new Set([...hosts, ...named])] }
  }

  return { analyzer, narrow }
}

function reasonOf(narrowed: ReturnType<typeof narrowQuestion>): Unmeasured {
  switch (narrowed.kind) {
    case 'settled':
      return { kind: 'open', verdict: narrowed.verdict, code: narrowed.code }
    case 'unaskable':
      return { kind: 'other', words: narrowed.message }
    case 'packets':
      return { kind: 'other', words: 'no packet stands for it' }
  }
}

function withClientPort(packet: Packet, nth: number): ConcreteQuestion {
  const free = FIRST_PORT + (nth % (LAST_PORT - FIRST_PORT))
  return { ...packet, sourcePort: packet.sourcePort ?? free }
}
