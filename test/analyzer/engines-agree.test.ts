import { expect, test } from 'vitest'
import { randomNetwork, randomQuestion, seededRandom } from '../oracle/random-network.ts'
import { compare, readNetwork } from './compare-engines.ts'

const networks = Number(process.env.HOPWISE_NETWORKS ?? 120)
const questions = 200
const first = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000_000)

test('x', () => {
  const tally: Record<string, number> = {}
  let asked = 0
  let skipped = 0
  const samples: string[] = []
  for (let seed = first; seed < first + networks; seed++) {
    const random = seededRandom(seed)
    const network = randomNetwork(random)
    const readings = readNetwork(network)
    for (let i = 0; i < questions; i++) {
      const question = randomQuestion(network, random)
      const told = compare(readings, question)
      if (!told) skipped++
      else asked++
      for (const { about, says, oracle, found } of told ?? []) {
        const key = `${about}: ${says}`
        tally[key] = (tally[key] ?? 0) + 1
        if (tally[key] === 1 && about !== 'oracle code') samples.push(`${seed} ${key}\n${JSON.stringify(question)}\n${JSON.stringify(oracle).slice(0,700)}\n${JSON.stringify(found?.findings.map((f) => [f.code, f.leg, f.component.id]))}`)
      }
    }
  }
  process.stdout.write(`seed ${first} asked ${asked} skipped ${skipped}\n${JSON.stringify(tally, null, 1)}\n${samples.slice(0,6).join('\n')}`)
  expect(1).toBe(1)
})
