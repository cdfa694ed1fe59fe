import { expect, test } from 'vitest'
import { parseNetwork, parseQuestion, PROBLEM_LIMIT, problemCodes } from '#model'
import type { ProblemCode } from '#model'
import { problemCases } from './problem-cases.ts'
import { edited, REMOVE } from './sample-network.ts'

test.each(problemCases)('$code is found at $pointer: $message', (expected) => {
  const { code, edits, pointer, severity = 'error', message } = expected
  const { ok, problems } = parseNetwork(edited(edits))
  expect(problems).toContainEqual(expect.objectContaining({ code, pointer, severity, message }))
  expect(ok).toBe(problems.every((problem) => problem.severity === 'warning'))
})

test('one edit that breaks one thing brings one problem, and no others in its train', () => {
  const trains = problemCases
    .map(({ edits }) => parseNetwork(edited(edits)).problems.map(({ code }) => code))
    .filter((codes) => codes.length > 1)
  expect(trains).toEqual([])
})

test('every code has a case here that brings it about', () => {
  const elsewhere: readonly ProblemCode[] = ['unreadable', 'more-problems', 'port-without-protocol']
  const seen = new Set([...problemCases.map(({ code }) => code), ...elsewhere])
  expect(problemCodes.filter((code) => !seen.has(code))).toEqual([])
})

test('a field that is missing and one that is misspelt for it are both told', () => {
  const { problems } = parseNetwork(
    edited({ '/instance/0/state': REMOVE, '/instance/0/stat': 'Running' }),
  )
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('The field "state" is missing'),
    'The field "stat" is not known here and is ignored. Did you mean "state"?',
  ])
})

test('what stands there already is no spelling of another field', () => {
  const { problems } = parseNetwork(edited({ '/instance/0/ids': 'i-web' }))
  expect(problems).toMatchObject([{ pointer: '/instance/0/ids' }])
  expect(problems[0].message).not.toContain('mean "id"')
})

test.each([
  { address: '10.0.2.60', listeners: [], state: 'ACTIVE' },
  { address: '10.0.2.60', listeners: [], state: 'Inactive' },
  { address: '10.0.2.60', state: 'Activ' },
  { address: '10.0.2.60', listeners: [], state: 'provisioning', provider: 'aws' },
])('the state of a load balancer is no problem where it is known or counts for nothing', (item) => {
  const home = { provider: 'alibaba', account: '1001', region: 'cn-hangzhou', vpcId: 'vpc-1' }
  const balancer = { ...home, id: 'lb-1', ...item }
  const { problems } = parseNetwork(edited({ '/loadBalancer': [balancer] }))
  expect(problems.filter(({ pointer }) => pointer.endsWith('/state'))).toEqual([])
})

test('only the first of countless dangling ids are compared with those that there are', () => {
  const groups = Array.from({ length: 500 }, (_, nth) => `sg-we${nth % 10}`)
  const { problems } = parseNetwork(edited({ '/networkInterface/0/securityGroupIds': groups }))
  const helped = problems.filter(({ message }) => message.endsWith(' Did you mean sg-web?'))
  expect(problems).toHaveLength(500)
  expect(helped).toHaveLength(20)
})

test('a value that throws when it is read is named as unreadable', () => {
  const network = edited({})
  Object.defineProperty(Reflect.get(Object(network), 'vpc'), '1', {
    get: () => {
      throw new Error('not today')
    },
  })
  expect(parseNetwork(network)).toEqual({
    ok: false,
    problems: [expect.objectContaining({ code: 'unreadable', pointer: '/vpc/1' })],
  })
})

test('a port beside a protocol without ports is refused in a question', () => {
  const question = { from: 'a', to: 'b', protocol: 'icmp', port: -1 }
  expect(parseQuestion(question)).toMatchObject({
    ok: false,
    problems: [{ code: 'port-without-protocol', pointer: '/port', found: '-1' }],
  })
})

test('the problems of many broken items are counted, and the first of them kept', () => {
  const broken = Array.from({ length: PROBLEM_LIMIT + 25 }, () => ({}))
  const { problems } = parseNetwork({ kind: 'hopwise.network/v1', gaps: broken })
  expect(problems).toHaveLength(PROBLEM_LIMIT + 1)
  // Each lacks kind, provider and call.
  const message = `And ${3 * broken.length - PROBLEM_LIMIT} more problems.`
  expect(problems.at(-1)).toEqual({
    severity: 'error',
    pointer: '',
    code: 'more-problems',
    message,
  })
})

test('a flood of warnings does not hide the error behind it', () => {
  const odd = Object.fromEntries(
    Array.from({ length: PROBLEM_LIMIT + 5 }, (_, nth) => [`x${nth}`, 0]),
  )
  const { ok, problems } = parseNetwork({ ...odd, kind: 'hopwise.network/v1', vpc: 5 })
  expect(ok).toBe(false)
  expect(problems[0]).toMatchObject({ severity: 'error', pointer: '/vpc' })
  expect(problems.at(-1)).toMatchObject({ severity: 'warning', message: 'And 6 more problems.' })
})
