import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { calls } from '../../src/dialects/aws/calls.ts'
import { needs } from '../../src/dialects/aws/supply.ts'
import { unfold } from '../../src/dialects/aws/unfold.ts'

import { awsCapture } from './aws-capture.ts'

const folder = join(import.meta.dirname, '../../src/dialects/aws')
const readme = readFileSync(join(folder, 'README.md'), 'utf8')

test('the README has exactly the AWS calls of the table, in its order', () => {
  const [, table = ''] = readme.split('## Calls')
  const rows = calls.map(
    ({ name, supplies, reader }) => `| ${name} | ${supplies} | ${reader ? `\`${reader}\`` : '–'} |`,
  )
  expect(
    table.split('\n').filter((line) => /^\| (?:ec2|elb|elbv2|directconnect|rds|es) /.test(line)),
  ).toEqual(rows)
})

test('the README has exactly the kinds that are missed where no AWS call lists them', () => {
  const [, before = ''] = readme.split('## Calls')[0]?.split('## Notes and gaps') ?? []
  const rows = needs.map(({ kind, calls: [first] }) => `| ${kind} | ${first} |`)
  const lines = before
    .split('\n')
    .filter((line) => /^\| [a-z]\w+ \| (?:ec2|directconnect) /.test(line))
  expect(lines.map((line) => line.split('|').slice(0, 3).join('|') + '|')).toEqual(rows)
})

test('each AWS call has a reader that exists, if anything depends on it', () => {
  expect(calls.filter(({ reader }) => reader && !existsSync(join(folder, reader)))).toEqual([])
})

test('an AWS answer is taken for the call that its file is named after', () => {
  for (const document of awsCapture) {
    const name = document.file.split('/').at(-1)?.split('.')[0]
    expect(unfold(document).answers.map(({ call }) => call.name.split(' ')[1])).toEqual([name])
  }
})
