import { describe, expect, test } from 'vitest'

import { LabEnded } from '#lab'
import type { Arguments } from '../../src/cli/command.ts'
import { labUp } from '../../src/cli/lab/lab-up.ts'
import { labVerify } from '../../src/cli/lab/lab-verify.ts'
import { exampleNetwork } from './example-network.ts'
import { answered, fakeMachine, silent, wireLikePaper } from './fake-machine.ts'
import type { FakeMachine, FakeWire } from './fake-machine.ts'
import { makeFolder, put, withMemory } from './run-in-memory.ts'

const folder = makeFolder()
const path = put(folder, 'network.json', exampleNetwork)
const other = put(folder, 'other.json', {
  ...exampleNetwork,
  capturedAt: '2026-11-02T03:04:05Z',
})
const question = '{"from":"i-web-1","to":"i-db-1","protocol":"tcp","port":5432}\n'

describe('lab verify', () => {
  test('asks what the network raises, and ends with the sum', async () => {
    const { code, stdout } = await verify(fakeMachine({ wire: wireLikePaper(exampleNetwork) }))
    expect(code).toBe(0)
    expect(stdout).toContain('✔ Analyzer and packets agree: ')
    expect(stdout).toMatch(/each pair on TCP 5432, TCP 7 and ICMP/)
    expect(stdout).toMatch(/\n {2}verdict +(\d+) +\1 +0\n/)
    expect(lastLine(stdout)).toMatch(
      /^lab verify: \d+ asked, [1-9]\d* reachable, 0 disagree, \d+ not measured$/,
    )
  })

  test('shows both sides of every disagreement, and how to ask again', async () => {
    const { code, stdout } = await verify(fakeMachine({ wire: () => answered }))
    expect(code).toBe(1)
    expect(stdout).toContain('✖ Analyzer and packets disagree: ')
    expect(stdout).toContain('✖ i-web-1 → 10.0.2.20 (eni-db-1) · TCP 7 · verdict')
    expect(stdout).toMatch(/paper: unreachable, security group sg-db/)
    expect(stdout).toContain('wire: reachable, answered')
    expect(stdout.replaceAll(/\n +/g, ' ')).toContain(
      `hopwise diagnose --network ${path} --from i-web-1 --to 10.0.2.20 --protocol tcp --port 7`,
    )
  })

  test('asks a disagreement twice, and the second answer counts', async () => {
    const like = wireLikePaper(exampleNetwork)
    let sent = 0
    const wire: FakeWire = (ask, plan) => (sent++ === 0 ? flip(like(ask, plan)) : like(ask, plan))
    const { code } = await verify(fakeMachine({ wire }))
    expect(code).toBe(0)
  })

  test('takes what was not measured neither for agreement nor for the opposite', async () => {
    const wire: FakeWire = () => ({ kind: 'not_measured', why: 'the wire is cut' })
    const { code, stdout } = await verify(fakeMachine({ wire }))
    expect(code).toBe(3)
    expect(stdout).toContain('? Nothing could be measured: this proves nothing, either way.')
    expect(stdout).toMatch(/Not measured\n +(\d+) +the wire is cut\n/)
    expect(lastLine(stdout)).toMatch(/, 0 reachable, 0 disagree, [1-9]\d* not measured$/)
  })

  test('a machine that cannot hold a lab counts as not run', async () => {
    const { code, stdout, stderr } = await verify(
      fakeMachine({ against: 'unshare: unshare failed: Operation not permitted' }),
    )
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('this machine cannot run a lab')
  })

  test('a lab that somebody takes down meanwhile is no bug of ours', async () => {
    const wire: FakeWire = () => {
      throw new LabEnded('the lab has ended')
    }
    const { code, stdout, stderr } = await verify(fakeMachine({ wire }))
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('the lab has ended meanwhile: another command took it down')
  })

  test('brings a lab up for the time being, and ends it', async () => {
    const machine = fakeMachine()
    await verify(machine)
    const name = `verify-${process.pid}`
    expect(machine.deeds[0]).toBe(`start ${name}`)
    expect(machine.deeds.at(-1)).toBe(`end ${name}`)
    expect(machine.labs.size).toBe(0)
  })

  test('uses the lab that holds the same network, and leaves it standing', async () => {
    const machine = await standing()
    const { code, stderr } = await verify(machine)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(machine.deeds[0]).toBe('join lab')
    expect(machine.deeds.at(-1)).toBe('release lab')
    expect(machine.labs.has('lab')).toBe(true)
  })

  test('without NET takes the network of the lab', async () => {
    expect((await verify(await standing(), { operands: [] })).code).toBe(0)
    const none = await verify(fakeMachine(), { operands: [] })
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('no lab named lab is up')
  })

  test('does not use a lab that holds another network', async () => {
    const machine = await standing()
    const { stderr } = await verify(machine, { operands: [other] })
    expect(stderr).toContain('lab lab holds another network; another one is brought up')
    expect(machine.deeds[0]).toMatch(/^start verify-/)
  })

  test('speaks JSON', async () => {
    const { stdout } = await verify(fakeMachine({ wire: () => answered }), {
      options: { json: true },
    })
    const told = JSON.parse(stdout)
    expect(told).toMatchObject({ kind: 'hopwise.verification/v1', source: path, leftOut: [] })
    expect(told.disagreements[0]).toMatchObject({
      about: ['verdict'],
      paper: { verdict: 'unreachable' },
      wire: { verdict: 'reachable', outcome: { kind: 'answered' } },
    })
    expect(told.aspects.verdict.disagree).toBe(told.disagree)
  })

  test('speaks Chinese, but for the last line', async () => {
    const { stdout } = await verify(fakeMachine({ wire: () => answered }), {
      options: { language: 'zh-CN' },
    })
    expect(stdout).toContain('分析与实际报文有')
    expect(lastLine(stdout)).toMatch(/^lab verify: \d+ asked/)
  })
})

describe('lab verify --questions', () => {
  test('asks those, on standard input or in a file', async () => {
    const machine = fakeMachine({ wire: wireLikePaper(exampleNetwork) })
    const { code, stdout } = await ask(machine, question)
    expect(code).toBe(0)
    expect(lastLine(stdout)).toBe('lab verify: 1 asked, 1 reachable, 0 disagree, 0 not measured')
    const file = put(folder, 'q.jsonl', question.repeat(2))
    const again = await verify(machine, { options: { questions: file } })
    expect(lastLine(again.stdout)).toMatch(/ 0 disagree, 0 not measured$/)
  })

  test('sends several packets for a question that means many', async () => {
    const machine = fakeMachine({ wire: wireLikePaper(exampleNetwork) })
    const { stdout } = await ask(machine, '{"from":"i-web-1","to":"i-db-1","protocol":"any"}\n')
    expect(lastLine(stdout)).toMatch(/^lab verify: [3-9] asked, 1 reachable, 0 disagree/)
  })

  test('counts a question that no packet stands for, and says why', async () => {
    const { code, stdout } = await ask(
      fakeMachine(),
      '{"from":"i-wbe-1","to":"i-db-1","protocol":"tcp"}\n',
    )
    expect(code).toBe(3)
    expect(stdout.replaceAll(/\n +/g, ' ')).toContain('Did you mean i-web-1')
    expect(lastLine(stdout)).toBe('lab verify: 1 asked, 0 reachable, 0 disagree, 1 not measured')
  })

  test.each([
    ['x\n', 'line 1: not JSON'],
    [`${question}{"from":1}\n`, 'line 2: The field "from" must be a string'],
    [
      question + question.replace('"port"', '"dport"'),
      'line 2: The field "dport" is not known. Did you mean "port"?',
    ],
  ])('refuses lines that are no questions: %j', async (text, told) => {
    const machine = fakeMachine()
    const { code, stdout, stderr } = await ask(machine, text)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(told)
    expect(machine.deeds).toEqual([])
  })
})

async function standing(): Promise<FakeMachine> {
  const machine = fakeMachine({ wire: wireLikePaper(exampleNetwork) })
  await withMemory((shell) => labUp({ options: {}, operands: [path] }, shell, machine))
  machine.deeds.length = 0
  return machine
}

function verify(machine: FakeMachine, given: Partial<Arguments> = {}) {
  const whole = { options: {}, operands: [path], ...given }
  return withMemory((shell) => labVerify(whole, shell, machine))
}

function ask(machine: FakeMachine, input: string) {
  const given = { options: { questions: '-' }, operands: [path] }
  return withMemory((shell) => labVerify(given, shell, machine), { input: [input] })
}

function flip({ kind }: ReturnType<FakeWire>): ReturnType<FakeWire> {
  return kind === 'answered' ? silent : answered
}

function lastLine(text: string): string | undefined {
  return text.trimEnd().split('\n').at(-1)
}
