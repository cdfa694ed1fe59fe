import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { mainJob } from '../../scripts/main-job.mjs'
import { environment, makeCheckout, runScript, writeInto } from './make-checkout.ts'

/** A command line that prints its arguments and ends as the environment tells it to. */
const commandLine = `#!/usr/bin/env node
import { greeting } from './greet.ts'
if (process.argv[2] === 'serve') {
  process.once('SIGTERM', () => process.exit(42))
  setInterval(() => {}, 1000)
}
console.log(greeting, ...process.argv.slice(2))
process.exitCode = Number(process.env['END'] ?? 0)
`

const start = 'scripts/start.mjs'
let checkout = ''

beforeAll(() => {
  checkout = makeCheckout({
    'src/cli/main.ts': commandLine,
    'src/cli/greet.ts': "export const greeting: string = 'ran'\n",
    'src/cli/table.sql': 'select 1\n',
  })
})

afterAll(() => rmSync(checkout, { recursive: true, force: true }))

test('a first start builds, then runs the main job; an unreachable verdict is a success', () => {
  const { code, stdout, stderr } = runScript(checkout, [start, '--once'], { END: '1' })
  expect({ code, stdout }).toEqual({ code: 0, stdout: `ran ${mainJob.join(' ')}\n` })
  expect(stderr).toContain('hopwise: building')
  expect(stderr).toContain('ask your own: npx hopwise diagnose')
  expect(readFileSync(join(checkout, 'dist/cli/table.sql'), 'utf8')).toBe('select 1\n')
})

test('a second start neither installs nor builds, and says so by silence', () => {
  const { stdout, stderr } = runScript(checkout, [start, 'query', '--json'], { PATH: '' })
  expect({ stdout, stderr }).toEqual({ stdout: 'ran query --json\n', stderr: '' })
})

test.each([0, 1, 2, 3, 7])('the exit code %i of a command line of our own is passed on', (end) => {
  expect(runScript(checkout, [start, 'diagnose'], { END: String(end) }).code).toBe(end)
})

test('a main job that could not print its report is no success', () => {
  expect(runScript(checkout, [start], { END: '2' }).code).toBe(2)
})

test('a signal reaches the command line, and its exit code comes back', async () => {
  const child = spawn(process.execPath, [start, 'serve'], { cwd: checkout, env: environment({}) })
  child.stdout.once('data', () => child.kill('SIGTERM'))
  const code = await new Promise((resolve) => child.once('exit', resolve))
  expect(code).toBe(42)
})

test('npx finds the command without any registry', () => {
  const cache = join(checkout, '.hopwise/npm-cache')
  for (const flag of ['--yes', '--no-install']) {
    const variables = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_cache: cache }
    const run = spawnSync('npx', [flag, 'hopwise', '--version'], {
      cwd: checkout,
      encoding: 'utf8',
      env: environment(variables),
    })
    expect(run.stdout).toBe('ran --version\n')
  }
  const direct = spawnSync(join(checkout, 'node_modules/.bin/hopwise'), ['x'], { encoding: 'utf8' })
  expect(direct.stdout).toBe('ran x\n')
})

test('a changed source is built again and the output of a renamed one disappears', () => {
  rmSync(join(checkout, 'src/cli/greet.ts'))
  writeInto(checkout, 'src/cli/greeting.ts', "export const greeting: string = 'again'\n")
  writeInto(checkout, 'src/cli/main.ts', commandLine.replace('./greet.ts', './greeting.ts'))
  const { stdout, stderr } = runScript(checkout, [start, 'x'])
  expect(stdout).toBe('again x\n')
  expect(stderr).toContain('hopwise: building')
  expect(existsSync(join(checkout, 'dist/cli/greet.js'))).toBe(false)
})

test('a missing output is built again', () => {
  rmSync(join(checkout, 'dist/cli/greeting.js'))
  expect(runScript(checkout, [start, 'x'])).toMatchObject({ code: 0, stdout: 'again x\n' })
})

test('a source that does not compile stops the start before anything runs, every time', () => {
  writeInto(checkout, 'src/cli/wrong.ts', "export const wrong: number = 'text'\n")
  for (let time = 0; time < 2; time += 1) {
    const { code, stdout, stderr } = runScript(checkout, [start, 'x'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('the build failed')
  }
  rmSync(join(checkout, 'src/cli/wrong.ts'))
})

/** Stands in for npm: notes how it was called, then does what the text says. */
function standInForNpm(does: string): Readonly<Record<string, string>> {
  writeInto(checkout, 'stand-in/npm', `#!/bin/sh\necho "$@" >> stand-in/calls\n${does}\n`)
  chmodSync(join(checkout, 'stand-in/npm'), 0o755)
  rmSync(join(checkout, 'stand-in/calls'), { force: true })
  return { PATH: `${join(checkout, 'stand-in')}:${process.env['PATH'] ?? ''}` }
}

const calls = () => readFileSync(join(checkout, 'stand-in/calls'), 'utf8')

test('a changed lock file installs once; npm talks on stderr only', () => {
  const lock = readFileSync(join(checkout, 'package-lock.json'), 'utf8')
  const newer = lock.replace('"node_modules/zod": {\n      "version": "', '$&9')
  expect(newer).not.toBe(lock)
  writeInto(checkout, 'package-lock.json', newer)
  const npm = standInForNpm('echo noise; cp package-lock.json node_modules/.package-lock.json')
  writeInto(checkout, 'stand-in/calls', '')
  for (let time = 0; time < 2; time += 1) {
    const { code, stdout } = runScript(checkout, [start, 'x'], npm)
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'again x\n' })
  }
  expect(calls()).toBe('ci --no-fund --no-audit\n')
  writeInto(checkout, 'package-lock.json', lock)
})

test('an install that fails is said in one line and leaves no stamp', () => {
  const npm = standInForNpm('exit 1')
  const { code, stdout, stderr } = runScript(checkout, [start, 'x'], npm)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('hopwise: npm ci failed')
  expect(runScript(checkout, [start, 'x'], npm).code).toBe(2)
})

test('a Node that is too old is told which one is needed', () => {
  const wanted = { ...manifest, engines: { node: '>=999.1' } }
  const own = makeCheckout({ 'package.json': JSON.stringify(wanted) })
  onTestFinished(() => rmSync(own, { recursive: true }))
  const { code, stdout, stderr } = runScript(own, [start])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(`needs Node 999.1 or newer, this is ${process.versions.node}`)
})
