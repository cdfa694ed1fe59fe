import { expect, test } from 'vitest'
import { checkTestNames } from './check-test-names.ts'
import { readRepository, virtual } from './source-file.ts'

test('names of tests are sentences, each once in its file', () => {
  expect(checkTestNames(readRepository())).toEqual([])
})

const refused: readonly (readonly [complaint: string, text: string])[] = [
  ['2 "a packet goes out" is already', "test('a packet goes out')\nit(`a packet goes out`)"],
  ['already the name of line 1', "test.each([1])('a %s goes out')\ntest('a %s goes out')"],
  [
    '"nat a packet goes out" is already',
    "describe('nat', () => { test('a packet goes out') })\ntest('nat a packet goes out')",
  ],
  ['"works" is no sentence', "test('works')"],
]

test.each(refused)('complains about a name: %s', (complaint, text) => {
  expect(checkTestNames(virtual({ 'test/net/a.test.ts': text }))).toEqual([
    expect.stringContaining(complaint),
  ])
})

test('the same words in two groups or in a call that names no test are admitted', () => {
  const text = [
    "describe('on the way out', () => { test('it passes') })",
    "describe('on the way back', () => { test.skipIf(old)('it passes') })",
    "expect('it').toBe('it')",
    "expect('it').toBe('it')",
  ].join('\n')
  expect(checkTestNames(virtual({ 'test/net/a.test.ts': text }))).toEqual([])
})
