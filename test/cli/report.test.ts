import { describe, expect, test } from 'vitest'

import type { LanguageTag } from '#findings'
import type { Answer } from '#model'
import { displayWidth } from '../../src/cli/report/display-width.ts'
import { uncoloured } from '../../src/cli/report/paint.ts'
import { renderReport } from '../../src/cli/report/render-report.ts'
import type { ReportStyle } from '../../src/cli/report/report-style.ts'
import { exampleNetwork } from './example-network.ts'
import { makeFolder, put, runInMemory } from './run-in-memory.ts'
import { blocked, partial } from './sample-answers.ts'

const answers: Readonly<Record<string, Answer>> = { blocked, partial }

const looks: Readonly<Record<string, Pick<ReportStyle, 'detail' | 'width'>>> = {
  short: { detail: 'short', width: 80 },
  narrow: { detail: 'short', width: 48 },
  wide: { detail: 'wide', width: Infinity },
  trace: { detail: 'trace', width: 80 },
}

describe('a report looks like this', () => {
  for (const [name, answer] of Object.entries(answers))
    for (const [look, given] of Object.entries(looks))
      for (const language of ['en', 'zh-CN'] as const satisfies readonly LanguageTag[])
        test(`${name} answer, ${look}, in ${language}`, async () => {
          const report = renderReport(answer, { ...given, language, paint: uncoloured })
          const file = `fixtures/report/${name}-${look}.${language}.txt`
          await expect(report).toMatchFileSnapshot(file)
          for (const line of report.split('\n'))
            expect(displayWidth(line)).toBeLessThanOrEqual(given.width)
        })
})

test('a command that is broken over lines is the same command for a shell', () => {
  const report = renderReport(blocked, {
    language: 'en',
    detail: 'short',
    width: 60,
    paint: uncoloured,
  })
  const begun = report.indexOf('aliyun')
  const command = report.slice(begun, report.indexOf('\n  2.', begun))
  expect(command.split('\n').length).toBeGreaterThan(2)
  expect(command.replaceAll(/ \\\n +/g, ' ')).toBe(
    'aliyun ecs AuthorizeSecurityGroup --SecurityGroupId sg-db --IpProtocol tcp --PortRange 3306/3306 --SourceCidrIp 10.0.1.10/32',
  )
})

describe('colour and language follow the outside', () => {
  const network = put(makeFolder(), 'network.json', exampleNetwork)
  const asked = [
    'diagnose',
    '--network',
    network,
    '--from',
    'i-web-1',
    '--to',
    'i-db-1',
    '--port',
    '3306',
  ]
  const terminal = { columns: 80 }
  const escape = '\u001b['

  test.each([
    ['on a terminal', { terminal }, true],
    ['in a pipe', {}, false],
    ['on a terminal with NO_COLOR', { terminal, env: { NO_COLOR: '1' } }, false],
    [
      'on a terminal with NO_COLOR empty, which means nothing',
      { terminal, env: { NO_COLOR: '' } },
      true,
    ],
    ['on a dumb terminal', { terminal, env: { TERM: 'dumb' } }, false],
    ['in a pipe with FORCE_COLOR', { env: { FORCE_COLOR: '1' } }, true],
    ['on a terminal with FORCE_COLOR=0', { terminal, env: { FORCE_COLOR: '0' } }, false],
    ['with NO_COLOR and FORCE_COLOR', { env: { NO_COLOR: '1', FORCE_COLOR: '1' } }, true],
  ])('colour %s', async (_where, outside, wanted) => {
    const { stdout } = await runInMemory(asked, outside)
    expect(stdout.includes(escape)).toBe(wanted)
  })

  test('without colour the report says the same', async () => {
    const { stdout: plain } = await runInMemory(asked)
    const { stdout: coloured } = await runInMemory(asked, { env: { FORCE_COLOR: '1' } })
    // oxlint-disable-next-line no-control-regex -- colour is made of them
    expect(coloured.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(plain)
  })

  test('JSON is never coloured', async () => {
    const { stdout } = await runInMemory([...asked, '--json'], { env: { FORCE_COLOR: '1' } })
    expect(stdout).not.toContain(escape)
  })

  test.each([
    [{ LANG: 'zh_CN.UTF-8' }, '去程'],
    [{ LC_ALL: 'zh_TW.UTF-8', LANG: 'en_US.UTF-8' }, '去程'],
    [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'Forward'],
    [{ LC_MESSAGES: 'en_US', LANG: 'zh_CN' }, 'Forward'],
    [{ LANG: 'zhuang' }, 'Forward'],
    [{}, 'Forward'],
  ])('with the locale %o a report says %s', async (env, word) => {
    expect((await runInMemory(asked, { env })).stdout).toContain(word)
  })

  test('--language comes before the locale', async () => {
    const env = { LANG: 'zh_CN.UTF-8' }
    expect((await runInMemory([...asked, '--language', 'en'], { env })).stdout).toContain('Forward')
    expect((await runInMemory([...asked, '--language', 'ZH-cn'])).stdout).toContain('去程')
  })

  test('a report fits a narrow terminal and does not sprawl on a wide one', async () => {
    for (const [columns, most] of [
      [20, 48],
      [60, 60],
      [400, 100],
    ] as const) {
      const { stdout } = await runInMemory(asked, { terminal: { columns }, env: { NO_COLOR: '1' } })
      const prose = stdout.split('\n').filter((line) => !line.includes('--'))
      for (const line of prose) expect(displayWidth(line)).toBeLessThanOrEqual(most)
    }
  })
})
