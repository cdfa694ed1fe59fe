/**
 * Child process: what Hopwise takes for the kit's questions, in one round. Prints one JSON object,
 * times in nanoseconds. Arguments: network file, question file, number of questions, and how many of
 * them are explained.
 */

import { createAnalyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import { quantile } from '../measure/quantiles.mjs'
import { readNetwork, readQuestions } from '../measure/read-inputs.mjs'

const nanoseconds = 1_000_000
const million = 1_000_000

const [networkFile, questionFile, count, explained] = process.argv.slice(2)
const analyzer = createAnalyzer(compileFabric(readNetwork(networkFile)))
const questions = readQuestions(questionFile, Number(count))
const resolving = performance.now()
const resolved = questions.map((question) => {
  const found = analyzer.resolve(question)
  if (found.kind !== 'resolved') throw new Error(`a question of the kit is ${found.kind}`)
  return found
})
const resolve = ((performance.now() - resolving) / questions.length) * nanoseconds

/** @param {number} at */
const decide = (at) => analyzer.decide(resolved[at]).length

/** @param {number} at */
const explain = (at) => analyzer.write.bytes(analyzer.explain(questions[at], resolved[at])).length

const verdicts = measured(decide, questions.length)
const explanations = measured(explain, Number(explained))
const most = stretch(decide, questions.length, million)
console.log(JSON.stringify({ resolve, verdicts, explanations, million: most }))

/**
 * Warms up, then takes the time of each answer by itself; the clock's own is inside.
 * @param {(at: number) => number} answer
 * @param {number} asked
 */
function measured(answer, asked) {
  stretch(answer, asked, asked)
  stretch(answer, asked, asked)
  const times = new Float64Array(asked)
  for (let at = 0; at < asked; at++) {
    const begun = performance.now()
    answer(at)
    times[at] = (performance.now() - begun) * nanoseconds
  }
  times.sort()
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
}

/**
 * So many answers as one stretch, the questions over and over.
 * @param {(at: number) => number} answer
 * @param {number} asked
 * @param {number} times
 */
function stretch(answer, asked, times) {
  let size = 0
  const begun = performance.now()
  for (let done = 0; done < times; done += asked) {
    const last = Math.min(asked, times - done)
    for (let at = 0; at < last; at++) size += answer(at)
  }
  if (size === 0) throw new Error('nothing was answered')
  return (performance.now() - begun) * nanoseconds
}
