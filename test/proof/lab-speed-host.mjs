/**
 * Runs inside `unshare -nm` (or `-Urnm`): builds each plan of a file twice, by system calls and by
 * tools, and prints what the kernel has after each as one line of JSON. Arguments: the folder of
 * the built code, the file of plans. Everything goes when this process ends.
 */

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** @typedef {import('../../src/lab/plan.ts').LabPlan} LabPlan */
/** @typedef {import('../../src/lab/host/enter-namespace.ts').Entrance} Entrance */

const [built = '', file = ''] = process.argv.slice(2)

/** @param {string} path */
const load = (path) => import(pathToFileURL(`${built}/lab/${path}.js`).href)
/** @type {typeof import('../../src/lab/host/build-plan.ts')} */
const { buildPlan } = await load('host/build-plan')
/** @type {typeof import('../../src/lab/host/enter-namespace.ts')} */
const { enterByThread, enterByTool } = await load('host/enter-namespace')
/** @type {typeof import('../../src/lab/wire/load-libc.ts')} */
const { loadLibc } = await load('wire/load-libc')

execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/run'])
mkdirSync('/run/netns')
const loaded = await loadLibc()
if (loaded.kind === 'absent') throw new Error(loaded.why)
const thread = enterByThread(loaded.libc)
const tool = enterByTool()

/** @type {readonly LabPlan[]} */
const plans = JSON.parse(readFileSync(file, 'utf8'))
for (const plan of plans) {
  const [byThread, byTool] = [await stateAfter(plan, thread), await stateAfter(plan, tool)]
  process.stdout.write(`${JSON.stringify({ byThread, byTool })}\n`)
}

/**
 * @param {LabPlan} plan
 * @param {Entrance} entrance
 */
async function stateAfter(plan, entrance) {
  await buildPlan(plan, entrance)
  const names = plan.spaces.map(({ name }) => name)
  const state = Object.fromEntries(names.map((name) => [name, stateOf(plan, name)]))
  const input = names.map((name) => `netns del ${name}\n`).join('')
  execFileSync('ip', ['-batch', '-'], { input })
  return state
}

/**
 * @param {LabPlan} plan
 * @param {string} space
 */
function stateOf(plan, space) {
  const sysctls = plan.spaces.filter(({ name }) => name === space).flatMap((own) => own.sysctls)
  const paths = sysctls.map(({ path }) => `/proc/sys/${path}`)
  return {
    links: ask(space, 'ip', ['-d', 'link']),
    addresses: ask(space, 'ip', ['addr']),
    neighbours: ask(space, 'ip', ['neigh', 'show', 'nud', 'permanent']),
    routes4: ask(space, 'ip', ['-4', 'route', 'show', 'table', 'all']),
    routes6: ask(space, 'ip', ['-6', 'route', 'show', 'table', 'all']),
    rules4: ask(space, 'ip', ['-d', '-4', 'rule']),
    rules6: ask(space, 'ip', ['-d', '-6', 'rule']),
    // What a bridge has learned by now is a matter of time.
    forwarding: ask(space, 'bridge', ['fdb']).filter(isKept),
    ports: ask(space, 'bridge', ['-d', 'link']),
    filters: ask(space, 'nft', ['list', 'ruleset']),
    settings: run(space, 'cat', paths),
  }
}

/** @param {{ readonly state: string }} entry */
function isKept({ state }) {
  return state === 'permanent' || state === 'static'
}

/**
 * @param {string} space
 * @param {string} command
 * @param {readonly string[]} args
 */
function ask(space, command, args) {
  const text = run(space, command, ['-j', ...args])
  return text === '' ? [] : JSON.parse(text)
}

/**
 * @param {string} space
 * @param {string} command
 * @param {readonly string[]} args
 */
function run(space, command, args) {
  return execFileSync('ip', ['netns', 'exec', space, command, ...args], { encoding: 'utf8' })
}
