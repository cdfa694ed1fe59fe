/**
 * `npm run semantics`: switches off each packet semantic in turn and looks for a question of
 * `scenarios/` whose verdict changes. Prints one line per semantic and fails when some change
 * nothing: such a semantic is either not in force or not shown by any scenario. It builds nothing:
 * run `npm run build` first. `npm run proof` makes the same search.
 */

import './check-node.mjs'
import { readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createAnalyzer } from '#analyzer'
import { readAlibaba } from '#dialects'
import {
  alibabaSemantics,
  awsSemantics,
  azureSemantics,
  compileFabric,
  providersOf,
  semanticsDoc,
} from '#fabric'
import { parseNetwork } from '#model'
import { filesBelow } from './stamp.mjs'
import { networkPath, readQuestions, readScenarioFile, scenarioNames } from './scenarios.mjs'

/** @typedef {import('#fabric').SemanticId} SemanticId */
/** @typedef {import('#fabric').SemanticWitness} SemanticWitness */
/** @typedef {import('#model').Network} Network */
/** @typedef {import('#model').Question} Question */
/** @typedef {import('#model').Verdict} Verdict */

/**
 * A scenario with the verdicts that all semantics together give; null where a question was refused.
 * @typedef {{
 *   readonly name: string,
 *   readonly readme: string,
 *   readonly network: Network,
 *   readonly questions: readonly (Question & { readonly id: string })[],
 *   readonly verdicts: readonly (Verdict | null)[],
 * }} Scenario
 */

const shown = { ...alibabaSemantics, ...azureSemantics }
const semantics = { ...shown, ...awsSemantics }

/** Every semantic that a scenario has to show, in the order of the tables. */
export const semanticIds = Object.keys(shown).filter(isSemanticId)

/**
 * @param {string} id
 * @returns {id is SemanticId}
 */
function isSemanticId(id) {
  return Object.hasOwn(semantics, id)
}

/**
 * The cloud that a semantic is one of; those of guests hold in all of them.
 * @param {SemanticId} id
 */
const cloudOf = (id) =>
  id.startsWith('azure.') ? 'azure' : id.startsWith('aws.') ? 'aws' : 'alibaba'

/**
 * All scenarios, compiled once with every semantic in force.
 * @returns {readonly Scenario[]}
 * @throws when a scenario holds a network that cannot be used
 */
export function loadScenarios() {
  return scenarioNames().map((name) => {
    const network = loadNetwork(name)
    const questions = readQuestions(name).map(({ about: _, expect: __, ...question }) => question)
    const readme = readScenarioFile(name, 'README.md') ?? ''
    return { name, readme, network, questions, verdicts: verdictsOf(network, questions, []) }
  })
}

/**
 * @param {string} scenario
 * @returns {Network}
 */
function loadNetwork(scenario) {
  const path = networkPath(scenario)
  const parsed = parseNetwork(statSync(path).isDirectory() ? readFolder(path) : readJson(path))
  if (parsed.ok) return parsed.network
  const [first] = parsed.problems.filter(({ severity }) => severity === 'error')
  throw new Error(`scenario ${scenario}: ${first?.pointer} ${first?.message}`)
}

/** @param {string} folder */
function readFolder(folder) {
  const files = filesBelow(folder, '.').filter((file) => file.endsWith('.json'))
  return readAlibaba(files.map((file) => ({ file, json: readJson(`${folder}/${file}`) }))).network
}

/**
 * @param {string} path
 * @returns {unknown}
 */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/**
 * @param {Network} network
 * @param {readonly Question[]} questions
 * @param {readonly SemanticId[]} off
 * @returns {readonly (Verdict | null)[]}
 */
function verdictsOf(network, questions, off) {
  const analyzer = createAnalyzer(compileFabric(network, { off }))
  return questions.map((question) => {
    const answer = analyzer.verdict(question)
    return 'verdict' in answer ? answer.verdict : null
  })
}

/**
 * The first question whose verdict changes without a semantic, first among the scenarios that claim
 * to show it, then among the others; null when no verdict does.
 * @param {SemanticId} id
 * @param {readonly Scenario[]} scenarios
 * @returns {SemanticWitness | null}
 */
export function findWitness(id, scenarios) {
  const claiming = scenarios.filter((scenario) => claims(scenario, id))
  for (const scenario of new Set([...claiming, ...scenarios])) {
    const witness = witnessIn(id, scenario)
    if (witness) return witness
  }
  return null
}

/**
 * Whether the README of a scenario names a semantic.
 * @param {Scenario} scenario
 * @param {SemanticId} id
 */
export function claims({ readme }, id) {
  return readme.includes(`\`${id}\``)
}

/**
 * The first question of one scenario whose verdict changes without a semantic.
 * @param {SemanticId} id
 * @param {Scenario} scenario
 * @returns {SemanticWitness | null}
 */
export function witnessIn(id, { name, network, questions, verdicts }) {
  if (!providersOf(network).includes(cloudOf(id))) return null
  const without = verdictsOf(network, questions, [id])
  for (const [place, question] of questions.entries()) {
    const [on, off] = [verdicts[place], without[place]]
    if (on && off && on !== off) return { scenario: name, question: question.id, on, off }
  }
  return null
}

/**
 * What `docs/semantics.md` must hold.
 * @returns {string}
 */
export function semanticsDocument() {
  return semanticsDoc(findWitnesses(loadScenarios()))
}

/**
 * @param {readonly Scenario[]} scenarios
 * @returns {ReadonlyMap<SemanticId, SemanticWitness>}
 */
function findWitnesses(scenarios) {
  /** @type {Map<SemanticId, SemanticWitness>} */
  const witnesses = new Map()
  for (const id of semanticIds) {
    const witness = findWitness(id, scenarios)
    if (witness) witnesses.set(id, witness)
  }
  return witnesses
}

function main() {
  const scenarios = loadScenarios()
  const witnesses = findWitnesses(scenarios)
  const width = Math.max(...semanticIds.map((id) => id.length))
  for (const id of semanticIds) print(`${id.padEnd(width)}  ${lineOf(witnesses.get(id))}`)
  const survivors = semanticIds.filter((id) => !witnesses.has(id))
  const total = `${semanticIds.length} semantics, ${scenarios.length} scenarios`
  print(`\n${total}: ${survivors.length} switched off without a change of verdict`)
  for (const id of survivors) print(`  ${id}: ${semantics[id].says}`)
  return survivors.length === 0 ? 0 : 1
}

/**
 * @param {SemanticWitness | undefined} witness
 * @returns {string}
 */
function lineOf(witness) {
  if (!witness) return 'no verdict changes'
  const { scenario, question, on, off } = witness
  return `${scenario}/${question}: ${on} → ${off}`
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main()
