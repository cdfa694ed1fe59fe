import { expect, test } from 'vitest'
import { createAnalyzer } from '#analyzer'
import { seededRandom } from '#conformance'
import { compileFabric, createJudge } from '#fabric'
import type { Verdict } from '#model'
import { decideBoxes } from '../../src/analyzer/decide-boxes.ts'
import { createFollower } from '../../src/analyzer/follow.ts'
import { refusals } from '../../src/analyzer/refusal-code.ts'
import { createSearcher } from '../../src/analyzer/search/search.ts'
import { verdictOfWalk } from './verdict-of-walk.ts'
import { drawAws, drawQuestion } from './draw-aws.ts'
import { drawAzure, drawAzureQuestion } from './draw-azure.ts'

const questions = 120
const networks = Number(process.env.HOPWISE_NETWORKS ?? 120)
const firstSeed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000_000)

const drawn = { AWS: [drawAws, drawQuestion], Azure: [drawAzure, drawAzureQuestion] } as const
const clouds = ['AWS', 'Azure'] as const

test.each(clouds)('follow and search agree on random packets of %s networks', (cloud) => {
  process.stdout.write(`${cloud} engines: ${networks} networks from HOPWISE_SEED=${firstSeed}\n`)
  const told: string[] = []
  const seen = new Map<Verdict, number>()
  for (let seed = firstSeed; seed < firstSeed + networks; seed++)
    told.push(...compareOn(seed, seen, drawn[cloud]))
  expect(told.slice(0, 5)).toEqual([])
  const asked = [...seen.values()].reduce((sum, one) => sum + one, 0)
  for (const verdict of ['reachable', 'unreachable', 'leaves_model'] as const)
    expect(seen.get(verdict) ?? 0).toBeGreaterThan(asked / 100)
})

/** What the two say differently about a network; counts what they say alike. */
function compareOn(
  seed: number,
  seen: Map<Verdict, number>,
  [draw, drawAsked]: (typeof drawn)[keyof typeof drawn],
): string[] {
  const random = seededRandom(seed)
  const network = draw(random)
  const fabric = compileFabric(network)
  const analyzer = createAnalyzer(fabric)
  const follower = createFollower(fabric, createJudge(fabric))
  const searcher = createSearcher(fabric)
  const told: string[] = []
  for (let nth = 0; nth < questions; nth++) {
    const question = drawAsked(random)
    const resolved = analyzer.resolve(question)
    if (resolved.kind !== 'resolved') continue
    for (const { box, verdict, branches, choices, failing } of decideBoxes(follower, resolved.boxes)
      .boxes) {
      seen.set(verdict, (seen.get(verdict) ?? 0) + 1)
      const walk = searcher.search(box, choices)
      const explained = verdictOfWalk(walk)
      const codes = walk.findings.map(({ code }) => code)
      const differs =
        branches > 1 ? (explained === 'reachable') !== (failing === 0) : explained !== verdict
      if (differs)
        told.push(JSON.stringify({ seed, question, verdict, explained, codes, branches }))
      else if (branches === 1 && verdict === 'unreachable') {
        follower.follow(box)
        const code = refusals[follower.refusal()]
        if (!codes.some((one) => one === code))
          told.push(JSON.stringify({ seed, question, code, codes }))
      }
    }
  }
  return told
}
