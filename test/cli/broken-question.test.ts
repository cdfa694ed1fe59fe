import { Readable } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'

import { createAnalyzer } from '#analyzer'
import type { Analyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import { parseNetwork } from '#model'
import { silent } from '../../src/cli/progress.ts'
import { answerInFull, answerInWords, answerVerdicts } from '../../src/cli/streaming/answer-line.ts'
import type { Answering } from '../../src/cli/streaming/answer-line.ts'
import { answerStream } from '../../src/cli/streaming/answer-stream.ts'
import { exampleNetwork } from './example-network.ts'
import { makeFolder, put, runInMemory } from './run-in-memory.ts'

const open = { from: 'i-web-1', to: 'i-db-1', protocol: 'tcp', port: 5432 }
const lines = [
  { id: 'a', ...open },
  { id: 'fatal', ...open },
  { id: 'b', ...open, port: 3306 },
]
  .map((question) => `${JSON.stringify(question)}\n`)
  .join('')

const broken = {
  kind: 'hopwise.answer/v1',
  id: 'fatal',
  error: {
    code: 'question.internal-error',
    message:
      'Line 2 met an internal error: wires crossed. This is a bug in Hopwise, not in your input.',
  },
}

afterEach(() => {
  vi.restoreAllMocks()
})

test.each([
  ['in full', answerInFull],
  ['in words', (made: () => Analyzer) => answerInWords(made, 'en')],
  ['with the verdict only', answerVerdicts],
])('a question that dies is answered by its fault, and the next %s', async (_how, answer) => {
  const { analyzers, make } = fragileAnalyzers()
  const { told, tally } = await stream(answer(make))
  expect(told).toMatchObject([
    { id: 'a', verdict: 'reachable' },
    broken,
    { id: 'b', verdict: 'unreachable' },
  ])
  expect(tally).toMatchObject({
    lines: 3,
    refused: 0,
    failed: 1,
    bug: { message: 'wires crossed' },
  })
  // The one that died may have stopped half way: it is asked nothing more.
  expect(analyzers).toEqual([['a', 'fatal'], ['b']])
})

test('the run ends with the exit code of a bug when all lines are answered', async () => {
  const network = put(makeFolder(), 'network.json', exampleNetwork)
  const fatal = { id: 'fatal', ...open, from: 'I-CROSSED' }
  const input = [`${JSON.stringify(open)}\n${JSON.stringify(fatal)}\n${JSON.stringify(open)}\n`]
  breakLowerCase('I-CROSSED')
  const argv = ['query', '--network', network, '--questions', '-']
  const { code, stdout, stderr } = await runInMemory(argv, { input })
  expect(code).toBe(70)
  expect(parseLines(stdout)).toMatchObject([
    { verdict: 'reachable' },
    broken,
    { verdict: 'reachable' },
  ])
  expect(stderr).toBe(
    'hopwise query: 1 of 3 questions could not be answered for a bug in Hopwise; their lines say so.\n' +
      'hopwise: internal error: wires crossed. This is a bug in Hopwise, not in your input.\n' +
      'hopwise: run it again with HOPWISE_DEBUG=1 to see the stack for a bug report.\n',
  )
})

/** Analyzers that die of the question `fatal`, and the ids that each of them was asked. */
function fragileAnalyzers() {
  const parsed = parseNetwork(exampleNetwork)
  if (!parsed.ok) throw new Error('the example is not a network')
  const fabric = compileFabric(parsed.network)
  const analyzers: (string | undefined)[][] = []
  const make = (): Analyzer => {
    const sound = createAnalyzer(fabric)
    const asked: (string | undefined)[] = []
    analyzers.push(asked)
    const survive = (id: string | undefined): void => {
      asked.push(id)
      if (id === 'fatal') throw new TypeError('wires crossed')
    }
    return {
      ...sound,
      ask: (question) => {
        survive(question.id)
        return sound.ask(question)
      },
      verdict: (question) => {
        survive(question.id)
        return sound.verdict(question)
      },
    }
  }
  return { analyzers, make }
}

async function stream(answering: Answering) {
  const written: string[] = []
  const output = {
    write: (text: string) => written.push(text) > 0,
    drained: async () => {},
    closed: () => false,
    isTerminal: false,
    columns: undefined,
  }
  const questions = { stream: Readable.from([Buffer.from(lines)]) }
  const tally = await answerStream(questions, answering, output, silent)
  return { told: parseLines(written.join('')), tally }
}

const parseLines = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))

/** Breaks something that the search for similar names needs, for one name: no input can do this. */
function breakLowerCase(name: string): void {
  vi.spyOn(String.prototype, 'toLowerCase').mockImplementation(function (this: string) {
    if (this === name) throw new TypeError('wires crossed')
    return this.toLocaleLowerCase('en')
  })
}
