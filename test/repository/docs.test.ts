import { expect, test } from 'vitest'
import { findStale, generators, readDocument } from '../../scripts/docs.mjs'

test('every generated document is what its table says now (else: npm run docs)', async () => {
  const stale = await findStale(generators, readDocument)
  expect(stale.map(({ file }) => file)).toEqual([])
})

test('a generated document that was edited or never written is named', async () => {
  const list = [
    { file: 'docs/sound.md', generate: () => 'as generated\n' },
    { file: 'docs/edited.md', generate: async () => 'as generated\n' },
    { file: 'docs/missing.md', generate: () => 'as generated\n' },
  ]
  const texts = new Map([
    ['docs/sound.md', 'as generated\n'],
    ['docs/edited.md', 'by hand\n'],
  ])
  const stale = await findStale(list, (file) => texts.get(file) ?? null)
  expect(stale.map(({ file }) => file)).toEqual(['docs/edited.md', 'docs/missing.md'])
})

test('no two generators write the same document', () => {
  const files = generators.map(({ file }) => file)
  expect(files).toEqual([...new Set(files)])
})
