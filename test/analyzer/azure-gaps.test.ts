import { expect, test } from 'vitest'
import { createAnalyzer } from '#analyzer'
import { seededRandom } from '#conformance'
import { compileFabric } from '#fabric'
import type { Network, Verdict } from '#model'
import { drawAzure, drawAzureQuestion, forgetful } from './draw-azure.ts'

const networks = Number(process.env.HOPWISE_NETWORKS ?? 150)
const firstSeed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000_000)
const questions = 80

test('what was not read never makes a verdict of Azure definite that it would change', () => {
  process.stdout.write(`azure-gaps: ${networks} networks from HOPWISE_SEED=${firstSeed}\n`)
  const wrong: string[] = []
  let definite = 0
  for (let seed = firstSeed; seed < firstSeed + networks; seed++) {
    const random = seededRandom(seed)
    const network = drawAzure(random)
    if (network.gaps !== undefined) continue
    const reduced = forgetful(network, random)
    const whole = createAnalyzer(compileFabric(network))
    const part = createAnalyzer(compileFabric(reduced))
    for (let nth = 0; nth < questions; nth++) {
      const question = drawAzureQuestion(random)
      const [known, told] = [whole, part].map((one) => verdictOf(one.verdict(question)))
      if (!isDefinite(told) || !isDefinite(known) || isOther(question.from, reduced)) continue
      definite++
      if (told !== known)
        wrong.push(JSON.stringify({ seed, question, known, told, gap: reduced.gaps?.[0] }))
    }
  }
  expect(wrong.slice(0, 5)).toEqual([])
  expect(definite).toBeGreaterThan(networks)
})

/** That a packet leaves the model says nothing of what becomes of it, also where some of many do. */
const isDefinite = (verdict: Verdict | undefined): boolean =>
  verdict === 'reachable' || verdict === 'unreachable'

/** Who is behind a gateway is told by its lines: without these, the question is another one. */
const isOther = (from: string, { gaps = [] }: Network): boolean =>
  ['vgw-1', 'conn-1'].includes(from) && gaps.some(({ kind }) => kind === 'line')

type Said = ReturnType<ReturnType<typeof createAnalyzer>['verdict']>

const verdictOf = (answer: Said): Verdict | undefined =>
  'verdict' in answer ? answer.verdict : undefined
