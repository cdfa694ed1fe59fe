/**
 * `node bench/lab/run.mjs`: how long a lab takes to come up and go down, printed as Markdown.
 * `--write` also writes bench/LAB.md; `--runs N` and `--size N` (several) keep it short. The machine
 * has to be able to hold a lab; between two labs it waits until the kernel has taken the last away.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compilePlan, explainLacks, labAbility, startLab } from '#lab'
import { build, isBuilt } from '../../scripts/build.mjs'
import { say } from '../../scripts/say.mjs'
import { describeMachine } from '../report/describe-machine.mjs'
import { labNetwork } from './lab-network.mjs'
import { renderLab } from './render-lab.mjs'

/** @typedef {import('./render-lab.mjs').Measured} Measured */
/** @typedef {import('./render-lab.mjs').Way} Way */

const root = fileURLToPath(new URL('../..', import.meta.url))
/** @type {readonly Way[]} */
const ways = ['system calls', 'tools']

try {
  await bench()
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}

async function bench() {
  const { values } = parseArgs({
    options: {
      write: { type: 'boolean', default: false },
      runs: { type: 'string', default: '5' },
      size: { type: 'string', multiple: true, default: ['10', '100', '500'] },
    },
  })
  if (!isBuilt(root)) build(root)
  const ability = await labAbility()
  if (ability.kind === 'unable') throw new Error(explainLacks(ability.lacks))
  const folder = mkdtempSync(join(tmpdir(), 'hopwise-lab-bench-'))
  process.env['HOPWISE_LABS'] = folder
  try {
    const [before] = loadavg()
    /** @type {Measured[]} */
    const measured = []
    for (const size of values.size.map(Number)) {
      for (const way of ways) measured.push(await measure(size, way, Number(values.runs)))
    }
    const load = /** @type {const} */ ([before, loadavg()[0]])
    const text = renderLab({ machine: describeMachine(), measured, load })
    process.stdout.write(text)
    if (values.write) writeFileSync(join(root, 'bench/LAB.md'), text)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {number} instances
 * @param {Way} way
 * @param {number} runs
 * @returns {Promise<Measured>}
 */
async function measure(instances, way, runs) {
  const plan = compilePlan(labNetwork(instances))
  if (way === 'tools') process.env['HOPWISE_NO_KOFFI'] = '1'
  else delete process.env['HOPWISE_NO_KOFFI']
  const rows = []
  for (let nth = 0; nth < runs; nth++) {
    say(`${instances} instances by ${way}, ${nth + 1} of ${runs}`)
    const begun = performance.now()
    const lab = await startLab('bench')
    const started = performance.now()
    const { took } = await lab.ask({ op: 'build', plan })
    const built = performance.now()
    await lab.end()
    const ended = performance.now()
    await waitForKernel()
    const freed = performance.now()
    rows.push({
      ...took,
      start: started - begun,
      build: built - started,
      up: built - begun,
      down: ended - built,
      freed: freed - ended,
    })
  }
  return { instances, way, runs, rows }
}

/**
 * The kernel begins some time after the end, and holds up whoever wants a namespace until it is
 * done: it is, when two in a row were quick.
 */
async function waitForKernel() {
  const own = process.getuid?.() === 0 ? [] : ['--user']
  for (let quick = 0; quick < 2;) {
    await pause(300)
    const begun = performance.now()
    spawnSync('unshare', [...own, '--net', 'true'])
    quick = performance.now() - begun < 100 ? quick + 1 : 0
  }
}
