import { expect, test } from 'vitest'
import { createFollower } from '../../src/analyzer/follow.ts'
import { createSearcher } from '../../src/analyzer/search.ts'
import { decideBoxes } from '../../src/analyzer/decide-boxes.ts'
import { refusals } from '../../src/analyzer/refusal-code.ts'
import { askConcrete } from '../oracle/ask-concrete.ts'
import { compileFabric } from '#fabric'
import { walk } from '../oracle/brute-force.ts'
import { randomNetwork } from '../oracle/random-network.ts'
import { randomQuestion } from '../oracle/random-question.ts'

function seeded(seed: number): () => number {
  let s = seed >>> 0
  return () => {
    s = (s + 0x6d2b79f5) | 0
    let t = Math.imul(s ^ (s >>> 15), 1 | s)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
test('try the differential', () => {
  let agree = 0
  let skipped = 0
  const bad: Record<string, number> = {}
  const samples: string[] = []
  for (let n = 0; n < Number(process.env.N ?? 60); n++) {
    const random = seeded(n + Number(process.env.SEED ?? 1) * 1000)
    const network = randomNetwork(random)
    let fabric: ReturnType<typeof compileFabric>, follower: ReturnType<typeof createFollower>, searcher: ReturnType<typeof createSearcher>
    try { fabric = compileFabric(network); follower = createFollower(fabric); searcher = createSearcher(fabric) } catch (e) { bad['compile ' + String(e)] = (bad['compile ' + String(e)] ?? 0) + 1; samples.push(String((e as Error).stack)); continue }
    for (let i = 0; i < 100; i++) {
      const q = randomQuestion(network, random)
      const want = walk(network, q)
      const asked = askConcrete(fabric, network, q)
      if (!asked) { skipped++; continue }
      let got: string
      let detail = ''
      try {
        const d = decideBoxes(follower, [asked])
        got = d.verdict
        const first = d.boxes[0]
        const w = searcher.search(first.box, first.choices)
        detail = JSON.stringify({ f: w.findings.map((f) => f.code + '/' + f.leg + '/' + f.component.id), h: w.hops.map((h) => h.leg[0] + ' ' + h.at.id + ':' + h.stages.map((s) => s.stage + '=' + s.decision + '(' + s.component.id + ' ' + s.rule + ')').join(',')) })
        follower.follow(first.box)
        const code = refusals[follower.refusal()]
        const blocked = w.findings.some((f) => f.effect === 'blocks') || w.forward === 'dead' || w.return === 'dead'
        if (first.branches === 1) {
        if (blocked !== (first.verdict === 'unreachable')) got += ' SEARCHDIFF'
        else if (blocked && !w.findings.some((f) => f.code === code)) got += ' SEARCHCODE ' + code
        else if (got === 'unreachable' && want.branches[0].blocker?.code !== code) got += ' CODE ' + code
        }
      } catch (e) { got = 'throw ' + String((e as Error).stack).slice(0, 300) }
      if (got.split(' ')[0] === want.verdict && !got.includes('SEARCHDIFF') || process.env.ALL && got === want.verdict) { agree++; continue }
      const key = `${want.verdict} <> ${got}: ${want.branches.map((b) => b.blocker?.code ?? b.doubts[0] ?? 'ok').join('|')}`
      bad[key] = (bad[key] ?? 0) + 1
      if (bad[key] <= Number(process.env.K ?? 1)) samples.push(`${n} ${key}\n  Q ${JSON.stringify(q)}\n  ORACLE ${JSON.stringify(want.branches)}\n  GOT ${detail}`)
    }
  }
  console.log('agree', agree, 'skipped', skipped, JSON.stringify(bad, null, 1))
  console.log(samples.slice(0, Number(process.env.S ?? 12)).join('\n'))
  expect(1).toBe(1)
})
