import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCheckout, runScript, writeInto } from './make-checkout.ts'

let checkout = ''

beforeAll(() => {
  checkout = makeCheckout({ 'src/index.ts': '/** Nothing. */\nexport const nothing = 0\n' })
})

afterAll(() => rmSync(checkout, { recursive: true, force: true }))

const pass = "test('one and one are two', () => expect(1 + 1).toBe(2))"
const fail = "test('one and one are three', () => expect(1 + 1).toBe(3))"
const noted = "test('a packet goes out', ({ skip }) => skip('no network namespaces here'))"
const named = "test.skip('a packet comes back (needs root)', () => {})"
const bare = "test.skip('a packet is lost', () => {})"

const runs: readonly {
  readonly when: string
  readonly tests: readonly string[]
  readonly ends: string
  readonly code: number
  readonly CI?: string
}[] = [
  { when: 'all pass', tests: [pass], ends: '1 passed, 0 failed, 0 skipped', code: 0 },
  { when: 'one fails', tests: [pass, fail], ends: '1 passed, 1 failed, 0 skipped', code: 1 },
  { when: 'all are skipped', tests: [named], ends: '0 passed, 0 failed, 1 skipped', code: 1 },
  { when: 'there is none', tests: [], ends: '0 passed, 1 failed, 0 skipped', code: 1 },
  {
    when: 'a file cannot be loaded',
    tests: [pass, "throw new Error('while loading')"],
    ends: '0 passed, 1 failed, 0 skipped',
    code: 1,
  },
  {
    when: 'a hook fails after the tests',
    tests: [pass, "afterAll(() => { throw new Error('in the hook') })"],
    ends: '1 passed, 1 failed, 0 skipped',
    code: 1,
  },
  {
    when: 'skips give their reasons in CI',
    tests: [pass, noted, named],
    ends: '1 passed, 0 failed, 2 skipped',
    code: 0,
    CI: 'true',
  },
  {
    when: 'a skip gives no reason at home',
    tests: [pass, bare],
    ends: '1 passed, 0 failed, 1 skipped',
    code: 0,
  },
  {
    when: 'a skip gives no reason in CI',
    tests: [pass, bare],
    ends: '1 passed, 0 failed, 1 skipped',
    code: 1,
    CI: 'true',
  },
]

test.each(runs)(
  'when $when, the last line and the exit code say so',
  ({ tests, ends, code, CI }) => {
    const text = [
      "import { afterAll, expect, test } from 'vitest'",
      'void afterAll, expect',
      ...tests,
    ]
    writeInto(checkout, 'test/sample.test.ts', text.join('\n'))
    const run = runScript(checkout, ['scripts/test.mjs'], CI ? { CI } : {})
    expect({ last: run.stdout.trimEnd().split('\n').at(-1), code: run.code }).toEqual({
      last: ends,
      code,
    })
  },
)

test('each skipped test is printed with its reason', () => {
  const text = ["import { expect, test } from 'vitest'", pass, noted, named, bare].join('\n')
  writeInto(checkout, 'test/sample.test.ts', text)
  const { stderr } = runScript(checkout, ['scripts/test.mjs'])
  expect(stderr).toContain('a packet goes out (no network namespaces here)')
  expect(stderr).toContain('a packet comes back (needs root)\n')
  expect(stderr).toContain('a packet is lost (no reason given)')
})

test('arguments go to vitest, and a filter that matches nothing is a failure', () => {
  writeInto(checkout, 'test/sample.test.ts', `import { test } from 'vitest'\n${pass}`)
  const { code, stdout } = runScript(checkout, ['scripts/test.mjs', 'no-such-file'])
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 0 failed, 0 skipped')
  expect(code).toBe(1)
})
