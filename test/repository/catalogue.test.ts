import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compareKeys } from './check-catalogue.ts'
import { root } from './source-file.ts'

// The name is computed so that this file also compiles in a checkout that has no findings yet.
const door = '#findings'

test('English and Chinese say the same findings', async () => {
  if (!existsSync(join(root, 'src/findings/index.ts'))) return
  const findings: unknown = await import(door)
  expect(findings).toMatchObject({ en: expect.any(Object), zhCN: expect.any(Object) })
  const [en, zhCN] = [entries(findings, 'en'), entries(findings, 'zhCN')]
  expect(Object.keys(Object(en)).length).toBeGreaterThan(0)
  expect(compareKeys({ name: 'en', entries: en }, { name: 'zhCN', entries: zhCN })).toEqual([])
})

test('a sentence that one language lacks is named', () => {
  const en = { 'route.none': () => '', 'sg.none': { say: () => '', advise: () => '' } }
  const zhCN = { 'route.none': () => '', 'sg.none': { say: () => '' }, 'nat.none': () => '' }
  expect(compareKeys({ name: 'en', entries: en }, { name: 'zhCN', entries: zhCN })).toEqual([
    'zhCN lacks sg.none/advise',
    'en lacks nat.none',
  ])
})

function entries(findings: unknown, language: string): unknown {
  return new Map<string, unknown>(Object.entries(Object(findings))).get(language)
}
