import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { seededRandom } from '#conformance'
import { schemaNamedBy } from '../cli/published-schema.ts'
import { root } from '../repository/source-file.ts'
import { processesWith } from './lab-machine.ts'

/** Somebody who runs the commands: who the tests run as, or, where that is root, an ordinary user. */
interface Person {
  readonly name: string
  /** Absent: who the tests run as. */
  readonly user?: number
  /** Why this person cannot run labs here. */
  readonly against?: string
}

interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const NOBODY = 65_534
const main = join(root, 'dist/cli/main.js')
const people: readonly Person[] = [
  person(process.getuid?.() === 0 ? 'root' : 'an ordinary user'),
  ...(process.getuid?.() === 0 ? [person('the user nobody', NOBODY)] : []),
]
const scenarios = [
  { name: 'first-look', path: 'scenarios/first-look/network', inside: 'i-web-1' },
  {
    name: 'two-vpcs-peering',
    path: 'scenarios/two-vpcs-peering/network.json',
    inside: 'i-shop-1',
  },
]
const folders: { readonly who: Person; readonly folder: string }[] = []

beforeAll(() => {
  if (!existsSync(main)) spawnSync(process.execPath, [join(root, 'scripts/build.mjs')])
}, 120_000)

afterAll(() => {
  for (const { who, folder } of folders) {
    run(who, folder, ['lab', 'down', '--all'])
    rmSync(folder, { recursive: true, force: true })
  }
})

describe.each(people)('as $name', (who) => {
  test.for(scenarios)(
    'the scenario $name is made real, verified, entered and ended',
    ({ name, path, inside }, { skip }) => {
      if (who.against !== undefined) return skip(who.against)
      const labs = labsOf(who)
      const up = run(who, labs, ['lab', 'up', path, '--name', name])
      expect(up).toMatchObject({ code: 0, stderr: '' })
      expect(up.stdout).toContain(`Lab ${name} is up: 4 instances`)
      expect(run(who, labs, ['lab', 'list']).stdout).toContain(join(root, path))

      const verified = run(who, labs, ['lab', 'verify', path, '--name', name])
      expect(verified).toMatchObject({ code: 0, stderr: '' })
      expect(verified.stdout.trimEnd().split('\n').at(-1)).toMatch(
        /^lab verify: \d+ asked, [1-9]\d* reachable, 0 disagree, \d+ not measured$/,
      )

      const shell = (...command: readonly string[]): Ran =>
        run(who, labs, ['lab', 'shell', inside, '--name', name, '--', ...command])
      expect(shell('ip', '-brief', 'address').stdout).toMatch(/^lo .*\neth0@\S+ +UP +10\./)
      expect(shell('sh', '-c', 'exit 23').code).toBe(23)
      expect(shell('pwd').stdout.trim()).toBe(realpathSync(root))

      expect(run(who, labs, ['lab', 'down', name])).toEqual({
        code: 0,
        stdout: `Lab ${name} is down.\n`,
        stderr: '',
      })
      expect(leftIn(labs)).toEqual([])
    },
  )

  test.for(scenarios)(
    'of the scenario $name, what is printed with --json is what its schema names',
    ({ path }, { skip }) => {
      if (who.against !== undefined) return skip(who.against)
      const labs = labsOf(who)
      const commands = [['up', path], ['up', path, '--dry-run'], ['list'], ['verify', path]]
      for (const [word = '', ...words] of commands) {
        const { code, stdout } = run(who, labs, ['lab', word, ...words, '--json'])
        const document = JSON.parse(stdout)
        expect({ code, document: schemaNamedBy(document).parse(document) }).toEqual({
          code: 0,
          document,
        })
      }
      expect(run(who, labs, ['lab', 'down']).code).toBe(0)
      expect(leftIn(labs)).toEqual([])
    },
  )

  test('a program that still runs inside ends with the lab', async ({ skip }) => {
    if (who.against !== undefined) return skip(who.against)
    const labs = labsOf(who)
    run(who, labs, ['lab', 'up', 'scenarios/first-look/network'])
    const sleeper = start(who, labs, ['lab', 'shell', 'i-web-1', '--', 'sleep', '600'])
    const ended = once(sleeper, 'exit')
    await wait(1_000)
    const down = run(who, labs, ['lab', 'down'])
    expect(down.stdout).toBe('Lab lab is down; one program inside ended with it.\n')
    const [code] = await ended
    expect(code).not.toBe(0)
    expect(leftIn(labs)).toEqual([])
  })

  test.for(['up', 'verify'])(
    'Ctrl-C in the middle of %s leaves nothing',
    async (what, { skip }) => {
      if (who.against !== undefined) return skip(who.against)
      const labs = labsOf(who)
      // After the longest of these, `up` has done its work on a quick machine: then it is ended.
      for (const after of [150, 300, 450, 700]) {
        const child = start(who, labs, ['lab', what, 'scenarios/public-inbound/network.json'])
        const ended = once(child, 'close')
        let said = ''
        child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
        await wait(after)
        child.kill('SIGINT')
        const [, signal] = await ended
        const finished = said.startsWith('Lab lab is up')
        if (finished) run(who, labs, ['lab', 'down'])
        expect(finished || signal === 'SIGINT').toBe(true)
        expect(leftIn(labs)).toEqual([])
      }
    },
  )

  test('a command killed in its middle, twenty times, leaves what the next one cleans', async ({
    skip,
  }) => {
    if (who.against !== undefined) return skip(who.against)
    const labs = labsOf(who)
    const network = 'scenarios/public-inbound/network.json'
    const seed = Number(process.env['HOPWISE_SEED'] ?? Date.now() % 1_000_000)
    process.stdout.write(`lab-cli: kills from HOPWISE_SEED=${seed}\n`)
    const random = seededRandom(seed)
    for (let round = 0; round < 20; round++) {
      const [what, ...words] = [['up', network], ['verify', network], ['down']][round % 3] ?? []
      if (what === 'down') run(who, labs, ['lab', 'up', network])
      const child = start(who, labs, ['lab', what ?? '', ...words])
      const ended = once(child, 'close')
      await wait(100 + random() * 600)
      child.kill('SIGKILL')
      await ended
      expect(run(who, labs, ['lab', 'list']).code).toBe(0)
      expect(run(who, labs, ['lab', 'down', '--all']).code).toBe(0)
      expect({ round, what, left: leftIn(labs) }).toEqual({ round, what, left: [] })
      // What was begun and nobody waits for any more ends by itself.
      const gone = () => expect(processesWith(`HOPWISE_LABS=${labs}`)).toEqual([])
      await vi.waitFor(gone, { timeout: 10_000, interval: 100 })
    }
  })
})

test('the examples of the help work as they are pasted, in their order', ({ skip }) => {
  const [who] = people
  if (who.against !== undefined) return skip(who.against)
  const labs = labsOf(who)
  const examples = ['up', 'verify', 'shell', 'list', 'down'].flatMap((word) => {
    const { stdout } = run(who, labs, ['lab', word, '--help'])
    return stdout.slice(stdout.indexOf('Examples:')).trim().split('\n').slice(1)
  })
  expect(examples).toHaveLength(10)
  for (const example of examples) {
    const script = `npx() { shift; "$NODE" "$MAIN" "$@"; }\n${example}`
    const { status, stderr } = spawnSync('bash', ['-c', script], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, HOPWISE_LABS: labs, NODE: process.execPath, MAIN: main },
    })
    // One of them pings what does not answer.
    expect({ example, stderr, fine: status === 0 || status === 1 }).toEqual({
      example,
      stderr: '',
      fine: true,
    })
  }
  expect(leftIn(labs)).toEqual([])
})

function person(name: string, user?: number): Person {
  const who = { name, ...(user === undefined ? {} : { user }) }
  const against = objection(who)
  return against === undefined ? who : { ...who, against }
}

/** What the machine says against namespaces of this person, or against reading the build. */
function objection(who: Person): string | undefined {
  const asRoot = (who.user ?? process.getuid?.()) === 0
  const words = [...(asRoot ? [] : ['--user', '--map-root-user']), '--net', '--mount', 'true']
  const made = as(who, 'unshare', words)
  if (made.status !== 0) return `no namespaces here: ${made.stderr || String(made.error)}`
  const read = as(who, 'test', ['-r', join(root, 'package.json')])
  return read.status === 0 ? undefined : 'this user cannot read the checkout'
}

function labsOf(who: Person): string {
  const folder = mkdtempSync(join(tmpdir(), 'hopwise-proof-'))
  folders.push({ who, folder })
  if (who.user !== undefined) chownSync(folder, who.user, who.user)
  return folder
}

/** Folders of labs that are still there. */
function leftIn(labs: string): readonly string[] {
  return readdirSync(labs).flatMap((name) => readdirSync(join(labs, name)))
}

function as(who: Person, program: string, words: readonly string[]) {
  const [command, ...rest] = wordsFor(who, [program, ...words])
  return spawnSync(command, rest, { encoding: 'utf8' })
}

function run(who: Person, labs: string, argv: readonly string[]): Ran {
  const [command, ...words] = wordsFor(who, [process.execPath, main, ...argv])
  const { status, stdout, stderr } = spawnSync(command, words, settings(labs))
  return { code: status, stdout, stderr }
}

function start(who: Person, labs: string, argv: readonly string[]) {
  const [command, ...words] = wordsFor(who, [process.execPath, main, ...argv])
  return spawn(command, words, { ...settings(labs), stdio: ['ignore', 'pipe', 'ignore'] })
}

function settings(labs: string) {
  const { PATH } = process.env
  return { cwd: root, encoding: 'utf8', env: { PATH, HOPWISE_LABS: labs, HOME: labs } } as const
}

function wordsFor({ user }: Person, words: readonly string[]): readonly [string, ...string[]] {
  const [program = '', ...rest] = words
  if (user === undefined) return [program, ...rest]
  return ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', program, ...rest]
}
