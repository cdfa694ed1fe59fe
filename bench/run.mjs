/**
 * `npm run bench`: builds, generates networks, measures, and prints the results as Markdown.
 * `--write` also writes bench/RESULTS.md; `--quick` is a smoke run whose figures mean little;
 * `--size N` and `--workload NAME` keep to one of them.
 */

import '../scripts/check-node.mjs'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build, isBuilt } from '../scripts/build.mjs'
import { say } from '../scripts/say.mjs'
import { measureNetwork } from './measure/measure-network.mjs'
import { full, quick } from './measure/effort.mjs'
import { describeMachine } from './report/describe-machine.mjs'
import { renderResults } from './report/render-results.mjs'
import { sizes, workloads } from './workload/sizes.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

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
      quick: { type: 'boolean', default: false },
      size: { type: 'string', multiple: true },
      workload: { type: 'string', multiple: true },
    },
  })
  const effort = values.quick ? quick : full
  if (!isBuilt(root)) build(root)
  const folder = mkdtempSync(join(tmpdir(), 'hopwise-bench-'))
  try {
    const begun = performance.now()
    const [before] = loadavg()
    const measured = []
    for (const { interfaces, workload } of chosen(values, effort)) {
      say(`measuring ${interfaces.toLocaleString('en')} interfaces, ${workload}`)
      measured.push(await measureNetwork({ interfaces, workload, folder, effort }))
    }
    const minutes = (performance.now() - begun) / 60_000
    const load = /** @type {const} */ ([before, loadavg()[0]])
    const text = renderResults({ machine: describeMachine(), measured, effort, minutes, load })
    process.stdout.write(text)
    if (values.write) writeFileSync(join(root, 'bench/RESULTS.md'), text)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {{ readonly size?: readonly string[], readonly workload?: readonly string[] }} wanted
 * @param {import('./measure/effort.mjs').Effort} effort
 * @throws when a size or workload has no such name
 */
function chosen({ size, workload }, effort) {
  const counts = size?.map(Number) ?? effort.sizes
  const names = workloads.filter((name) => workload?.includes(name) ?? true)
  const unknown = counts.filter((count) => !sizes.has(count))
  if (unknown.length > 0 || names.length === 0) {
    const known = `sizes ${[...sizes.keys()].join(', ')}; workloads ${workloads.join(', ')}`
    throw new Error(`no such size or workload; there are ${known}`)
  }
  return counts.flatMap((interfaces) => names.map((name) => ({ interfaces, workload: name })))
}
