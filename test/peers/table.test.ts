import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { elsewhere } from './batfish-elsewhere.ts'
import { batfishEnds } from './batfish-verdict.ts'
import { npguardEnd } from './npguard-verdict.ts'
import { casesOf, suitesPresent } from './suites.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/peers.md'), 'utf8')

/** Cases and passed of each row of the page, by suite and what is compared. */
const rows = new Map(
  [...page.matchAll(/^\| (\S+) \| ([^|]+) \| (\d+) \| (\d+) \|$/gm)].map(
    ([, suite, compared, cases, passed]) => [
      `${suite} ${compared}`,
      [Number(cases), Number(passed)],
    ],
  ),
)

test.skipIf(!suitesPresent)('the page of the peers says how many verdicts are theirs', () => {
  const batfish = casesOf('aws-batfish')
  const same = batfish.filter((one) => batfishEnds(one).join() === one.expected)
  expect(rows.get('aws-batfish verdict')).toEqual([batfish.length, same.length])
  const npguard = casesOf('aws-npguard').filter(({ question }) => question !== 'explain')
  const alike = npguard.filter((one) => npguardEnd(one) === one.expected)
  expect(rows.get('aws-npguard verdict, forward and return')).toEqual([
    npguard.length,
    alike.length,
  ])
})

test.skipIf(!suitesPresent)('the page of the peers counts the cases that other tests hold', () => {
  const stops = casesOf('aws-batfish').filter(({ expectedPath }) => expectedPath)
  const [counted, ours] = rows.get('aws-batfish stops of both legs, and the one that blocks') ?? []
  expect([counted, ours]).toEqual([stops.length, stops.length - elsewhere.size])
  const explained = casesOf('aws-npguard').filter(({ question }) => question === 'explain')
  const { length } = explained
  expect(rows.get('aws-npguard connections of its explanations')).toEqual([length, length])
  const groups = casesOf('alibaba-prowler').length
  expect(rows.get('alibaba-prowler whole range let in')).toEqual([groups, groups])
})
