import { describe, expect, test } from 'vitest'

import { advise, catalogue, en, languageOf, languages, say, zhCN } from '#findings'

import { findingCodes } from '../../src/findings/finding.ts'
import { sampleReason } from '../../src/findings/finding-samples.ts'
import { forms, placeholders } from '../../src/findings/template.ts'

const formNames = Object.keys(forms)

const always = ['component', 'component-id', 'rule', 'leg']

test('both languages say the same codes, words and labels', () => {
  expect(Object.keys(en.findings).sort()).toEqual([...findingCodes].sort())
  expect(shapeOf(zhCN)).toEqual(shapeOf(en))
})

test('no code is written in two parts of a language', async () => {
  for (const folder of ['en', 'zh-cn'] as const) {
    const parts = await Promise.all([
      import(`../../src/findings/${folder}/question.ts`),
      import(`../../src/findings/${folder}/instance.ts`),
      import(`../../src/findings/${folder}/guest.ts`),
      import(`../../src/findings/${folder}/filter.ts`),
      import(`../../src/findings/${folder}/route.ts`),
      import(`../../src/findings/${folder}/edge.ts`),
      import(`../../src/findings/${folder}/link.ts`),
    ])
    const codes = parts.flatMap((part) => Object.values<object>(part)).flatMap(Object.keys)
    expect(codes).toHaveLength(findingCodes.length)
  }
})

describe.each(languages)('in %s', (language) => {
  const { findings } = languageOf(language)

  test.each(findingCodes)('%s uses only facts it has, in forms that exist', (code) => {
    const names: readonly string[] = [...catalogue[code].facts, ...always]
    const known = names.flatMap((name) => [name, ...formNames.map((form) => `${name}|${form}`)])
    const { say: clause, advice } = findings[code]
    expect(placeholders(clause + advice).filter((one) => !known.includes(one))).toEqual([])
  })

  test.each(findingCodes)('%s leaves no placeholder and no brace behind', (code) => {
    const reason = sampleReason(code)
    expect(say(reason, language)).not.toMatch(/[{}]|undefined/)
    expect(advise(reason, language)).not.toMatch(/[{}]|undefined/)
  })

  test('every code has a sentence and an advice of its own', () => {
    const clauses = findingCodes.map((code) => findings[code].say)
    const advices = findingCodes.map((code) => findings[code].advice)
    expect(clauses.every((clause) => clause.length > 5)).toBe(true)
    expect(advices.every((advice) => advice.length > 5)).toBe(true)
    expect(new Set(clauses).size).toBe(clauses.length)
  })

  test('a clause fits into a sentence: no full stop, no capital of its own, no line break', () => {
    for (const code of findingCodes) {
      const clause = findings[code].say
      expect(clause).not.toMatch(/[.。]$|\n|^[A-Z][a-z]/)
    }
  })

  test('a command ends its advice, and only then the full stop is missing', () => {
    for (const code of findingCodes) {
      const { advice } = findings[code]
      const command = /[:：] ?(?:aliyun |ip |ss |sysctl |\{call\}|\{command\})[^。]*$/.test(advice)
      expect({ code, stop: /[.。]$/.test(advice) }).toEqual({ code, stop: !command })
    }
  })
})

test('the same commands are given in both languages', () => {
  const commandOf = (advice: string) => /\b(?:aliyun|sysctl|ip|ss) [-a-zA-Z].*$/.exec(advice)?.[0]
  for (const code of findingCodes) {
    const english = commandOf(en.findings[code].advice)
    const chinese = commandOf(zhCN.findings[code].advice)
    expect({ code, command: chinese }).toEqual({ code, command: english })
  }
})

/** Words that Chinese cloud documentation writes in Latin letters, and what is typed as it is. */
const latin = new Set(
  `ACL BGP ClassicLink CPU DNAT DNS ECS EIP HaVip Hopwise ICMP ID IP IPsec IPv4 IPv6 Keepalived NAT
  SNAT TCP UDP VPC VPN root financial security InUse Running Stopped Available`.split(/\s+/),
)

test('the Chinese text holds no English words', () => {
  for (const text of textsOf(zhCN)) {
    const prose = text
      .replace(/\{[^}]*\}/g, '')
      .replace(/\b(?:aliyun|sysctl|ip|ss) [-a-zA-Z].*$/, '')
    const words = prose.match(/[A-Za-z][A-Za-z0-9]*/g) ?? []
    expect(words.filter((word) => !latin.has(word))).toEqual([])
  }
})

test('the Chinese text uses full-width punctuation', () => {
  for (const text of textsOf(zhCN)) {
    expect(text).not.toMatch(/[\u4e00-\u9fff] ?[,;:?!()]|[,;:?!()] ?[\u4e00-\u9fff]/)
    expect(text).not.toMatch(/[\u4e00-\u9fff]\{|\}[\u4e00-\u9fff]/)
  }
})

function shapeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value
  const entries = Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)] as const)
  return Object.fromEntries(entries)
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
