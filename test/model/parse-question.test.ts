import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuestion, parseQuestionProtocol, questionJsonSchema } from '#model'
import { question as questionSchema } from '../../src/model/schema/question.ts'

const bare = { from: 'i-web', to: '10.0.2.20', protocol: 'any' }

test('a question of all fields is accepted as it is', () => {
  const question = { ...bare, id: '', protocol: 'tcp', port: 3306, sourcePort: 1, scope: 'vpc-1' }
  expect(parseQuestion(question)).toEqual({ ok: true, question, problems: [] })
})

test('absent fields stay absent', () => {
  const parsed = parseQuestion(bare)
  expect(parsed.ok && Object.keys(parsed.question)).toEqual(['from', 'to', 'protocol'])
})

test.each([
  ['TCP', 'tcp'],
  ['Udp', 'udp'],
  ['ICMP', 'icmp'],
  ['gre', 'gre'],
  ['Any', 'any'],
  [6, 'tcp'],
  ['17', 'udp'],
  [1, 'icmp'],
  [47, 'gre'],
  [0, 0],
  ['255', 255],
  [50, 50],
])('the protocol %j is read as %j', (protocol, expected) => {
  expect(parseQuestion({ ...bare, protocol })).toMatchObject({ question: { protocol: expected } })
})

test.each([
  '',
  ' tcp',
  'http',
  'all',
  '256',
  '06',
  '6.0',
  '-1',
  -1,
  256,
  1.5,
  NaN,
  Infinity,
  -Infinity,
])('the protocol %j is refused', (protocol) => {
  expect(parseQuestionProtocol(protocol)).toBeUndefined()
  expect(parseQuestion({ ...bare, protocol })).toMatchObject({
    ok: false,
    problems: [{ code: 'bad-protocol', pointer: '/protocol' }],
  })
})

test.each([1, 443, 65_535])('the port %j is accepted with tcp and udp', (port) => {
  for (const protocol of ['tcp', 'udp', 6, 17]) {
    expect(parseQuestion({ ...bare, protocol, port })).toMatchObject({
      ok: true,
      question: { port },
    })
  }
})

test.each([0, -1, 65_536, 1.5, NaN])('the port %j is refused', (port) => {
  for (const field of ['port', 'sourcePort']) {
    expect(parseQuestion({ ...bare, protocol: 'tcp', [field]: port })).toMatchObject({
      ok: false,
      problems: [{ code: 'port-range', pointer: `/${field}` }],
    })
  }
})

test.each(['icmp', 'gre', 'any', 50])('%s goes without ports', (protocol) => {
  for (const field of ['port', 'sourcePort']) {
    const parsed = parseQuestion({ ...bare, protocol, [field]: 80 })
    expect(parsed.problems).toMatchObject([{ code: 'port-without-protocol', pointer: `/${field}` }])
    expect(parsed.problems[0].message).toBe(
      `The field "${field}" must be absent, as only tcp and udp have ports, but is 80.`,
    )
  }
})

test('everything that is wrong with a question is said at once', () => {
  const problems = parseQuestion({
    id: 7,
    from: '',
    protocol: 'smoke',
    port: '80',
    sourcePort: null,
    scope: '',
    form: 'i-web',
  }).problems.map(({ severity, pointer, code }) => `${severity} ${pointer} ${code}`)
  expect(problems).toEqual([
    'error /id wrong-type',
    'error /from empty-text',
    'error /to missing-field',
    'error /protocol bad-protocol',
    'error /port wrong-type',
    'error /sourcePort wrong-type',
    'error /scope empty-text',
    'error /form unknown-field',
  ])
})

test('an unknown field is refused, with the one that was probably meant', () => {
  const { port: _port, ...open } = { ...bare, port: 443 }
  const told = (field: object) => parseQuestion({ ...open, ...field }).problems
  expect(told({ prt: 443 })).toEqual([
    {
      severity: 'error',
      pointer: '/prt',
      code: 'unknown-field',
      message: 'The field "prt" is not known. Did you mean "port"?',
    },
  ])
  expect(told({ 'why/not': true, ['__proto__']: {} })).toMatchObject([
    {
      pointer: '/why~1not',
      message:
        'The field "why/not" is not known. Known are "id", "from", "to", "protocol", "port", "sourcePort", "scope".',
    },
    { pointer: '/__proto__' },
  ])
  expect(parseQuestion({ ...open, prt: 443 }).ok).toBe(false)
})

test.each([null, undefined, [], 'from a to b', 7])('%j is no question', (input) => {
  expect(parseQuestion(input)).toMatchObject({ ok: false, problems: [{ pointer: '' }] })
})

test('a question that throws when it is read is unreadable', () => {
  const question = {
    ...bare,
    get port() {
      throw new Error('no')
    },
  }
  expect(parseQuestion(question)).toMatchObject({
    ok: false,
    problems: [{ code: 'unreadable', pointer: '/port' }],
  })
})

test('a line of countless unknown fields is answered in bounded space', () => {
  const fields = Object.fromEntries(Array.from({ length: 5_000 }, (_, nth) => [`x${nth}`, nth]))
  const { ok, problems } = parseQuestion({ ...bare, ...fields })
  expect(ok).toBe(false)
  expect(problems).toHaveLength(1_001)
})

const protocols = ['tcp', 'UDP', 'icmp', 'gre', 'aNy', '6', '006', 6, 17, 255, 256, -1, 1.5, null]
const ports = [1, 80, 65_535, 0, 65_536, -1, 1.5, '80', null]
const mostly = <T>(value: T) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(value) }, fc.jsonValue())

test('the published schema accepts what the parser accepts', () => {
  const input = fc.record(
    {
      id: mostly('q-1'),
      from: mostly('a'),
      to: mostly('b'),
      protocol: fc.constantFrom(...protocols),
      port: fc.constantFrom(...ports),
      sourcePort: fc.constantFrom(...ports),
      scope: mostly('vpc-1'),
    },
    { requiredKeys: [] },
  )
  const pattern = new RegExp(
    /"pattern":("[^"]+")/.exec(JSON.stringify(questionJsonSchema()))?.[1].slice(1, -1) ?? '',
  )
  fc.assert(
    fc.property(input, (question) => {
      const { problems } = parseQuestion(question)
      // JSON Schema cannot say that a port depends on the protocol in so many spellings.
      fc.pre(problems.every(({ code }) => code !== 'port-without-protocol'))
      const refused = problems.length > 0
      const { protocol } = question
      const matches = typeof protocol !== 'string' || pattern.test(protocol)
      expect(questionSchema.safeParse(question).success && matches).toBe(!refused)
    }),
  )
})
