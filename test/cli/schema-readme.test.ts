import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { parseNetwork, parseQuestion } from '#model'
import { root } from '../repository/source-file.ts'
import { publishedSchema } from './published-schema.ts'
import { makeFolder, put, runInMemory } from './run-in-memory.ts'

const folder = join(root, 'docs/schema')
const page = readFileSync(join(folder, 'README.md'), 'utf8')
const network = blockOf('json')
const questions = blockOf('jsonl')
const lines = questions.split('\n').filter((line) => line !== '')

test('the page about the schemas has a row for each of them', () => {
  const rows = [...page.matchAll(/^\| \[.*?\]\((.*?)\)/gm)].map(([, file]) => file)
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  expect(rows.toSorted()).toEqual(files.toSorted())
})

test('its network is one: for the published schema, and for the parser without a remark', () => {
  const json: unknown = JSON.parse(network)
  expect(publishedSchema('hopwise.network.v1').safeParse(json).error).toBeUndefined()
  expect(parseNetwork(json)).toMatchObject({ ok: true, problems: [] })
})

test.each(lines)(
  'its question is one: for the published schema, and for the parser: %s',
  (line) => {
    const json: unknown = JSON.parse(line)
    expect(publishedSchema('hopwise.question.v1').safeParse(json).error).toBeUndefined()
    expect(parseQuestion(json).ok).toBe(true)
  },
)

test('its network admits the first question and not the second, as it says', async () => {
  const home = makeFolder()
  const paths = {
    network: put(home, 'network.json', network),
    questions: put(home, 'questions.jsonl', questions),
  }
  const words = ['--network', paths.network, '--questions', paths.questions]
  const { code, stdout, stderr } = await runInMemory(['query', ...words])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const answers = stdout.trimEnd().split('\n')
  expect(answers.map((line): unknown => JSON.parse(line))).toMatchObject([
    { id: 'orders', verdict: 'reachable' },
    { id: 'login', verdict: 'unreachable' },
  ])
})

function blockOf(language: string): string {
  const [, block] = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'm').exec(page) ?? []
  if (block === undefined) throw new Error(`docs/schema/README.md has lost its ${language}`)
  return block
}
