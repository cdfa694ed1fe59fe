import { describe, expect, test } from 'vitest'
import type { Hop } from '#model'
import { parseAnswers } from './parse-answers.ts'
import {
  differenceOf,
  networkPath,
  readQuestions,
  readScenarioFile,
  reportsOf,
  runHopwise,
  scenarioNames,
  scenariosReadme,
  storyOf,
} from '../../scripts/scenarios.mjs'

const names = scenarioNames()

test('there are scenarios to test', () => {
  expect(names.length).toBeGreaterThan(0)
})

describe.each(names)('scenario %s', (scenario) => {
  const questions = readQuestions(scenario)

  test('has a README that tells its story in 3 to 12 lines', () => {
    const text = readScenarioFile(scenario, 'README.md') ?? ''
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    expect(storyOf(scenario)).not.toBe('')
    expect(lines.length).toBeGreaterThanOrEqual(3)
    expect(lines.length).toBeLessThanOrEqual(12)
  })

  test('has questions with ids of their own, each saying what it is about', () => {
    const ids = questions.map(({ id }) => id)
    expect(questions.length).toBeGreaterThan(0)
    expect(ids).toEqual([...new Set(ids)])
    expect(questions.filter(({ about }) => !/^\S.{15,}[.?!]$/s.test(about))).toEqual([])
  })

  const asked = askAll(scenario)

  test('holds a network that loads, and every question can be asked', async () => {
    const { code, stderr, answers } = await asked
    expect(stderr).not.toMatch(/\berror\b/)
    expect(code).toBe(0)
    expect(questions.filter(({ id }) => answers.get(id)?.verdict === undefined)).toEqual([])
  })

  test.each(questions)(
    'question $id is $expect.verdict: $about',
    async ({ id, expect: expected }) => {
      const answer = (await asked).answers.get(id)
      expect(answer).toMatchObject({ verdict: expected.verdict })
      const codes = answer?.findings.map(({ code }) => code)
      expect(codes).toEqual(expect.arrayContaining([...(expected.findings ?? [])]))
      const stops = (answer?.hops ?? []).flatMap(namesOf)
      expect(inOrder(stops, expected.hops ?? [])).toEqual(expected.hops ?? [])
    },
  )

  test('has reports in expected.txt that Hopwise still prints', async () => {
    expect(readScenarioFile(scenario, 'expected.txt')).toBe(await reportsOf(scenario))
  })
})

test('the table of scenarios lists each of them with its story', () => {
  expect(readScenarioFile('.', 'README.md')).toBe(scenariosReadme())
})

test('a difference names the changed lines and nothing else', () => {
  const before = ['same', 'old', 'a', 'b', 'c', 'd', 'gone', 'x', 'y', 'z']
  const after = ['same', 'new', 'a', 'b', 'c', 'd', 'x', 'y', 'z']
  expect(differenceOf(before, after)).toEqual([
    '@@ line 2',
    '- old',
    '+ new',
    '@@ line 7',
    '- gone',
  ])
  expect(differenceOf(after, after)).toEqual([])
})

/** The answers of all questions, by id, from one run over the network. */
async function askAll(scenario: string) {
  const lines = readQuestions(scenario).map(({ about: _, expect: __, ...question }) =>
    JSON.stringify(question),
  )
  const argv = ['query', '--network', networkPath(scenario), '--questions', '-']
  const { code, stdout, stderr } = await runHopwise(argv, `${lines.join('\n')}\n`)
  return { code, stderr, answers: parseAnswers(stdout) }
}

/** What a stop may be called: its resource, its address, or a component that was asked there. */
function namesOf({ at, address, stages }: Hop): readonly string[] {
  const asked = stages.map(({ component }) => component.id)
  return [at.id, ...(address === undefined ? [] : [address]), ...asked]
}

/** Those of `wanted` that `stops` has one after the other. */
function inOrder(stops: readonly string[], wanted: readonly string[]): readonly string[] {
  let from = 0
  return wanted.filter((id) => {
    const at = stops.indexOf(id, from)
    if (at >= 0) from = at + 1
    return at >= 0
  })
}
