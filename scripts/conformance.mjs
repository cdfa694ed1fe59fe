/**
 * `npm run conformance -- --probes N --seed S`: sends N packets through random networks and holds
 * the analyzer's answers against them. `--faults` also plants mistakes and counts who notices,
 * `--out DIR` keeps what differs as scenarios, `--write` keeps the figures for docs/conformance.md.
 * The last line on stdout is `conformance: N probes, R reachable, M mismatches, E explained`.
 * It builds nothing: run `npm run build` first.
 */

import './check-node.mjs'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './prepare.mjs'
import { say } from './say.mjs'
import {
  closingLine,
  factsOf,
  figuresOf,
  plantFabricFaults,
  plantPlanFaults,
  reportLines,
  runConformance,
  shrinkMismatches,
  unexplained,
} from '#conformance'

/** @typedef {import('#conformance').ProbedFacts} ProbedFacts */
/** @typedef {import('#conformance').Report} Report */

/** Each planted mistake walks them all again; a longer run shows the same ones. */
const PROBES_FOR_FAULTS = 20_000

const { values } = parseArgs({
  options: {
    probes: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    faults: { type: 'boolean', default: false },
    out: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})

process.exitCode = await main(Number(values.probes), Number(values.seed))

/**
 * @param {number} probes
 * @param {number} seed
 * @returns {Promise<number>} 0 only if nothing differs without a known reason
 */
async function main(probes, seed) {
  if (!Number.isInteger(probes) || probes < 1 || !Number.isInteger(seed)) {
    say('--probes and --seed take whole numbers')
    return 2
  }
  say(`conformance: seed ${seed}`)
  /** @type {ProbedFacts[]} */
  const run = []
  const start = performance.now()
  const report = await runConformance({
    probes,
    seed,
    onNetwork: (probed, so) => {
      if (values.faults && so.probes <= PROBES_FOR_FAULTS) run.push(factsOf(probed))
      if (so.networks % 10 === 0) say(`${so.probes} probes, ${so.mismatches.length} differ`)
    },
  })
  const seconds = (performance.now() - start) / 1000
  const faults = values.faults
    ? {
        fabric: plantFabricFaults(run),
        lab: await plantPlanFaults(Math.min(probes, PROBES_FOR_FAULTS), seed),
      }
    : undefined
  if (values.out !== undefined) await keepMismatches(report, values.out)
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.versions.node}`
  const figures = figuresOf(report, { seed, seconds, machine }, faults)
  if (values.write)
    writeFileSync(join(root, 'docs/conformance.json'), `${JSON.stringify(figures, null, 2)}\n`)
  for (const line of reportLines(report, figures)) process.stdout.write(`${line}\n`)
  process.stdout.write(`${closingLine(report)}\n`)
  return unexplained(report).length === 0 ? 0 : 1
}

/**
 * Each difference without a known reason, as small as it gets, in a folder of its own.
 * @param {Report} report
 * @param {string} folder
 */
async function keepMismatches(report, folder) {
  const kept = await shrinkMismatches(unexplained(report).slice(0, 5))
  for (const { name, files } of kept) {
    const place = join(folder, name)
    mkdirSync(place, { recursive: true })
    for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text)
    say(`kept ${place}`)
  }
}
