/**
 * Child process: how long answers take in process. Prints one JSON object by measure, times in
 * nanoseconds. Arguments: measures, separated by commas; network file, question file, number of
 * questions, repeats.
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

const [names, networkFile, questionFile, count, repeats] = process.argv.slice(2)
const analyzer = createAnalyzer(compileFabric(readNetwork(networkFile)))
const questions = readQuestions(questionFile, Number(count))

/**
 * Each yields a function that answers the question at a position and returns how long the answer
 * is, so that the answer is really made.
 * @type {Record<string, () => (at: number) => number>}
 */
const measures = {
  decide: () => decideEach(questions),
  decideOnePort: () => decideEach(questions.map(fromOnePort)),
  verdict: () => (at) => lengthOf(analyzer.verdict(questions[at])),
  explain: () => explainEach(questions.map(resolve)),
  ask: () => (at) => analyzer.write.bytes(analyzer.ask(questions[at])).length,
}

const results = names.split(',').map((name) => [name, timed(measures[name](), Number(repeats))])
console.log(JSON.stringify(Object.fromEntries(results)))

/**
 * @param {readonly Question[]} asked
 * @returns {(at: number) => number}
 */
function decideEach(asked) {
  const resolved = asked.map(resolve)
  return (at) => analyzer.decide(resolved[at]).length
}

/**
 * @param {readonly Resolved[]} resolved
 * @returns {(at: number) => number}
 */
function explainEach(resolved) {
  return (at) => analyzer.write.bytes(analyzer.explain(questions[at], resolved[at])).length
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
 * @param {(at: number) => number} answer
 * @param {number} times
 */
function timed(answer, times) {
  const { size } = stretch(answer)
  const means = Array.from({ length: times }, () => stretch(answer).each)
  const singles = Array.from({ length: times }, () => oneByOne(answer))
  /** @param {number} share */
  const quantiles = (share) => singles.map((sorted) => quantile(sorted, share))
  return {
    mean: median(means),
    spread: spread(means),
    p50: median(quantiles(0.5)),
    p99: median(quantiles(0.99)),
    p999: median(quantiles(0.999)),
    p99Range: [Math.min(...quantiles(0.99)), Math.max(...quantiles(0.99))],
    bytes: size / questions.length,
    timer: timerCost(),
  }
}

/** @param {(at: number) => number} answer */
function stretch(answer) {
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
