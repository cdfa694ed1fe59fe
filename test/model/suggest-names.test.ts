import fc from 'fast-check'
import { expect, test } from 'vitest'
import { suggestNames } from '#model'

test('the nearest come first, and no more than three', () => {
  const known = ['web-1', 'web-2', 'db', 'web-11', 'wbe-1', 'web-1-old']
  expect(suggestNames('web-1', known)).toEqual(['web-1', 'web-2', 'web-11'])
  expect(suggestNames('eni-web-1', ['eni-web-13', 'eni-wbe-1', 'eni-web-42', 'sg-1'])).toEqual([
    'eni-web-13',
    'eni-wbe-1',
    'eni-web-42',
  ])
})

test('a name that several things have is suggested once', () => {
  expect(suggestNames('wbe', ['web', 'web', 'WEB'])).toEqual(['web', 'WEB'])
})

test('nothing is suggested for what resembles nothing, or for pages of text', () => {
  expect(suggestNames('db', ['web', 'cache', ''])).toEqual([])
  expect(suggestNames('x'.repeat(1e6), ['x'.repeat(1e6)])).toEqual([])
})

/** The textbook table, all of it. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const edits = [
        rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
        rows[i - 1][j] + 1,
        row[j - 1] + 1,
      ]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(Math.min(...edits, swapped ? rows[i - 2][j - 2] + 1 : Infinity))
    }
    rows.push(row)
  }
  return rows[a.length][b.length]
}

test('a name is suggested exactly when the textbook finds it near enough', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 14 })
  fc.assert(
    fc.property(word, word, (wanted, name) => {
      const farthest = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)))
      const near = distance(wanted, name) <= farthest
      expect(suggestNames(wanted, [name])).toEqual(near ? [name] : [])
    }),
    { numRuns: 1_000 },
  )
})
