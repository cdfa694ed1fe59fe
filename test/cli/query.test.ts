import { describe, expect, test } from 'vitest'

import { exampleNetwork } from './example-network.ts'
import { makeFolder, put, runInMemory } from './run-in-memory.ts'
import type { Outside } from './run-in-memory.ts'

const folder = makeFolder()
const network = put(folder, 'network.json', exampleNetwork)
const open = { from: 'i-web-1', to: 'i-db-1', protocol: 'tcp', port: 5432 }
const shut = { ...open, port: 3306 }

describe('a stream of questions', () => {
  test('is answered line by line in its order, with the ids that were given', async () => {
    const { lines, code } = await query([
      JSON.stringify({ id: 'a', ...open }),
      JSON.stringify({ id: 'b', ...shut }),
      JSON.stringify(open),
    ])
    expect(code).toBe(0)
    expect(lines.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['a', 'reachable'],
      ['b', 'unreachable'],
      [undefined, 'reachable'],
    ])
    expect(lines[1]).toMatchObject({
      kind: 'hopwise.answer/v1',
      findings: [
        {
          code: 'sg.ingress.no-match',
          component: { id: 'sg-db' },
        },
      ],
    })
    expect(textsIn(lines[1])).toEqual([])
  })

  test('has sentences with --messages, and is the same answer apart from them', async () => {
    const asked = [JSON.stringify({ id: 'a', ...open }), JSON.stringify({ id: 'b', ...shut })]
    const { lines: plain } = await query(asked)
    const { lines: told } = await query(asked, ['--messages'])
    expect(told).toMatchObject(plain)
    expect(told[1]).toMatchObject({
      summary: expect.stringContaining('i-web-1 cannot reach i-db-1'),
      findings: [
        {
          message: expect.stringContaining('sg-db'),
          advice: expect.stringContaining('aliyun'),
        },
      ],
    })
    expect(new Set(textsIn(told[1]))).toEqual(new Set(['summary', 'message', 'advice']))
  })

  test('is refused with --messages and --verdict-only together', async () => {
    const { code, stderr, lines } = await query(
      [JSON.stringify(open)],
      ['--messages', '--verdict-only'],
    )
    expect({ code, lines }).toEqual({ code: 2, lines: [] })
    expect(stderr).toContain('--verdict-only and --messages contradict each other')
  })

  test('gives with --verdict-only the same verdicts and nothing else', async () => {
    const { lines } = await query(
      [
        JSON.stringify({ id: 'a', ...open }),
        JSON.stringify(shut),
        '{"id":"\\"\\u0001"}'.replace(
          '}',
          ',"from":"i-web-1","to":"i-db-1","protocol":"tcp","port":3306}',
        ),
      ],
      ['--verdict-only'],
    )
    expect(lines).toEqual([
      { id: 'a', verdict: 'reachable' },
      { verdict: 'unreachable' },
      { id: '"\u0001', verdict: 'unreachable' },
    ])
  })

  test('goes on after lines that are no questions, each of which is answered by its fault', async () => {
    const given = [
      JSON.stringify({ id: 'a', ...open }),
      'no JSON at all',
      '[1]',
      '{"id":"c","from":"i-web-1"}',
      '{"id":7,"from":"i-web-1","to":"i-db-1","protocol":"tcp"}',
      JSON.stringify({ id: 'd', ...open, from: 'i-wab-1' }),
      '{"id":"e","from":"i-web-1","to":"i-db-1","protocol":"tcp","port":1e400}',
      '{"__proto__":{"from":"i-web-1"},"to":"i-db-1","protocol":"tcp"}',
      Buffer.from('{"id":"caf\u00e9"}', 'latin1'),
      JSON.stringify({ id: 'f', ...open }),
    ]
    const { lines, code, stderr } = await query(given)
    expect(code).toBe(0)
    expect(lines.map(({ id, verdict, error }) => [id, verdict ?? error?.code])).toEqual([
      ['a', 'reachable'],
      [undefined, 'line.not-json'],
      [undefined, 'question.invalid'],
      ['c', 'question.invalid'],
      [undefined, 'question.invalid'],
      ['d', expect.stringContaining('.')],
      ['e', 'question.invalid'],
      [undefined, 'question.invalid'],
      [undefined, 'line.not-utf8'],
      ['f', 'reachable'],
    ])
    expect(lines[3].error?.message).toBe(
      'Line 4: The field "to" is missing; it must be a string. The field "protocol" is missing; it must be "tcp", "udp", "icmp", "gre", "any" or a protocol number from 0 to 255.',
    )
    expect(lines[5].error?.candidates).toContain('i-web-1')
    expect(stderr).toBe(
      'hopwise query: 8 of 10 questions could not be asked; their lines say why.\n',
    )
  })

  test('refuses a field that it does not know, by line and name, and answers the next', async () => {
    const { lines } = await query([
      JSON.stringify(open),
      JSON.stringify({ id: 'b', ...open, prot: 'udp', destinationPort: 1 }),
      JSON.stringify({ ...open, port: undefined, Port: 5432 }),
      JSON.stringify(shut),
    ])
    expect(lines.map(({ verdict, error }) => verdict ?? error)).toEqual([
      'reachable',
      {
        code: 'question.invalid',
        message:
          'Line 2: The field "prot" is not known. Known are "id", "from", "to", "protocol", "port", "sourcePort", "scope". The field "destinationPort" is not known. Known are "id", "from", "to", "protocol", "port", "sourcePort", "scope".',
      },
      {
        code: 'question.invalid',
        message: 'Line 3: The field "Port" is not known. Did you mean "port"?',
      },
      'unreachable',
    ])
    expect(lines[1].id).toBe('b')
  })

  test('tells the first faults of a line that has thousands', async () => {
    const fields = Object.fromEntries(Array.from({ length: 3_000 }, (_, nth) => [`x${nth}`, nth]))
    const { lines } = await query([JSON.stringify({ ...open, ...fields })])
    expect(lines[0].error?.message.length).toBeLessThan(2_000)
    expect(lines[0].error?.message).toMatch(/And more problems\.$/)
  })

  test('refuses a line of more than a megabyte and answers the next', async () => {
    const long = `{"id":"x","from":"${'a'.repeat(3_000_000)}"}`
    const { lines } = await query([long, JSON.stringify(open)])
    expect(lines[0].error).toEqual({
      code: 'line.too-long',
      message: 'Line 1 is longer than 1 MB; a question takes less than a kilobyte.',
    })
    expect(lines[1].verdict).toBe('reachable')
  })

  test('may have blank lines, carriage returns, a byte order mark and no last newline', async () => {
    const text = `\uFEFF${JSON.stringify(open)}\r\n\r\n  \n${JSON.stringify(shut)}`
    const { lines, code } = await query([text])
    expect(code).toBe(0)
    expect(lines.map(({ verdict }) => verdict)).toEqual(['reachable', 'unreachable'])
  })

  test('that is empty has no answers', async () => {
    expect(await query([])).toMatchObject({ code: 0, lines: [], stderr: '' })
  })

  test('can be a file, and speaks the language that was asked for', async () => {
    const path = put(folder, 'questions.jsonl', `${JSON.stringify(shut)}\n`)
    const { stdout } = await runInMemory([
      'query',
      '--network',
      network,
      '--questions',
      path,
      '--messages',
      '--language',
      'zh-CN',
    ])
    expect(JSON.parse(stdout).summary).toContain('无法')
  })
})

/** Names of the fields of an answer that are written for people, wherever they stand. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    ['summary', 'message', 'advice'].includes(key) ? [key] : textsIn(inner),
  )
}

interface AnswerLine {
  readonly kind?: string
  readonly id?: string
  readonly verdict?: string
  readonly error?: {
    readonly code: string
    readonly message: string
    readonly candidates?: readonly string[]
  }
}

async function query(questions: readonly (string | Buffer)[], more: readonly string[] = []) {
  const input: Outside['input'] = [
    Buffer.concat(questions.flatMap((line) => [Buffer.from(line), Buffer.from('\n')])),
  ]
  const argv = ['query', '--network', network, '--questions', '-', ...more]
  const { code, stdout, stderr } = await runInMemory(argv, { input })
  const lines: AnswerLine[] = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
  return { code, stderr, lines }
}
