import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One file of the repository: its path from the root, with slashes, and its text. */
export type SourceFile = { readonly path: string; readonly text: string }

/** The checkout's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

const notOurs = new Set(['node_modules', 'dist', 'coverage', '.git', '.hopwise'])
const textual = /\.(?:ts|mts|js|mjs|json|md|sh|sql|yml|yaml|txt)$|^\.ci\/run$|^LICENSE$/
const largestRead = 1_000_000

/** Every text file of the checkout up to 1 MB (larger ones are captured data), sorted by path. */
export function readRepository(): readonly SourceFile[] {
  return listFiles('')
    .filter((path) => textual.test(path))
    .filter((path) => statSync(join(root, path)).size <= largestRead)
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** TypeScript and JavaScript of the folders where our own code lives; captured fixtures are not code. */
export function isCode({ path }: SourceFile): boolean {
  return /^(?:src|test|bench|scripts)\/.*\.(?:ts|mts|mjs|js)$/.test(path) && !isFixture(path)
}

/** Whether a path is data that a test reads. */
export function isFixture(path: string): boolean {
  return path.includes('/fixtures/')
}

/** Builds a virtual repository, so that each check can be shown something that breaks it. */
export function virtual(files: Readonly<Record<string, string>>): readonly SourceFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }))
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !notOurs.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      return entry.isDirectory() ? listFiles(path) : [path]
    })
}
