/**
 * `node bench/peer/run.mjs`: Hopwise beside OVN's tracing daemon on the same topology, question by
 * question, in alternating rounds. Needs OVN and the kit (bench/README.md). `--size 10k`, with the
 * suffix r for interfaces that draw their own groups; `--rounds 5`; `--kit FOLDER`.
 */

import '../../scripts/check-node.mjs'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build, isBuilt } from '../../scripts/build.mjs'
import { say } from '../../scripts/say.mjs'
import { quantile } from '../measure/quantiles.mjs'
import { measure } from '../measure/run-measure.mjs'
import { compare } from './compare.mjs'
import { startDaemon } from './daemon.mjs'
import { openKit } from './kit.mjs'
import { hopwiseQuestion } from './question.mjs'
import { renderRounds } from './render-rounds.mjs'
import { translate } from './translate.mjs'

/** @typedef {import('./kit.mjs').PeerQuestion} PeerQuestion */
/** @typedef {import('./daemon.mjs').Daemon} Daemon */
/** @typedef {import('./render-rounds.mjs').Round} Round */

/** Questions of a round: the daemon takes milliseconds for each, Hopwise less than one for all. */
const traced = 1_000
const decided = 100_000
const explained = 20_000

const root = fileURLToPath(new URL('../..', import.meta.url))

try {
  await run()
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}

async function run() {
  const { values } = parseArgs({
    options: {
      size: { type: 'string', default: '10k' },
      rounds: { type: 'string', default: '5' },
      kit: { type: 'string' },
    },
  })
  if (!isBuilt(root)) build(root)
  const folder = mkdtempSync(join(tmpdir(), 'peer-'))
  try {
    await measureSize(folder, values.size, Number(values.rounds), openKit(values.kit))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {string} folder
 * @param {string} size
 * @param {number} count of rounds
 * @param {import('./kit.mjs').Kit} kit
 */
async function measureSize(folder, size, count, kit) {
  const topologyFile = join(folder, 'topology.json')
  const topology = kit.generate(size, topologyFile)
  const network = translate(topology)
  const files = [join(folder, 'network.json'), join(folder, 'questions.jsonl')]
  const questions = await kit.questions(topology, decided)
  writeFileSync(files[0], JSON.stringify(network))
  const lines = questions.map((question) => `${JSON.stringify(hopwiseQuestion(question))}\n`)
  writeFileSync(files[1], lines.join(''))
  say(`loading ${topology.enis.length.toLocaleString('en')} interfaces into OVN`)
  const daemon = await startDaemon(kit, topologyFile, topology, join(folder, 'ovn'))
  try {
    /** @type {Round[]} */
    const rounds = []
    /** @type {boolean[]} */
    const delivered = []
    await traceAll(daemon, questions.slice(0, 50))
    for (let nth = 0; nth < count; nth++) {
      say(`round ${nth + 1} of ${count}`)
      const own = questions.slice(nth * traced, (nth + 1) * traced)
      const peer = await traceAll(daemon, own)
      delivered.push(...peer.delivered)
      const hopwise = await measure('../peer/answer', [...files, decided, explained])
      rounds.push({ peer: peer.times, hopwise, load: loadavg()[0] })
    }
    const agreement = compare(network, questions.slice(0, delivered.length), delivered)
    const text = renderRounds({ size, rounds, agreement, memory: daemon.memory() })
    process.stdout.write(text)
  } finally {
    daemon.stop()
  }
}

/**
 * @param {Daemon} daemon
 * @param {readonly PeerQuestion[]} questions
 */
async function traceAll(daemon, questions) {
  const delivered = []
  const times = new Float64Array(questions.length)
  for (const [at, question] of questions.entries()) {
    const traced = await daemon.trace(question)
    delivered.push(traced.delivered)
    times[at] = traced.time
  }
  times.sort()
  return { delivered, times: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) } }
}
