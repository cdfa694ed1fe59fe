import { expect, test } from 'vitest'
import { checkLinks } from './check-links.ts'
import { readRepository, virtual } from './source-file.ts'

test('every link between documents leads somewhere', () => {
  expect(checkLinks(readRepository())).toEqual([])
})

test('a link to a missing file is named, links to files, folders, places and the web are not', () => {
  const files = virtual({
    'README.md': '[a](docs/a.md#one) [b](docs/) [c](#here) [d](https://example.com) [e](gone.md)',
    'docs/a.md': '[up](../README.md) [gone](README.md)',
  })
  expect(checkLinks(files)).toEqual([
    'README.md links gone.md, which does not exist',
    'docs/a.md links README.md, which does not exist',
  ])
})
