/**
 * Child process, with --expose-gc: what a compiled fabric holds in memory, and what the first
 * questions add to it. Prints one JSON object, in bytes. Arguments: network file, question file.
 */

import { createAnalyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import { liveBytes } from './process-memory.mjs'
import { readNetwork, readQuestions } from './read-inputs.mjs'

const [networkFile, questionFile] = process.argv.slice(2)
const network = readNetwork(networkFile)
const [question] = readQuestions(questionFile, 1)

const before = liveBytes()
const fabric = compileFabric(network)
const compiled = liveBytes()
const analyzer = createAnalyzer(fabric)
analyzer.verdict(question)
const decided = liveBytes()
analyzer.ask(question)
const explained = liveBytes()

const kept = fabric.network === network && typeof analyzer.decide === 'function'
if (!kept) throw new Error('what was weighed is gone')
console.log(
  JSON.stringify({
    network: before,
    fabric: compiled - before,
    firstVerdict: decided - compiled,
    firstExplanation: explained - decided,
  }),
)
