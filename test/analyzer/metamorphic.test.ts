import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAnalyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import { type Network, parseNetwork, type SecurityGroupRule, type Verdict } from '#model'
import { decideBoxes } from '../../src/analyzer/decide-boxes.ts'
import { createFollower } from '../../src/analyzer/follow.ts'
import { createSearcher } from '../../src/analyzer/search/search.ts'
import type { Walk } from '../../src/analyzer/search/walk.ts'
import { askConcrete } from '../oracle/ask-concrete.ts'
import { type ConcreteQuestion, walk } from '../oracle/brute-force.ts'
import { type Dice, diceOf, randomNetwork, randomQuestion, seededRandom } from '#conformance'

const numRuns = 40
const questionsPerNetwork = 25

test('an accept rule more never closes a path that was open', () => {
  let open = 0
  forNetworks(({ network, questions }) => {
    const before = readings(network)
    const after = readings(withRules(network, (rules) => [...rules, ...admitEverything]))
    for (const question of questions) {
      if (before.verdict(question) !== 'reachable') continue
      open++
      expect({ question, verdict: after.verdict(question) }).toEqual({
        question,
        verdict: 'reachable',
      })
    }
  })
  expect(open).toBeGreaterThan(numRuns)
})

test('a security group rule that decided nothing can go', () => {
  let removed = 0
  forNetworks(({ network, questions, dice }) => {
    const before = readings(network)
    for (const question of questions.slice(0, 8)) {
      const explained = before.explain(question)
      if (!explained) continue
      const verdict = before.verdict(question)
      const used = new Set(explained.hops.flatMap(({ stages }) => stages.map(({ rule }) => rule)))
      // A rule whose list or members were not read leaves a verdict open without deciding it.
      const idle = ({ id, peer }: SecurityGroupRule) =>
        !used.has(id) && (peer.kind === 'cidr' || verdict !== 'undetermined')
      const after = readings(
        withRules(network, (rules) => rules.filter((rule) => !idle(rule) || dice.chance(0.5))),
      )
      removed++
      expect({ question, verdict: after.verdict(question) }).toEqual({ question, verdict })
    }
  })
  expect(removed).toBeGreaterThan(numRuns)
})

test('a network interface that no packet met can go', () => {
  let removed = 0
  forNetworks(({ network, questions }) => {
    const before = readings(network)
    for (const question of questions.slice(0, 8)) {
      const verdict = before.verdict(question)
      const idle = idleInterfaces(network, question)
      if (verdict === undefined || idle.size === 0) continue
      removed++
      const networkInterface = network.networkInterface?.filter(({ id }) => !idle.has(id)) ?? []
      const after = readings(reparse({ ...network, networkInterface }))
      expect({ question, verdict: after.verdict(question) }).toEqual({ question, verdict })
    }
  })
  expect(removed).toBeGreaterThan(numRuns)
})

test('other ids change nothing in an answer but the ids', () => {
  let answered = 0
  forNetworks(({ network, dice }) => {
    const ids = idsOf(network)
    const before = createAnalyzer(compileFabric(network))
    const after = createAnalyzer(compileFabric(reparse(renamed(network, ids))))
    const ends = [
      ...(network.instance ?? []).map(({ id }) => id),
      ...(network.networkInterface ?? []).map(({ id }) => id),
      ...(network.haVip ?? []).map(({ id }) => id),
      ...(network.publicAddress ?? []).map(({ address }) => address),
      'internet',
      '203.0.113.9',
    ]
    for (let i = 0; i < questionsPerNetwork; i++) {
      const question = {
        from: dice.pick(ends),
        to: dice.pick(ends),
        port: dice.pick([22, 80, 443]),
      }
      const answer = before.ask({ ...question, protocol: 'tcp' })
      if ('verdict' in answer) answered++
      const from = ids.has(question.from) ? prefix + question.from : question.from
      const to = ids.has(question.to) ? prefix + question.to : question.to
      const other = after.ask({ ...question, protocol: 'tcp', from, to })
      expect(JSON.stringify(other).replaceAll(prefix, '')).toBe(JSON.stringify(answer))
    }
  })
  expect(answered).toBeGreaterThan(numRuns)
})

test('the order in which resources are listed changes no verdict', () => {
  let asked = 0
  forNetworks(({ network, questions, dice }) => {
    const before = readings(network)
    const after = readings(reparse(shuffled(network, dice)))
    for (const question of questions) {
      const verdict = before.verdict(question)
      if (verdict !== undefined) asked++
      expect({ question, verdict: after.verdict(question) }).toEqual({ question, verdict })
    }
  })
  expect(asked).toBeGreaterThan(numRuns * questionsPerNetwork * 0.8)
})

interface Drawn {
  readonly network: Network
  readonly questions: readonly ConcreteQuestion[]
  readonly dice: Dice
}

function forNetworks(check: (drawn: Drawn) => void): void {
  const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 })
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = seededRandom(seed)
      const network = randomNetwork(random)
      const questions = Array.from({ length: questionsPerNetwork }, () =>
        randomQuestion(network, random),
      )
      check({ network, questions, dice: diceOf(random) })
    }),
    // A seed says nothing about the next one: there is nothing to shrink.
    { numRuns, endOnFailure: true },
  )
}

interface Readings {
  /** Undefined where the question cannot be put in the fabric's numbers. */
  readonly verdict: (question: ConcreteQuestion) => Verdict | undefined
  /** Undefined also where a packet has several ways. */
  readonly explain: (question: ConcreteQuestion) => Walk | undefined
}

function readings(network: Network): Readings {
  const fabric = compileFabric(network)
  const follower = createFollower(fabric)
  const searcher = createSearcher(fabric)
  const decide = (question: ConcreteQuestion) => {
    const asked = askConcrete(fabric, network, question)
    return asked && decideBoxes(follower, [asked])
  }
  return {
    verdict: (question) => decide(question)?.verdict,
    explain(question) {
      const [first] = decide(question)?.boxes ?? []
      if (first === undefined || first.branches > 1) return undefined
      return searcher.search(first.box, first.choices)
    },
  }
}

/** As a file of it would be read: a changed network has to be a valid one. */
function reparse(network: unknown): Network {
  const parsed = parseNetwork(JSON.parse(JSON.stringify(network)))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems.slice(0, 3)))
  return parsed.network
}

const open = { action: 'accept', priority: 100, protocol: 'all', ports: [] } as const
const admitEverything = (['ingress', 'egress'] as const).flatMap((direction) =>
  ['0.0.0.0/0', '::/0'].map((cidr) => ({
    ...open,
    id: `more-${direction}-${cidr}`,
    direction,
    peer: { kind: 'cidr', cidr },
  })),
)

function withRules(
  network: Network,
  change: (rules: readonly SecurityGroupRule[]) => readonly unknown[],
): Network {
  const securityGroup = network.securityGroup?.map((group) => ({
    ...group,
    rules: change(group.rules),
  }))
  return reparse({ ...network, securityGroup })
}

/** Interfaces that the oracle's packet does not meet, that nothing names, and nobody asks about. */
function idleInterfaces(network: Network, question: ConcreteQuestion): ReadonlySet<string> {
  const met = JSON.stringify([question, walk(network, question).branches])
  const text = JSON.stringify(network)
  const namedOnce = (id: string, times: number) => text.split(`"${id}"`).length - 1 === times
  const idle = (network.networkInterface ?? []).filter(
    ({ id, instanceId, addresses, ipv6Addresses = [] }) =>
      namedOnce(id, 1) &&
      (instanceId === undefined || namedOnce(instanceId, 2)) &&
      !new RegExp(`\\b(?:${[id, instanceId ?? id].join('|')})\\b`).test(met) &&
      ![...addresses, ...ipv6Addresses.map(({ address }) => address)].some((address) =>
        met.includes(address),
      ),
  )
  return new Set(idle.map(({ id }) => id))
}

const prefix = 'zz-'

function idsOf(network: Network): ReadonlySet<string> {
  const lists = Object.values(network).filter((value) => Array.isArray(value))
  return new Set(lists.flat().flatMap((item) => (hasId(item) ? [item.id] : [])))
}

const hasId = (item: unknown): item is { readonly id: string } =>
  typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string'

/** The same prefix for every id: they keep their order, by which guests choose. */
function renamed(value: unknown, ids: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return ids.has(value) ? prefix + value : value
  if (Array.isArray(value)) return value.map((item) => renamed(item, ids))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item, ids)]))
}

function shuffled(network: Network, dice: Dice): unknown {
  const shuffle = (list: readonly unknown[]) =>
    list
      .map((item) => ({ item, at: dice.whole(0, 1_000_000) }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item)
  // Of rules alike in priority the drop decides, wherever it stands; lists of ACLs are in order.
  const securityGroup = network.securityGroup?.map((group) => ({
    ...group,
    rules: shuffle(group.rules),
  }))
  return Object.fromEntries(
    Object.entries({ ...network, securityGroup }).map(([key, value]) => [
      key,
      Array.isArray(value) ? shuffle(value) : value,
    ]),
  )
}
