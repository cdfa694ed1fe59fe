import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAnalyzer } from '#analyzer'
import { halfReadNetwork, randomNetwork, randomQuestion, seededRandom } from '#conformance'
import { compileFabric } from '#fabric'
import type { Answer, Network, Question } from '#model'
import { createJsonBytes } from '../../src/analyzer/write/json-bytes.ts'
import { createAnswerWriter } from '../../src/analyzer/write/write-answer.ts'

const networks = Number(process.env.HOPWISE_NETWORKS ?? 25)
const questions = 60
const firstSeed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000_000)

test('every answer is written as JSON.stringify writes it', () => {
  process.stdout.write(`write-answer: ${networks} networks from HOPWISE_SEED=${firstSeed}\n`)
  const seen = { wrong: new Array<string>(), walked: 0 }
  for (let seed = firstSeed; seed < firstSeed + networks; seed++) {
    const random = seededRandom(seed)
    askAll(rename(randomNetwork(random)), random, seen)
    askAll(halfReadNetwork(random).half, random, seen)
  }
  expect(seen.wrong).toEqual([])
  expect(seen.walked).toBeGreaterThan(networks * questions)
})

function askAll(
  network: Network,
  random: () => number,
  seen: { readonly wrong: string[]; walked: number },
): void {
  const analyzer = createAnalyzer(compileFabric(network))
  const forgetful = createAnswerWriter(2)
  for (let i = 0; i < questions; i++) {
    const { from, to, protocol, destinationPort } = randomQuestion(network, random)
    const question: Question = {
      from: from.kind === 'address' ? from.address : from.id,
      to,
      protocol: i % 7 === 0 ? 'any' : protocol,
      ...(protocol === 6 && i % 3 > 0 ? { port: destinationPort } : {}),
      ...(i % 5 === 0 ? { id: odd[i % odd.length] } : {}),
    }
    const answer = analyzer.ask(question)
    const wanted = JSON.stringify(answer)
    if ('hops' in answer && answer.hops.length > 0) seen.walked++
    if (analyzer.write.text(answer) !== wanted) seen.wrong.push(wanted)
    if (forgetful.text(answer) !== wanted) seen.wrong.push(`without memory: ${wanted}`)
    const bytes = Buffer.from(analyzer.write.bytes(answer))
    if (!bytes.equals(Buffer.from(wanted))) seen.wrong.push(`bytes: ${wanted}`)
  }
}

const odd = [
  'plain',
  'a "quoted" one',
  'back\\slash',
  'line\nbreak',
  'köln',
  '上海',
  '→',
  '🙂',
  '\ud800',
]

/** The same network with names that JSON cannot write as they are. */
function rename(network: Network): Network {
  const named = (network.instance ?? []).map((item, nth) => ({
    ...item,
    name: odd[nth % odd.length],
  }))
  return { ...network, instance: named }
}

test('any text is written as JSON.stringify writes it', () => {
  const out = createJsonBytes()
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...odd))
  fc.assert(
    fc.property(fc.array(text), fc.boolean(), (texts, isKept) => {
      out.begin()
      let wanted = ''
      for (const one of texts) {
        out.quoted(one)
        out.comma()
        if (isKept) out.copy(out.keep(JSON.stringify(one)))
        else out.json(JSON.stringify(one))
        wanted += `${JSON.stringify(one)},${JSON.stringify(one)}`
      }
      expect(out.text()).toBe(Buffer.from(wanted).toString())
      expect(Buffer.from(out.bytes()).toString()).toBe(Buffer.from(wanted).toString())
    }),
  )
})

test('numbers are written as JSON.stringify writes them', () => {
  const out = createJsonBytes()
  fc.assert(
    fc.property(
      fc.oneof(fc.nat(70_000), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
      (value) => {
        out.begin()
        out.number(value)
        expect(out.text()).toBe(JSON.stringify(value))
      },
    ),
    { examples: [[0], [9], [10], [99_999], [100_000], [-1], [65_535]] },
  )
})

test('an answer larger than the first buffer is written whole', () => {
  const out = createJsonBytes()
  out.begin()
  const long = 'x'.repeat(50_000)
  for (let i = 0; i < 5; i++) out.quoted(long)
  expect(out.text()).toBe(`"${long}"`.repeat(5))
})

test('one writer writes the answers of several analyzers', () => {
  const writer = createAnswerWriter()
  for (const id of ['a', 'b']) {
    const answer = answerNamed(id)
    expect(writer.text(answer)).toBe(JSON.stringify(answer))
  }
})

function answerNamed(id: string): Answer {
  return {
    kind: 'hopwise.answer/v1',
    from: { kind: 'instance', id, asked: id },
    to: { kind: 'internet', id: 'internet', asked: 'internet', name: id, address: '0.0.0.0/0' },
    protocol: 'tcp',
    verdict: 'partial',
    findings: [
      { code: 'x', severity: 'info', effect: 'informs', component: { kind: 'vpc', id }, facts: {} },
    ],
    hops: [{ leg: 'return', at: { kind: 'vpc', id, name: id }, stages: [] }],
    legs: { forward: 'admitted', return: 'partial' },
    assumptions: [],
  }
}
