import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { displayWidth } from '../../src/cli/report/display-width.ts'
import { root } from '../repository/source-file.ts'
import { publishedSchema } from './published-schema.ts'
import { runInMemory } from './run-in-memory.ts'

const shop = ['reach', '--network', join(root, 'scenarios/first-look/network')]
const ask = async (...words: readonly string[]) => runInMemory([...shop, ...words])

const sets: Readonly<Record<string, readonly string[]>> = {
  to: ['--to', 'i-db-1', '--port', '3306'],
  'to-why': ['--to', 'i-db-1', '--port', '3306', '--why'],
  from: ['--from', 'i-web-1'],
  exposed: ['--exposed'],
  matrix: ['--matrix', '--port', '443'],
  'matrix-why': ['--matrix', '--port', '443', '--why'],
  'matrix-all': ['--matrix'],
}

describe('an answer about a set looks like this', () => {
  for (const [name, words] of Object.entries(sets))
    for (const language of ['en', 'zh-CN'])
      test(`${name}, in ${language}`, async () => {
        const { code, stdout, stderr } = await ask(...words, '--language', language)
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
        await expect(stdout).toMatchFileSnapshot(`fixtures/reach/${name}.${language}.txt`)
        for (const line of stdout.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80)
      })
})

describe('with --json', () => {
  test.each(Object.entries(sets))(
    'each line of %s is of the published schema',
    async (_, words) => {
      const { code, stdout } = await ask(...words, '--json')
      const lines = stdout.trimEnd().split('\n')
      expect(code).toBe(0)
      expect(lines.length).toBeGreaterThan(0)
      for (const line of lines) {
        const json: unknown = JSON.parse(line)
        expect(publishedSchema('hopwise.reach.v1').safeParse(json).error).toBeUndefined()
      }
    },
  )

  test('what cannot be asked is one error line of the schema, and exit code 2', async () => {
    const { code, stdout, stderr } = await ask('--to', 'i-db-9', '--json')
    const json: unknown = JSON.parse(stdout)
    expect(publishedSchema('hopwise.reach.v1').safeParse(json).error).toBeUndefined()
    expect({ code, json }).toMatchObject({
      code: 2,
      json: { error: { code: 'question.not-found' } },
    })
    expect(stderr).toContain('Did you mean i-db-1')
  })

  test('the same question twice gives the same lines', async () => {
    const [first, second] = [await ask('--matrix', '--json'), await ask('--matrix', '--json')]
    expect(first.stdout).toBe(second.stdout)
  })
})

describe('the exit code of a set', () => {
  test('is 1 where nothing is reachable, and the answer says so', async () => {
    const { code, stdout } = await ask('--exposed', '--port', '5432')
    expect(code).toBe(1)
    expect(stdout).toContain('  nobody\n')
  })

  test('is 3 where something gets through in part only', async () => {
    const network = join(root, 'scenarios/acl-forgets-ephemeral-ports/network.json')
    const words = ['reach', '--network', network, '--matrix', '--port', '873']
    const { code, stdout } = await runInMemory(words)
    expect(code).toBe(3)
    expect(stdout).toContain('! reachable in part: TCP 873')
  })

  test.each([[['--exposed', '--matrix']], [[]], [['--to', 'i-db-1', '--from', 'i-web-1']]])(
    'is 2 unless exactly one set is asked for: %j',
    async (words) => {
      const { code, stderr } = await ask(...words)
      expect(code).toBe(2)
      expect(stderr).toContain('one of --to X, --from X, --exposed and --matrix')
    },
  )

  test('is 2 for a port without TCP or UDP', async () => {
    const { code, stderr } = await ask('--exposed', '--protocol', 'icmp', '--port', '80')
    expect(code).toBe(2)
    expect(stderr).toContain('--port')
  })
})
