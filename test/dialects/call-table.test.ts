import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { calls } from '../../src/dialects/alibaba/calls.ts'
import { findCall } from '../../src/dialects/alibaba/find-call.ts'
import { needs } from '../../src/dialects/alibaba/supply.ts'
import { rootSpot } from '../../src/dialects/spot.ts'
import { capture } from './amend-capture.ts'

const folder = join(import.meta.dirname, '../../src/dialects/alibaba')
const readme = readFileSync(join(folder, 'README.md'), 'utf8')

test('the README has exactly the calls of the table, in its order', () => {
  const [, table = ''] = readme.split('## Calls')
  const rows = calls.map(
    ({ name, supplies, reader }) => `| ${name} | ${supplies} | \`${reader}\` |`,
  )
  expect(table.split('\n').filter((line) => /^\| [A-Z]/.test(line))).toEqual(rows)
})

test('the README has exactly the kinds that are missed where nobody lists them', () => {
  const listed = needs.map(({ kind, calls: [call = ''] }) => [kind, call] as const)
  for (const [kind, call] of listed) {
    expect(
      readme.split('\n').some((line) => line.startsWith(`| ${kind} |`) && line.includes(call)),
    ).toBe(true)
  }
  const kinds = readme
    .split('\n')
    .flatMap((line) => /^\| ([a-z]\w+[A-Z0-9]?\w*) \| (?:Describe|List)/.exec(line)?.[1] ?? [])
  expect(kinds).toEqual([...new Set(listed.map(([kind]) => kind))])
})

test('each call has a reader that exists', () => {
  expect(calls.filter(({ reader }) => !existsSync(join(folder, reader)))).toEqual([])
})

test('an answer is taken for the call that its file is named after', () => {
  for (const document of capture) {
    const name = document.file.split('/').at(-1)?.split('.')[0]
    expect(findCall(rootSpot(document), [])?.name).toBe(name)
  }
})
