import { describe, expect, test } from 'vitest'

import type { LanguageTag } from '#findings'
import type { Answer, AnswerPart } from '#model'
import { displayWidth } from '../../src/cli/report/display-width.ts'
import { uncoloured } from '../../src/cli/report/paint.ts'
import { partLines } from '../../src/cli/report/part-lines.ts'
import { renderReport } from '../../src/cli/report/render-report.ts'
import type { ReportStyle } from '../../src/cli/report/report-style.ts'
import { exampleNetwork } from './example-network.ts'
import { makeFolder, put, runInMemory } from './run-in-memory.ts'
import { blocked, partial, supposed } from './sample-answers.ts'

const answers: Readonly<Record<string, Answer>> = { blocked, partial, supposed }

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

test('the leg that first goes on after a drop says that the rest is supposed, and only that leg', () => {
  const style = { language: 'en', detail: 'short', width: Infinity, paint: uncoloured } as const
  const titles = (answer: Answer) =>
    renderReport(answer, style)
      .split('\n')
      .filter((line) => /^(?:Forward|Return): /.test(line))
  expect(titles(supposed)).toEqual([
    'Forward: dropped · what follows supposes that each ✖ is mended',
    'Return: would arrive',
  ])
  expect(titles(blocked)).toEqual(['Forward: dropped', 'Return: not walked'])
  const { hops } = supposed
  const back: Answer = {
    ...supposed,
    legs: { forward: 'admitted', return: 'refused' },
    hops: hops.slice(0, 2).map((hop) => ({ ...hop, leg: 'return' })),
  }
  expect(titles(back)).toEqual([
    'Forward: arrives',
    'Return: dropped · what follows supposes that each ✖ is mended',
  ])
})

test('what would not change the verdict is folded, and --wide and --trace show it', () => {
  const shown = (detail: ReportStyle['detail'], verdict: Answer['verdict']) =>
    renderReport(
      { ...supposed, verdict },
      { language: 'en', detail, width: Infinity, paint: uncoloured },
    )
  const folded = shown('short', 'unreachable')
  expect(folded).toMatch(/ 1\. ✖ .*\n(?: {7}.*\n)+ {2}2\. - informs: .*isolates its members/)
  expect(folded).not.toContain('vpn-1 carries')
  expect(folded).toContain('and 2 more that would not change this verdict (--wide)')
  for (const whole of [
    shown('wide', 'unreachable'),
    shown('trace', 'unreachable'),
    shown('short', 'undetermined'),
  ]) {
    expect(whole).toContain('vpn-1 carries')
    expect(whole).toContain('i-db-1 would have to forward')
    expect(whole).not.toContain('more that would not')
  }
})

describe('the parts of an answer', () => {
  const lines = (parts: readonly AnswerPart[], detail: ReportStyle['detail'] = 'short') =>
    partLines(parts, { language: 'en', detail, width: Infinity, paint: uncoloured })
  const part: AnswerPart = {
    verdict: 'unreachable',
    protocol: 'tcp',
    source: '198.51.100.0/24',
    sourcePorts: '1024-65535',
    ports: '443',
  }

  test('say what tells them apart, and nothing that they share', () => {
    expect(lines([part, { ...part, verdict: 'reachable', source: '203.0.113.1' }])).toEqual([
      '  ✖ unreachable · TCP 443 · Source 198.51.100.0/24',
      '  ✔ reachable · TCP 443 · Source 203.0.113.1',
    ])
    expect(lines([part, { ...part, sourcePorts: '443' }])).toEqual([
      '  ✖ unreachable · TCP 443 · Source ports 1024-65535',
      '  ✖ unreachable · TCP 443 · Source ports 443',
    ])
    expect(lines([part, { ...part, destination: '10.0.0.9' }])[1]).toContain('Destination 10.0.0.9')
  })

  test('are folded when they are many, but never all parts of one verdict', () => {
    const many = Array.from({ length: 20 }, (_, i) => ({ ...part, source: `10.0.0.${i}` }))
    const open: AnswerPart = { ...part, verdict: 'reachable' }
    const short = lines([...many, open])
    expect(short).toHaveLength(9)
    expect(short.at(-2)).toContain('✔ reachable')
    expect(short.at(-1)).toBe('  and 13 more (--wide)')
    expect(lines([...many, open], 'wide')).toHaveLength(21)
    expect(lines(many.slice(0, 9)).at(-1)).toContain('10.0.0.8')
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
