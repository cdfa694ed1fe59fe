import { seeds } from '../workload/sizes.mjs'
import {
  answerTable,
  commandTable,
  growthTable,
  pairTable,
  startTable,
  targetTable,
  verdictTable,
  weightTable,
} from './result-tables.mjs'

/** @typedef {import('../measure/measure-network.mjs').Measured} Measured */
/** @typedef {import('../measure/effort.mjs').Effort} Effort */

/**
 * One run of the whole benchmark.
 * @typedef {object} Run
 * @property {string} machine
 * @property {readonly Measured[]} measured
 * @property {Effort} effort
 * @property {number} minutes
 * @property {readonly [number, number]} load average of the last minute, at the start and the end
 */

/**
 * All results of one run as a Markdown document.
 * @param {Run} run
 */
export function renderResults(run) {
  const { machine, measured, effort } = run
  const sections = [
    ['# Results', '', `Written by \`npm run bench\`. ${machine}.`, '', ...runNote(run)],
    ['## Targets', '', ...targetTable(measured)],
    ['## From a file to the first answer', '', ...startNote(effort), '', ...startTable(measured)],
    ['## Memory', '', ...weightNote, '', ...weightTable(measured)],
    ['## Answers in process', '', ...answerNote(run), '', ...answerTable(measured)],
    ['## All pairs', '', ...pairNote, '', ...pairTable(measured)],
    ['## How it grows', '', ...growthNote, '', ...growthTable(measured)],
    ['## The command line', '', ...commandNote, '', ...commandTable(measured)],
    ['## What the answers are', '', ...verdictNote, '', ...verdictTable(measured)],
  ]
  return `${sections.map((section) => section.join('\n')).join('\n\n')}\n`
}

/** @param {Run} run */
function runNote({ measured, effort: { name, repeats }, minutes, load }) {
  const spreads = measured.flatMap(({ decide, verdict, ask }) => [decide, verdict, ask])
  const widest = Math.max(...spreads.map(({ spread }) => spread)).toFixed(2)
  const [before, after] = load.map((average) => average.toFixed(1))
  return [
    `A ${name} run of ${minutes.toFixed(1)} minutes; seeds: network ${seeds.network}, questions ${seeds.questions}. Figures are medians unless they say otherwise. Load average ${before} before and ${after} after; of ${repeats} repeats of one stretch of answers, the slowest took up to ${widest} times as long as the fastest. So compare figures of one run, not of two.`,
  ]
}

/** @param {Effort} effort */
function startNote({ loads }) {
  return [
    `Milliseconds, fresh processes (${loads} each): read and \`JSON.parse\`; validate (\`parseNetwork\`); compile (\`compileFabric\`). Then the first verdict and the first explanation, with everything that is built lazily for them.`,
  ]
}

const weightNote = [
  'Live bytes after garbage collection: the network itself (parsed JSON, and the program), what the compiled fabric adds, what the first verdict and the first explanation add for good. Peak: the largest resident set of the processes that load, validate and compile.',
]

/** @param {Run} run */
function answerNote({ measured, effort: { verdicts, explanations, repeats } }) {
  const timers = measured.map(({ decide }) => decide.timer)
  const clock = `${Math.min(...timers).toFixed(0)}–${Math.max(...timers).toFixed(0)} ns`
  return [
    `${verdicts.toLocaleString('en')} questions a stretch for verdicts, ${explanations.toLocaleString('en')} for explanations; one stretch to warm up, then ${repeats} timed as a whole (mean) and ${repeats} question by question (quantiles, which hold the ${clock} that reading the clock takes).`,
    'Questions name no source port: each is decided for all 64,512 ports that a client may send from. "One source port" asks for port 40,000 alone.',
  ]
}

const pairNote = [
  'Who can send to whom, of all interfaces at each of their addresses, there and back: classes of places that nothing tells apart, every row of the matrix between them, and the count of reachable pairs. `prepare`: once a network. `first`: the first port of a cold process; then medians, of five ports and of every atom (protocols and stretches of ports that no rule divides). Pairs of 2,000 questions are checked against their verdicts.',
]

const growthNote = [
  'Exponents between two sizes: 1 is in proportion to interfaces, 2 to their pairs.',
]

const commandNote = [
  '`hopwise query` on a file of questions, output into a file: wall time and peak memory of the whole process, loading and compiling included.',
]

const verdictNote = [
  'Shares among the questions. `partial`: some source ports get through and some do not, because a stateless network ACL drops the replies to port 3389.',
]
