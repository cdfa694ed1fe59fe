import { describe, expect, test } from 'vitest'
import { gapKinds, networkFormat, parseNetwork } from '#model'
import { leaveGap } from '#conformance'
import { tinySketch } from '../oracle/tiny-network.ts'
import { explain, nothing } from './ask-tiny.ts'
import { type GapCase, gapCases } from './gap-cases.ts'

const decisive = gapKinds.flatMap((kind) => {
  const cases = gapCases[kind]
  return cases === 'open' ? [] : [{ kind, cases }]
})
const open = gapKinds.filter((kind) => gapCases[kind] === 'open')

describe.each(decisive)('a gap of $kind leaves the verdict open', ({ kind, cases }) => {
  test.each(cases)('where $about', ({ change, asked, id, before, missing }) => {
    expect(verdictBefore(change, asked)).toBe(before)
    const answer = explain((sketch) => {
      change(sketch)
      leaveGap(sketch, kind, id)
    }, asked)
    expect(answer.verdict).toBe('undetermined')
    const told = answer.findings.map(({ facts }) => facts.missing ?? facts.subnet)
    expect(told).toContain(missing)
    expect(answer.findings.map(({ facts }) => facts.call)).toContain(`Describe ${kind}`)
  })
})

function verdictBefore(change: GapCase['change'], asked: string): GapCase['before'] {
  const sketch = tinySketch()
  change(sketch)
  const { ok } = parseNetwork({ kind: networkFormat, ...sketch })
  return ok ? explain(change, asked).verdict : 'invalid'
}

test.each(open)('a gap of %s changes nothing: what it would say is open or outside', (kind) => {
  const plain = explain(nothing, 'i-a > i-c tcp 80')
  const answer = explain((sketch) => leaveGap(sketch, kind), 'i-a > i-c tcp 80')
  expect(answer.verdict).toBe(plain.verdict)
})
