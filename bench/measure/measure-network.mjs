import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { median } from './quantiles.mjs'
import { measure, runCommand } from './run-measure.mjs'

/** @typedef {import('./effort.mjs').Effort} Effort */
/** @typedef {import('../workload/sizes.mjs').Workload} Workload */

/**
 * One network and what is measured on it.
 * @typedef {object} Job
 * @property {number} interfaces
 * @property {Workload} workload
 * @property {string} folder for files that may go afterwards
 * @property {Effort} effort
 */

/**
 * Latencies in nanoseconds, of one stretch of answers.
 * @typedef {object} Latency
 * @property {number} mean of a question, in stretches timed as a whole
 * @property {number} spread of the means: the largest over the smallest
 * @property {number} p50
 * @property {number} p99
 * @property {number} p999
 * @property {readonly [number, number]} p99Range least and most over the repeats
 * @property {number} bytes of an answer
 * @property {number} timer what reading the clock takes
 */

/**
 * One run of the command line, start of the process included.
 * @typedef {{ seconds: number, peak: number, questions: number, bytes: number }} Streamed
 */

/** @typedef {Awaited<ReturnType<typeof measureNetwork>>} Measured */

/**
 * Everything that is measured on one network, each in child processes of its own.
 * @param {Job} job
 */
export async function measureNetwork(job) {
  const { interfaces, workload, folder, effort } = job
  const files = [join(folder, 'network.json'), join(folder, 'questions.jsonl')]
  const { bytes } = await measure('generate', [interfaces, workload, ...files, effort.verdicts])
  const asksCommand = workload === 'realistic' && effort.commands.includes(interfaces)
  const verdicts = [...files, effort.verdicts, effort.repeats]
  const explanations = [...files, effort.explanations, effort.repeats]
  return {
    interfaces,
    workload,
    fileBytes: Number(bytes),
    start: await measureStart(files, effort),
    weight: await measureWeight(files),
    verdicts: await countVerdicts(files, effort),
    ...(await latencies(['decide', 'decideOnePort'], verdicts)),
    ...(await latencies(['verdict'], verdicts)),
    ...(await latencies(['explain', 'ask'], explanations)),
    pairs: await measurePairs(files, effort),
    command: asksCommand ? await measureCommand(files, job) : undefined,
  }
}

/**
 * Medians over child processes; the peak is the largest.
 * @param {readonly string[]} files
 * @param {Effort} effort
 */
async function measureStart(files, { loads }) {
  /** @type {Record<'load' | 'validate' | 'compile' | 'sum' | 'firstVerdict' | 'firstExplanation' | 'peak', number>[]} */
  const runs = []
  for (let run = 0; run < loads; run++) runs.push(await measure('compile', files))
  /** @param {keyof (typeof runs)[number]} key */
  const middle = (key) => median(runs.map((run) => run[key]))
  return {
    load: middle('load'),
    validate: middle('validate'),
    compile: middle('compile'),
    sum: middle('sum'),
    worstSum: Math.max(...runs.map(({ sum }) => sum)),
    firstVerdict: middle('firstVerdict'),
    firstExplanation: middle('firstExplanation'),
    peak: Math.max(...runs.map(({ peak }) => peak)),
  }
}

/**
 * Live bytes hardly move between runs: one is enough.
 * @param {readonly string[]} files
 * @returns {Promise<Record<'network' | 'fabric' | 'firstVerdict' | 'firstExplanation', number>>}
 */
function measureWeight(files) {
  return measure('weigh', files, ['--expose-gc'])
}

/**
 * All pairs of one port and of all ports.
 * @param {readonly string[]} files
 * @param {Effort} effort
 * @returns {Promise<Record<'places' | 'prepare' | 'first' | 'onePort' | 'slowestPort' | 'reachable' | 'atoms' | 'allPorts', number>>}
 */
function measurePairs(files, { repeats }) {
  return measure('pairs', [...files, repeats])
}

/**
 * @template {string} Name
 * @param {readonly Name[]} names measures that share a process
 * @param {readonly (string | number)[]} args
 * @returns {Promise<Record<Name, Latency>>}
 */
function latencies(names, args) {
  return measure('answer', [names.join(), ...args])
}

/**
 * @param {readonly string[]} files
 * @param {Effort} effort
 * @returns {Promise<Record<string, number>>} shares of the verdicts
 */
function countVerdicts(files, { verdicts }) {
  return measure('count-verdicts', [...files, verdicts])
}

/**
 * The command line over files of questions: many for verdicts alone, fewer for explanations.
 * @param {readonly string[]} files
 * @param {Job} job
 */
async function measureCommand([network, questions], { interfaces, workload, folder, effort }) {
  const many = join(folder, 'many-questions.jsonl')
  const count = effort.commandVerdicts
  await measure('generate', [interfaces, workload, network, many, count])
  const output = join(folder, 'answers.jsonl')
  /** @param {readonly string[]} args */
  const query = async (...args) => {
    const run = await runCommand(['query', '--network', network, '--questions', ...args], output)
    return { ...run, bytes: statSync(output).size }
  }
  const verdicts = { ...(await query(many, '--verdict-only')), questions: count }
  const explanations = { ...(await query(questions)), questions: effort.verdicts }
  for (const file of [output, many]) rmSync(file)
  return { verdicts, explanations }
}
