/**
 * Child process: how long answers take in process. Prints one JSON object, times in nanoseconds.
 * Arguments: what to measure, network file, question file, number of questions, repeats.
 */

import { createAnalyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import { median, quantile, spread } from './quantiles.mjs'
import { readNetwork, readQuestions } from './read-inputs.mjs'

/** @typedef {import('#model').Question} Question */
/** @typedef {import('#analyzer').Analyzer} Analyzer */
/** @typedef {Extract<import('#analyzer').QuestionResolution, { kind: 'resolved' }>} Resolved */

/** A port that a client may well send from. */
const someSourcePort = 40_000
const nanoseconds = 1_000_000

const [what, networkFile, questionFile, count, repeats] = process.argv.slice(2)
const analyzer = createAnalyzer(compileFabric(readNetwork(networkFile)))
const questions = readQuestions(questionFile, Number(count))

/** @type {Record<string, () => (at: number) => number>} */
const measures = {
  decide: () => decideEach(questions),
  'decide one port': () => decideEach(questions.map(fromOnePort)),
  verdict: () => (at) => lengthOf(analyzer.verdict(questions[at])),
  'verdict one port': () => verdictEach(questions.map(fromOnePort)),
  explain: () => explainEach(questions.map(resolve)),
  ask: () => (at) => JSON.stringify(analyzer.ask(questions[at])).length,
}

const work = measures[what]()
console.log(JSON.stringify({ ...timed(work, Number(repeats)), timer: timerCost() }))

/**
 * @param {readonly Question[]} asked
 * @returns {(at: number) => number}
 */
function decideEach(asked) {
  const resolved = asked.map(resolve)
  return (at) => analyzer.decide(resolved[at]).length
}

/**
 * @param {readonly Question[]} asked
 * @returns {(at: number) => number}
 */
function verdictEach(asked) {
  return (at) => lengthOf(analyzer.verdict(asked[at]))
}

/**
 * @param {readonly Resolved[]} resolved
 * @returns {(at: number) => number}
 */
function explainEach(resolved) {
  return (at) => JSON.stringify(analyzer.explain(questions[at], resolved[at])).length
}

/**
 * @param {Question} question
 * @returns {Question}
 */
function fromOnePort(question) {
  return { ...question, sourcePort: someSourcePort }
}

/**
 * @param {Question} question
 * @returns {Resolved}
 */
function resolve(question) {
  const resolved = analyzer.resolve(question)
  if (resolved.kind !== 'resolved') throw new Error(`a generated question is ${resolved.kind}`)
  return resolved
}

/** @param {ReturnType<Analyzer['verdict']>} answer */
function lengthOf(answer) {
  if ('error' in answer) throw new Error(answer.error.message)
  return answer.verdict.length
}

/**
 * Warms up, then per repeat: all questions in one stretch, and all questions one by one.
 * @param {(at: number) => number} answer returns the length of what it made, so that it is made
 * @param {number} times
 */
function timed(answer, times) {
  let size = batch(answer).size
  const batches = Array.from({ length: times }, () => batch(answer).each)
  const singles = Array.from({ length: times }, () => oneByOne(answer))
  size /= questions.length
  return {
    each: median(batches),
    spread: spread(batches),
    p50: median(singles.map((sorted) => quantile(sorted, 0.5))),
    p99: median(singles.map((sorted) => quantile(sorted, 0.99))),
    p999: median(singles.map((sorted) => quantile(sorted, 0.999))),
    p99Range: rangeOf(singles.map((sorted) => quantile(sorted, 0.99))),
    bytes: size,
  }
}

/** @param {(at: number) => number} answer */
function batch(answer) {
  let size = 0
  const begun = performance.now()
  for (let at = 0; at < questions.length; at++) size += answer(at)
  return { each: ((performance.now() - begun) / questions.length) * nanoseconds, size }
}

/** @param {(at: number) => number} answer */
function oneByOne(answer) {
  const times = new Float64Array(questions.length)
  let size = 0
  for (let at = 0; at < questions.length; at++) {
    const begun = performance.now()
    size += answer(at)
    times[at] = (performance.now() - begun) * nanoseconds
  }
  if (size === 0) throw new Error('nothing was answered')
  return times.sort()
}

/** What reading the clock twice takes: it is inside every single time. */
function timerCost() {
  const times = new Float64Array(questions.length)
  for (let at = 0; at < times.length; at++) {
    const begun = performance.now()
    times[at] = (performance.now() - begun) * nanoseconds
  }
  return quantile(times.sort(), 0.5)
}

/** @param {readonly number[]} values */
function rangeOf(values) {
  return [Math.min(...values), Math.max(...values)]
}
