/**
 * Child process: how long all pairs take. Prints one JSON object, times in milliseconds. Arguments:
 * network file, question file, repeats. Pairs that questions name are checked against their verdicts.
 */

import { createAnalyzer, createPairs } from '#analyzer'
import { compileFabric } from '#fabric'
import { median } from './quantiles.mjs'
import { readNetwork, readQuestions } from './read-inputs.mjs'

const ports = [22, 80, 443, 3_306, 6_379]
const checked = 2_000

const [networkFile, questionFile, repeats] = process.argv.slice(2)
const fabric = compileFabric(readNetwork(networkFile))
const prepared = timed(() => createPairs(fabric))
const pairs = prepared.value
const first = onePort(ports[0])
check()
const byPort = ports.map((port) =>
  median(Array.from({ length: Number(repeats) }, () => onePort(port).time)),
)

console.log(
  JSON.stringify({
    places: pairs.places.length,
    prepare: prepared.time,
    first: first.time,
    onePort: median(byPort),
    slowestPort: Math.max(...byPort),
    reachable: onePort(443).value,
    atoms: pairs.atoms().length,
    allPorts: allPorts(),
  }),
)

/**
 * Classes, and every row of their matrix, which counting walks through.
 * @param {number} port
 */
function onePort(port) {
  return timed(() => pairs.at('tcp', port).count())
}

/** Every atom of every protocol; so many of them that once is enough. */
function allPorts() {
  return timed(() => pairs.atoms().map((atom) => pairs.ofAtom(atom).count())).time
}

/** @throws when a pair says something else than the question about it */
function check() {
  const analyzer = createAnalyzer(fabric)
  /** By its id a place means its first address. @type {Map<string, number>} */
  const at = new Map()
  pairs.places.forEach(({ id }, place) => {
    if (!at.has(id)) at.set(id, place)
  })
  /** @type {Map<number, import('#analyzer').AtomMatrix>} */
  const matrices = new Map()
  for (const question of readQuestions(questionFile, checked)) {
    const { from, to, port = 0 } = question
    const [source, destination] = [at.get(from), at.get(to)]
    if (source === undefined || destination === undefined) continue
    const matrix = matrices.get(port) ?? pairs.at('tcp', port)
    matrices.set(port, matrix)
    const told = matrix.verdict(source, destination)
    const answer = analyzer.verdict(question)
    if ('error' in answer || told !== answer.verdict)
      throw new Error(`from ${from} to ${to}, TCP ${port}: the matrix says ${told ?? 'nothing'}`)
  }
}

/**
 * @template Value
 * @param {() => Value} work
 * @returns {{ readonly time: number, readonly value: Value }}
 */
function timed(work) {
  const begun = performance.now()
  const value = work()
  return { time: performance.now() - begun, value }
}
