/**
 * `npm run docs`: writes every document that is generated from a table; with `--check` it only
 * compares. The repository test does the same comparison, so a forgotten run cannot be merged.
 */

import './check-node.mjs'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare, root } from './prepare.mjs'
import { say } from './say.mjs'

/** @typedef {{ readonly file: string, readonly generate: () => string | Promise<string> }} Generator */

/**
 * The registry: one entry per generated document. The room is imported inside `generate`, because
 * the rooms are built only after this file was loaded.
 * @type {readonly Generator[]}
 */
export const generators = [
  { file: 'docs/findings.md', generate: async () => (await import('#findings')).findingsDoc() },
  {
    file: 'docs/semantics.md',
    generate: async () => (await import('./semantics.mjs')).semanticsDocument(),
  },
  { file: 'docs/conformance.md', generate: conformanceDocument },
  { file: 'README.md', generate: readmeWithFigures },
  { file: 'docs/cli.md', generate: async () => (await import('#cli')).cliDocs.generate() },
  ...['answer', 'reach', 'lab', 'lab-plan', 'labs', 'verification'].map((what) => ({
    file: `docs/schema/hopwise.${what}.v1.json`,
    generate: async () => printedSchema(`docs/schema/hopwise.${what}.v1.json`),
  })),
  ...['network', 'question'].map((what) => ({
    file: `docs/schema/hopwise.${what}.v1.json`,
    generate: async () => schemaDoc(`docs/schema/hopwise.${what}.v1.json`),
  })),
]

/** The figures of the last long run, in words. */
async function conformanceDocument() {
  const { conformanceDoc } = await import('#conformance')
  return conformanceDoc(conformanceFigures())
}

/** The README as it is, with the figures of the last long run between their two marks. */
async function readmeWithFigures() {
  const { figuresTable } = await import('#conformance')
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const marks = /(<!-- figures -->\n)[^]*?(<!-- end of figures -->)/
  if (!marks.test(readme)) throw new Error('README.md has lost the marks of its figures')
  const lines = figuresTable(conformanceFigures())
  return readme.replace(marks, (_, start, end) => `${start}\n${lines.join('\n')}\n\n${end}`)
}

const conformanceFigures = () =>
  JSON.parse(readFileSync(join(root, 'docs/conformance.json'), 'utf8'))

/**
 * @param {string} file
 * @returns {Promise<string>}
 */
async function schemaDoc(file) {
  const { schemaDocs } = await import('#model')
  const found = schemaDocs.find((doc) => doc.file === file)
  if (!found) throw new Error(`room model has no generator for ${file}`)
  return `${JSON.stringify(found.generate(), null, 2)}\n`
}

/**
 * @param {string} file
 * @returns {Promise<string>}
 */
async function printedSchema(file) {
  const { printedSchemas } = await import('#cli')
  const found = printedSchemas.find((doc) => doc.file === file)
  if (!found) throw new Error(`room cli has no generator for ${file}`)
  return found.generate()
}

/**
 * The documents whose text is not what their generator says now.
 * @param {readonly Generator[]} list
 * @param {(file: string) => string | null} read null for a file that does not exist
 * @returns {Promise<readonly { readonly file: string, readonly text: string }[]>}
 */
export async function findStale(list, read) {
  const wanted = await Promise.all(
    list.map(async ({ file, generate }) => ({ file, text: await generate() })),
  )
  return wanted.filter(({ file, text }) => read(file) !== text)
}

/**
 * @param {string} file
 * @returns {string | null}
 */
export function readDocument(file) {
  const path = join(root, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

async function main() {
  prepare()
  const stale = await findStale(generators, readDocument)
  const checking = process.argv.includes('--check')
  for (const { file, text } of stale) {
    say(checking ? `${file} is out of step; run npm run docs` : `writing ${file}`)
    if (!checking) writeDocument(file, text)
  }
  say(`${generators.length} generated documents, ${stale.length} were out of step`)
  return checking && stale.length > 0 ? 1 : 0
}

/**
 * @param {string} file
 * @param {string} text
 */
function writeDocument(file, text) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main()
