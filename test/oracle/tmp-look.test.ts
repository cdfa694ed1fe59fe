import { test } from 'vitest'
import { walk } from './brute-force.ts'
import { randomNetwork, randomQuestion, seededRandom } from './random-network.ts'
test('look at them', () => {
  const c = new Map<string, number>()
  for (let seed = 1; seed <= 100; seed++) {
    const random = seededRandom(seed)
    const network = randomNetwork(random)
    for (let nth = 0; nth < 50; nth++) {
      const q = randomQuestion(network, random)
      const a = walk(network, q)
      const b = a.branches[0].blocker
      const k = process.env['CODE'] ?? ''
      if (b?.code === k) {
        const owned = network.networkInterface?.some((e) => e.addresses.some((x) => x === q.to))
          ? 'eni'
          : network.haVip?.some((h) => h.address === q.to)
            ? 'havip'
            : 'other'
        const key = owned + ' ' + (owned === 'other' ? q.to : '') + ' vpcs' + network.vpc?.length
        c.set(key, (c.get(key) ?? 0) + 1)
        if (seed < 12)
          console.log(JSON.stringify(q), a.branches[0].trail.join(' | '), JSON.stringify(b))
      }
    }
  }
  console.log([...c].sort((a, b) => b[1] - a[1]).slice(0, 25))
})
