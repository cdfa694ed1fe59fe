import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Analyzer, createAnalyzer } from '#analyzer'
import { readAws, type SourceDocument } from '#dialects'
import { compileFabric } from '#fabric'
import { type Network, parseNetwork } from '#model'

const root = join(import.meta.dirname, '../../../shared/suites')

/** Whether the peers' suites lie beside the checkout: they are not part of the project. */
export const suitesPresent = existsSync(root)

/** One question of a peer, as `suites/README.md` describes it. */
export interface PeerCase {
  readonly id: string
  readonly question?: string
  readonly inputs: readonly string[]
  readonly inputDir?: string
  readonly scope?: string
  readonly source: PeerEnd
  readonly destination: PeerEnd
  readonly protocol: string | null
  readonly port: number | null
  readonly sourcePort: number | null
  readonly expected: 'reachable' | 'unreachable'
  readonly expectedReturn?: string
  readonly blockedAt?: string | null
  readonly expectedPath?: readonly string[] | null
  readonly internetHeuristic?: string
  readonly expectedConnections?: string | null
  readonly returnBlockedFor?: string | null
  readonly why: string
}

/** Where a question of a peer starts or ends. */
export interface PeerEnd {
  readonly type?: string
  readonly id?: string
  readonly name?: string | null
  readonly ip?: string
  readonly private?: string
  readonly instance?: string
  readonly eni?: string
  readonly text?: string
}

/** The cases of a suite; none where it is absent. */
export function casesOf(suite: string): readonly PeerCase[] {
  const file = join(root, suite, 'cases.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

/** A snapshot of AWS JSON, read by the importer: a folder, or one file. */
export function readSnapshot(suite: string, path: string): Network {
  const { network } = readAws(documentsBelow(join(root, suite, path)))
  const parsed = parseNetwork(network)
  if (!parsed.ok) throw new Error(`${path}: ${parsed.problems[0]?.message}`)
  return parsed.network
}

/** One JSON file of a suite. */
export const readJson = (suite: string, path: string) =>
  JSON.parse(readFileSync(join(root, suite, path), 'utf8'))

function documentsBelow(path: string): SourceDocument[] {
  if (!statSync(path).isDirectory())
    return [{ file: path, json: JSON.parse(readFileSync(path, 'utf8')) }]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ file, json: JSON.parse(readFileSync(join(path, file), 'utf8')) }))
}

/** An analyzer for each snapshot, made once. */
export const analyzers = (load: (path: string) => Network): ((path: string) => Analyzer) =>
  keep((path) => createAnalyzer(compileFabric(load(path))))

/** What is made once for each key. */
export function keep<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>()
  return (key) => {
    const known = made.get(key) ?? make(key)
    made.set(key, known)
    return known
  }
}
