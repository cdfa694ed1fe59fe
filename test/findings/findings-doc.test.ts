import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { findingsDocs, otherCodes } from '#findings'

import { findingCodes } from '../../src/findings/finding.ts'

const page = findingsDocs.generate()

test('the page on disk is the generated one', () => {
  const file = new URL(`../../${findingsDocs.file}`, import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(page)
})

test('every code has one row, in full', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'))
  const codes = rows.map((row) => /^\| `([^`]+)`/.exec(row)?.[1] ?? '')
  expect([...codes].sort()).toEqual([...findingCodes].sort())
  for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(10)
})

test('codes of other analyzers look like theirs', () => {
  for (const { aws = [], google = [], azure = [], nis = [] } of Object.values(otherCodes)) {
    for (const code of [...aws, ...google]) expect(code).toMatch(/^[A-Z0-9]+(?:_[A-Z0-9]+)*$/)
    for (const code of azure) expect(code).toMatch(/^[A-Z][A-Za-z]+$/)
    for (const code of nis) expect(code).toMatch(/^[a-z]+(?:_[a-z]+)+$/)
  }
})
