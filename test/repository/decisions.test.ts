import { expect, test } from 'vitest'
import { checkDecisions } from './check-decisions.ts'
import { readRepository, virtual } from './source-file.ts'

test('every decision page has a number and is linked from the index', () => {
  expect(checkDecisions(readRepository())).toEqual([])
})

const index = 'docs/decisions/README.md'

test('a loose page, a missing link, a dead link and a number used twice are named', () => {
  const files = virtual({
    [index]:
      '- [one](0001-one.md)\n- [gone](./0009-gone.md)\n- [again](0001-again.md)\n- [x](1.md)',
    'docs/decisions/0001-one.md': '',
    'docs/decisions/0001-again.md': '',
    'docs/decisions/0002-two.md': '',
    'docs/decisions/1.md': '',
  })
  expect(checkDecisions(files)).toEqual([
    '1.md is not 0000-kebab-case.md',
    `${index} does not link 0002-two.md`,
    `${index} links 0009-gone.md, which is gone`,
    '0001 is the number of two pages',
  ])
})

test('linked pages with numbers of their own are admitted', () => {
  const files = virtual({
    [index]: '- [one](0001-one.md)\n- [two](./0002-two-more.md)',
    'docs/decisions/0001-one.md': '',
    'docs/decisions/0002-two-more.md': '',
  })
  expect(checkDecisions(files)).toEqual([])
})
