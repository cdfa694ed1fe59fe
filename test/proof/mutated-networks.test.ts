import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { createAnalyzer, type VerdictOnly } from '#analyzer'
import { readAlibaba } from '#dialects'
import { compileFabric } from '#fabric'
import { type Answer, type AnswerError, parseNetwork, type Question } from '#model'

import { seededRandom } from '#conformance'

/** Enough to meet every kind of field in every scenario several times. */
const MUTATIONS = 400

const seed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000)
const root = new URL('../../scenarios', import.meta.url).pathname

const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
)
const files = folders.filter((name) => readdirSync(join(root, name)).includes('network.json'))
const answers = folders.filter((name) => readdirSync(join(root, name)).includes('network'))

test.each(files)(
  `mutations of the network file %s never surprise anyone (seed ${seed})`,
  (name) => {
    const text = readFileSync(join(root, name, 'network.json'), 'utf8')
    const questions = questionsOf(name)
    const random = seededRandom(seed)
    for (let i = 0; i < MUTATIONS; i++) {
      const input: unknown = JSON.parse(text)
      mutate(input, random, 1 + Math.floor(random() * 3))
      expect(surprisesIn(input, questions)).toEqual([])
    }
  },
)

test.each(answers)(
  `mutations of the API answers in %s never surprise anyone (seed ${seed})`,
  (name) => {
    const folder = join(root, name, 'network')
    const texts = readdirSync(folder).map((file) => ({
      file,
      text: readFileSync(join(folder, file), 'utf8'),
    }))
    const questions = questionsOf(name)
    const random = seededRandom(seed)
    for (let i = 0; i < MUTATIONS; i++) {
      const documents = texts.map(({ file, text }) => ({ file, json: parse(text) }))
      const victim = documents[Math.floor(random() * documents.length)]
      if (victim) mutate(victim.json, random, 1 + Math.floor(random() * 3))
      const { network } = readAlibaba(documents)
      expect(surprisesIn(network, questions)).toEqual([])
    }
  },
)

const parse = (text: string): unknown => JSON.parse(text)

function questionsOf(name: string): Question[] {
  const list: Question[] = JSON.parse(readFileSync(join(root, name, 'questions.json'), 'utf8'))
  return list
}

/**
 * A refused input names its problems; whatever parse lets in, both engines answer alike. An
 * exception fails the test by itself.
 */
function surprisesIn(input: unknown, questions: readonly Question[]): string[] {
  const parsed = parseNetwork(input)
  if (!parsed.ok) return parsed.problems.length > 0 ? [] : ['refused without a problem']
  const analyzer = createAnalyzer(compileFabric(parsed.network))
  return questions.flatMap((question) => {
    const long = verdictOf(analyzer.ask(question))
    const short = verdictOf(analyzer.verdict(question))
    return long === short ? [] : [`${question.id ?? ''}: ${long} explained, ${short} decided`]
  })
}

const verdictOf = (said: Answer | AnswerError | VerdictOnly): string =>
  'error' in said ? said.error.code : said.verdict

const replacements: readonly unknown[] = [
  null,
  '',
  'x',
  '10.0.0.5',
  '10.0.0.0/8',
  '2001:db8::1',
  '::/0',
  -1,
  0,
  Number.POSITIVE_INFINITY,
  65_536,
  true,
  [],
  {},
  [null],
  '__proto__',
]

/** Deletes, replaces or copies fields at random places. */
function mutate(value: unknown, random: () => number, times: number): void {
  for (let i = 0; i < times; i++) mutateOnce(value, random)
}

function mutateOnce(value: unknown, random: () => number): void {
  let here = value
  for (let depth = 0; depth < 12; depth++) {
    if (typeof here !== 'object' || here === null) return
    const entries = Object.entries(here)
    const chosen = entries[Math.floor(random() * entries.length)]
    if (!chosen) return
    const [key, child] = chosen
    if (typeof child === 'object' && child !== null && random() < 0.8) {
      here = child
      continue
    }
    return change(here, key, entries, random)
  }
}

function change(
  holder: object,
  key: string,
  entries: readonly [string, unknown][],
  random: () => number,
): void {
  const dice = random()
  // JSON has no holes: an element leaves its list.
  if (dice < 0.3 && Array.isArray(holder)) holder.splice(Number(key), 1)
  else if (dice < 0.3) Reflect.deleteProperty(holder, key)
  else if (dice < 0.7)
    Reflect.set(holder, key, replacements[Math.floor(random() * replacements.length)])
  else Reflect.set(holder, key, entries[Math.floor(random() * entries.length)]?.[1])
}
