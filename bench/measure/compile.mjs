/**
 * Child process: from a network file to the first answers. Prints one JSON object, times in
 * milliseconds. Arguments: network file, question file.
 */

import { readFileSync } from 'node:fs'
import { createAnalyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import { peakMemory } from './process-memory.mjs'
import { accepted, readQuestions } from './read-inputs.mjs'

const [networkFile, questionFile] = process.argv.slice(2)
const [question] = readQuestions(questionFile, 1)

const begun = performance.now()
const json = JSON.parse(readFileSync(networkFile, 'utf8'))
const loaded = performance.now()
const network = accepted(json)
const validated = performance.now()
const fabric = compileFabric(network)
const compiled = performance.now()
const peak = peakMemory()
const analyzer = createAnalyzer(fabric)
analyzer.verdict(question)
const decided = performance.now()
analyzer.ask(question)
const explained = performance.now()

console.log(
  JSON.stringify({
    load: loaded - begun,
    validate: validated - loaded,
    compile: compiled - validated,
    sum: compiled - begun,
    firstVerdict: decided - compiled,
    firstExplanation: explained - decided,
    peak,
  }),
)
