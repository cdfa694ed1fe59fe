import { seeds } from '../workload/sizes.mjs'
import { answerTable, commandTable, startTable, targetTable, weightTable } from './result-tables.mjs'

/** @typedef {import('../measure/measure-network.mjs').Measured} Measured */
/** @typedef {import('../measure/effort.mjs').Effort} Effort */

/**
 * All results of one run as a Markdown document.
 * @param {object} run
 * @param {string} run.machine
 * @param {readonly Measured[]} run.measured
 * @param {Effort} run.effort
 * @param {number} run.minutes
 */
export function renderResults({ machine, measured, effort, minutes }) {
  const { network, questions } = seeds
  const sections = [
    ['# Results', '', `Written by \`npm run bench\` (${effort.name} run, ${minutes.toFixed(1)} min).`],
    [`Machine: ${machine}.`, `Seeds: network ${network}, questions ${questions}.`],
    noiseNote(measured, effort),
    ['## Targets', '', ...targetTable(measured)],
    ['## From a file to the first answer', '', ...startNote(effort), '', ...startTable(measured)],
    ['## Memory', '', ...weightNote, '', ...weightTable(measured)],
    ['## Answers in process', '', ...answerNote(measured, effort), '', ...answerTable(measured)],
    ['## The command line', '', ...commandNote, '', ...commandTable(measured)],
  ]
  return `${sections.map((section) => section.join('\n')).join('\n\n')}\n`
}

/**
 * @param {readonly Measured[]} measured
 * @param {Effort} effort
 */
function noiseNote(measured, { repeats }) {
  const spreads = measured.flatMap(({ decide, verdict, ask }) => [decide, verdict, ask])
  const widest = Math.max(...spreads.map(({ spread }) => spread))
  return [
    `Every figure is a median unless it says otherwise. The machine was not ours alone: the same stretch of answers, timed ${repeats} times, took up to ${widest.toFixed(2)} times as long as at its best. Compare figures of one run, not of two.`,
  ]
}

/** @param {Effort} effort */
function startNote({ loads }) {
  return [
    `Milliseconds, medians of ${loads} fresh processes: read and JSON.parse; validate (\`parseNetwork\`); compile (\`compileFabric\`). Then the first verdict and the first explanation, with everything that is built lazily for them.`,
  ]
}

const weightNote = [
  'Live bytes after garbage collection, with the network itself (the parsed JSON) counted apart; what the first verdict and the first explanation add stays for all later ones. Peak: the largest resident set of the loading processes.',
]

/**
 * @param {readonly Measured[]} measured
 * @param {Effort} effort
 */
function answerNote(measured, { verdicts, explanations, repeats }) {
  const timers = measured.map(({ decide }) => decide.timer)
  return [
    `${figureOf(verdicts)} questions a stretch for verdicts, ${figureOf(explanations)} for explanations; medians of ${repeats} stretches after one to warm up. Quantiles come from questions timed one by one, and hold what the clock itself takes: ${Math.round(Math.min(...timers))}–${Math.round(Math.max(...timers))} ns. The mean is of a stretch timed as a whole. Questions name no source port, so each is decided for all 64,512 ports that a client may send from; "one source port" asks for port 40,000 alone.`,
  ]
}

const commandNote = [
  '`hopwise query` on a file of questions, wall time from start to end of the process, the network loaded and compiled in it; output into a file.',
]

/** @param {number} value */
function figureOf(value) {
  return value.toLocaleString('en')
}
