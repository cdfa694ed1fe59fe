import { expect, test } from 'vitest'

import type { Shell } from '#cli'
import { openProgress } from '../../src/cli/progress.ts'

test('nothing is shown within the first second', () => {
  const { said, report, pass } = watch({ isTerminal: true })
  report('reading…')
  pass(999)
  report('parsing…')
  expect(said()).toBe('')
})

test('what lasts longer is shown on one line that overwrites itself, and is wiped in the end', () => {
  const { said, report, pass, end } = watch({ isTerminal: true })
  pass(1_500)
  report('reading…')
  pass(200)
  report('parsing…')
  end()
  end()
  expect(said()).toBe('\r\u001b[Kreading…\r\u001b[Kparsing…\r\u001b[K')
})

test('it is written at most ten times a second', () => {
  const { said, report, pass } = watch({ isTerminal: true })
  pass(1_000)
  for (let step = 0; step < 1_000; step += 1) {
    report(`${step} %`)
    pass(1)
  }
  expect(said().split('\r')).toHaveLength(11)
})

test('it never breaks the line of a narrow terminal, nor lets a file name move the cursor', () => {
  const { said, report, pass } = watch({ isTerminal: true, columns: 20 })
  pass(2_000)
  report(`reading \u001b[2J${'long'.repeat(20)}`)
  expect(said()).toBe('\r\u001b[Kreading \\u{1b}[2Jlo')
})

test.each([
  ['in a pipe', { isTerminal: false }, {}],
  ['in CI', { isTerminal: true }, { CI: 'true' }],
])('nothing is shown %s', (_where, terminal, env) => {
  const { said, report, pass, end } = watch(terminal, env)
  pass(10_000)
  report('reading…')
  end()
  expect(said()).toBe('')
})

function watch(
  { isTerminal, columns }: { readonly isTerminal: boolean; readonly columns?: number },
  env: Shell['env'] = {},
) {
  let written = ''
  let time = 0
  const output = {
    write: (text: string) => {
      written += text
      return true
    },
    drained: async () => {},
    closed: () => false,
    isTerminal,
    columns,
  }
  const progress = openProgress({ stderr: output, env }, () => time)
  return {
    ...progress,
    said: () => written,
    pass: (milliseconds: number) => {
      time += milliseconds
    },
  }
}
