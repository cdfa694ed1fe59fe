import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { commandTable } from '../../src/cli/command-table.ts'
import { exampleAlibaba } from './example-alibaba.ts'
import { exampleNetwork } from './example-network.ts'
import { makeFolder, put, runInMemory } from './run-in-memory.ts'

const folder = makeFolder()
const network = put(folder, 'network.json', exampleNetwork)
const questions = put(
  folder,
  'q.jsonl',
  '{"from":"i-web-1","to":"i-db-1","protocol":"tcp"}\nnonsense\n',
)
const cloud = makeFolder()
for (const [name, content] of Object.entries(exampleAlibaba)) put(cloud, name, content)

// Words may become file names that are written: they land in a folder of the test's own.
const before = process.cwd()
// No lab is started by any of these lines, and none that stands is seen.
const labs = makeFolder()
beforeAll(() => {
  process.chdir(makeFolder())
  process.env.HOPWISE_LABS = labs
})
afterAll(() => {
  process.chdir(before)
  delete process.env.HOPWISE_LABS
})

const options = commandTable.flatMap((row) => row.options.map(({ name }) => `--${name}`))
const sound = [
  ...commandTable.map(({ name }) => name),
  ...options,
  '--help',
  '--version',
  'help',
  '--',
  '-',
  '__complete',
  'alibaba',
  'aws',
  'bash',
  'fish',
  'i-web-1',
  'i-db-1',
  '10.0.1.10',
  'internet',
  'vpc-shop',
  'tcp',
  'udp',
  '5432',
  '0',
  'en',
  network,
  questions,
  cloud,
  folder,
  'managed:x',
]
const words = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...sound) },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'binary', maxLength: 12 })
      .map((text) => text.replaceAll(/[/\\]/g, '_')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...options), fc.constantFrom(...sound))
      .map((pair) => pair.join('=')),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '1e999',
      'NaN',
      '\u0000',
      '../..\u0000',
      '%s%n',
      '$(id)',
      "';--",
      '__proto__',
      'constructor',
    ),
  },
)

/** A command line that is nearly right, so that the code behind the parser is reached as well. */
const nearlyRight = fc
  .tuple(
    fc.constantFrom(
      ['diagnose', '--network', network, '--from', 'i-web-1', '--to', 'i-db-1'],
      ['query', '--network', network, '--questions', questions],
      ['import', 'alibaba', '--dir', cloud, '--out', '-'],
      ['__complete', 'diagnose', '--network', network, '--from'],
      ['__complete', 'lab', 'shell', '--name', 'x', 'i-'],
      ['lab', 'up', network, '--dry-run'],
      ['lab', 'shell', 'i-web-1', '--', 'ls'],
      ['lab', 'down', 'nowhere'],
      ['lab', 'list', '--json'],
    ),
    fc.array(words, { maxLength: 3 }),
    fc.nat(8),
  )
  .map(([base, extra, at]) => [...base.slice(0, at + 1), ...extra, ...base.slice(at + 1)])

test('no command line ends in a stack trace or in an unknown exit code', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.array(words, { maxLength: 8 }), nearlyRight), async (argv) => {
      const { code, stdout, stderr } = await runInMemory(argv, { input: ['{"from":1}\n'] })
      expect([0, 1, 2, 3]).toContain(code)
      expect(stdout + stderr).not.toMatch(/internal error|\n\s+at .*[:(]/)
      expect(code === 2 && stderr === '').toBe(false)
    }),
    { numRuns: 1_500 },
  )
})

test('nothing half-written is left behind by any of them', () => {
  expect(readdirSync(process.cwd()).filter((name) => name.endsWith('.partial'))).toEqual([])
  expect(readdirSync(join(folder)).sort()).toEqual(['network.json', 'q.jsonl'])
})
