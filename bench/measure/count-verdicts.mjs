/**
 * Child process: what the answers of a network are. Prints one JSON object, shares by verdict.
 * Arguments: network file, question file, number of questions.
 */

import { createAnalyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import { readNetwork, readQuestions } from './read-inputs.mjs'

const [networkFile, questionFile, count] = process.argv.slice(2)
const analyzer = createAnalyzer(compileFabric(readNetwork(networkFile)))
/** @type {Record<string, number>} */
const shares = {}
for (const question of readQuestions(questionFile, Number(count))) {
  const answer = analyzer.verdict(question)
  if ('error' in answer) throw new Error(answer.error.message)
  shares[answer.verdict] = (shares[answer.verdict] ?? 0) + 1 / Number(count)
}
console.log(JSON.stringify(shares))
