/**
 * Child process: writes a network file and files of questions. Prints one JSON object. Arguments:
 * interfaces, workload, network file, then question files, each with its number of questions.
 */

import { createWriteStream, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { generateNetwork } from '../workload/generate-network.mjs'
import { generateQuestions } from '../workload/generate-questions.mjs'
import { seeds, sizes, workloads } from '../workload/sizes.mjs'

const linesAtOnce = 10_000

const [interfaces, workload, networkFile, ...questionFiles] = process.argv.slice(2)
const size = sizes.get(Number(interfaces))
const kind = workloads.find((name) => name === workload)
if (!size || !kind) throw new Error(`no workload ${workload} of ${interfaces} interfaces`)

const { network, places } = generateNetwork(size, kind, seeds.network)
const text = JSON.stringify(network)
writeFileSync(networkFile, text)
for (let at = 0; at < questionFiles.length; at += 2) {
  await writeQuestions(questionFiles[at], Number(questionFiles[at + 1]))
}
console.log(JSON.stringify({ bytes: Buffer.byteLength(text) }))

/**
 * @param {string} file
 * @param {number} count
 */
async function writeQuestions(file, count) {
  const stream = createWriteStream(file)
  let lines = ''
  let held = 0
  for (const question of generateQuestions(places, count, seeds.questions)) {
    lines += `${JSON.stringify(question)}\n`
    if (++held % linesAtOnce !== 0) continue
    if (!stream.write(lines)) await once(stream, 'drain')
    lines = ''
  }
  stream.end(lines)
  await once(stream, 'finish')
}
