/**
 * `npm run scenarios`: compares every `scenarios/<name>/expected.txt` and the table in
 * `scenarios/README.md` with what Hopwise says now; with `--update` it writes them. It builds
 * nothing: run `npm run build` first. The scenario tests do the same comparison.
 */

import './check-node.mjs'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { runCli } from '#cli'
import { say } from './say.mjs'

/** @typedef {import('#model').Question} Question */
/** @typedef {import('#model').Verdict} Verdict */

/**
 * A question with the answer that its author worked out from the documents.
 * @typedef {Question & { readonly id: string, readonly about: string, readonly expect: Expectation }} ScenarioQuestion
 */

/**
 * `findings`: codes that must be among the answer's; `hops`: what the packet must come by, in this
 * order, with others between them allowed: ids of stops and of what was asked there, or addresses.
 * @typedef {{ readonly verdict: Verdict, readonly findings?: readonly string[], readonly hops?: readonly string[] }} Expectation
 */

/** @typedef {{ readonly code: number, readonly stdout: string, readonly stderr: string }} Outcome */

export const scenariosRoot = fileURLToPath(new URL('../scenarios', import.meta.url))

/**
 * The names of all scenarios, in alphabetical order.
 * @returns {readonly string[]}
 */
export function scenarioNames() {
  return readdirSync(scenariosRoot, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
}

/**
 * A file of a scenario; null when it does not exist.
 * @param {string} scenario
 * @param {string} file
 * @returns {string | null}
 */
export function readScenarioFile(scenario, file) {
  const path = join(scenariosRoot, scenario, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

/**
 * The file or folder that `--network` names.
 * @param {string} scenario
 * @returns {string}
 */
export function networkPath(scenario) {
  const folder = join(scenariosRoot, scenario, 'network')
  return existsSync(folder) ? folder : `${folder}.json`
}

/**
 * @param {string} scenario
 * @returns {readonly ScenarioQuestion[]}
 */
export function readQuestions(scenario) {
  return JSON.parse(readScenarioFile(scenario, 'questions.json') ?? '[]')
}

/**
 * What `expected.txt` of a scenario must hold: the report of `hopwise diagnose` for each question,
 * in English, 80 columns wide and without colour.
 * @param {string} scenario
 * @returns {Promise<string>}
 */
export async function reportsOf(scenario) {
  const reports = []
  for (const question of readQuestions(scenario)) {
    const { stdout, stderr } = await runHopwise(diagnoseArguments(networkPath(scenario), question))
    reports.push(`=== ${question.id}\n${stdout === '' ? stderr : stdout}`)
  }
  return reports.join('\n')
}

/**
 * The command line that asks one question.
 * @param {string} network
 * @param {Question} question
 * @returns {readonly string[]}
 */
function diagnoseArguments(network, { from, to, protocol, port, sourcePort, scope }) {
  const options = [
    ['--network', network],
    ['--from', from],
    ['--to', to],
    ['--protocol', protocol],
    ['--port', port],
    ['--source-port', sourcePort],
    ['--scope', scope],
    ['--language', 'en'],
  ]
  const given = options.filter(([, value]) => value !== undefined)
  return ['diagnose', ...given.flatMap(([name, value]) => [String(name), String(value)])]
}

/**
 * Runs a command line inside this process.
 * @param {readonly string[]} argv
 * @param {string} [input] what standard input holds
 * @returns {Promise<Outcome>}
 */
export async function runHopwise(argv, input = '') {
  const stdout = openMemory()
  const stderr = openMemory()
  const stdin = Readable.from([Buffer.from(input)])
  const code = await runCli(argv, { stdin, stdout, stderr, env: {} })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

/** A stream that is no terminal and keeps what is written. */
function openMemory() {
  /** @type {string[]} */
  const written = []
  return {
    write: (/** @type {string} */ text) => written.push(text) > 0,
    drained: async () => {},
    closed: () => false,
    isTerminal: false,
    columns: undefined,
    text: () => written.join(''),
  }
}

/**
 * What `scenarios/README.md` must hold.
 * @returns {string}
 */
export function scenariosReadme() {
  return `${introduction}\n${scenarioNames().map(tableLine).join('\n')}\n`
}

const introduction = `# Scenarios

Networks as data, each with questions and the answers that the documents of the cloud demand. Tests,
lab, documents and demo share them. Ask one yourself:

    npx hopwise diagnose --network scenarios/first-look/network --from i-web-1 --to i-db-1 --port 3306

A folder holds \`network.json\` (a Hopwise network file) or \`network/\` (answers of Alibaba Cloud calls
as its command line prints them), \`questions.json\` (every expected answer was worked out by hand, and
\`about\` gives the reasoning), \`expected.txt\` (the report of each question) and a README with the story.
\`npm run scenarios\` compares the reports and this table with what Hopwise says now;
\`npm run scenarios -- --update\` writes them. Expected answers are never written by a program.

| scenario | story | questions |
|---|---|---|`

/**
 * @param {string} scenario
 * @returns {string}
 */
function tableLine(scenario) {
  const count = readQuestions(scenario).length
  return `| [${scenario}](${scenario}/) | ${storyOf(scenario)} | ${count} |`
}

/**
 * The first sentence of the README below its heading.
 * @param {string} scenario
 * @returns {string}
 */
export function storyOf(scenario) {
  const text = readScenarioFile(scenario, 'README.md') ?? ''
  const paragraph = text
    .split(/\n\s*\n/)
    .map((part) => part.replaceAll(/^#.*$/gm, '').replaceAll(/\s+/g, ' ').trim())
    .find((part) => part !== '')
  return (paragraph?.match(/^.*?[.?!](?=\s|$)/)?.[0] ?? paragraph ?? '').replaceAll('|', '\\|')
}

async function main() {
  const updating = process.argv.includes('--update')
  const wanted = [{ file: 'README.md', text: scenariosReadme() }]
  for (const scenario of scenarioNames())
    wanted.push({ file: `${scenario}/expected.txt`, text: await reportsOf(scenario) })
  const stale = wanted.filter(({ file, text }) => readScenarioFile('.', file) !== text)
  for (const { file, text } of stale) {
    if (updating) writeFileSync(join(scenariosRoot, file), text)
    else printDifference(file, text)
  }
  const done = updating ? 'written' : 'out of step (npm run scenarios -- --update)'
  say(`${scenarioNames().length} scenarios, ${stale.length} files ${done}`)
  return updating || stale.length === 0 ? 0 : 1
}

/**
 * @param {string} file
 * @param {string} text what it should hold
 */
function printDifference(file, text) {
  const path = relative(process.cwd(), join(scenariosRoot, file))
  const lines = differenceOf(linesOf(readScenarioFile('.', file)), linesOf(text))
  process.stdout.write(`--- ${path}\n+++ ${path} as it is now\n${lines.join('\n')}\n`)
}

/**
 * @param {string | null} text
 * @returns {readonly string[]}
 */
function linesOf(text) {
  return text === null ? [] : text.split('\n')
}

/** Lines on which two texts must agree before a difference counts as over. */
const anchorLength = 3

/**
 * Lines that differ, marked \`-\` and \`+\`. Resynchronises at the next few lines that both share, which
 * is enough for reports: whole sections come and go.
 * @param {readonly string[]} before
 * @param {readonly string[]} after
 * @returns {readonly string[]}
 */
export function differenceOf(before, after) {
  const out = []
  let [a, b] = [0, 0]
  while (a < before.length || b < after.length) {
    if (a < before.length && before[a] === after[b]) {
      a += 1
      b += 1
      continue
    }
    const [nextA, nextB] = nextAnchor(before, after, a, b)
    out.push(`@@ line ${a + 1}`)
    out.push(...before.slice(a, nextA).map((line) => `- ${line}`))
    out.push(...after.slice(b, nextB).map((line) => `+ ${line}`))
    a = nextA
    b = nextB
  }
  return out
}

/**
 * The nearest places from which both texts say the same again; their ends when there are none.
 * @param {readonly string[]} before
 * @param {readonly string[]} after
 * @param {number} a
 * @param {number} b
 * @returns {readonly [number, number]}
 */
function nextAnchor(before, after, a, b) {
  const furthest = before.length - a + (after.length - b)
  for (let distance = 1; distance <= furthest; distance += 1) {
    for (let skipped = 0; skipped <= distance; skipped += 1) {
      const [x, y] = [a + skipped, b + distance - skipped]
      if (x >= before.length || y >= after.length) continue
      const agrees = Array.from({ length: anchorLength }).every(
        (_, offset) => before[x + offset] === after[y + offset],
      )
      if (agrees) return [x, y]
    }
  }
  return [before.length, after.length]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main()
