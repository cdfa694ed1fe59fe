import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'

import { cliDocs, printedSchemas } from '#cli'
import { finding } from '#findings'
import { root } from '../repository/source-file.ts'
import { answerSchema } from '../../src/cli/schema/answer-schema.ts'
import { commandTable } from '../../src/cli/command-table.ts'
import { presentAnswer } from '../../src/cli/present-answer.ts'
import type { PresentedAnswer } from '../../src/cli/present-answer.ts'
import type { Frozen } from '../../src/cli/schema/describes.ts'
import { blocked, partial, supposed } from './sample-answers.ts'

describe('the schema of answers', () => {
  test.each([
    ['blocked', blocked],
    ['partial', partial],
    ['supposed', supposed],
  ])('admits the %s answer as it is printed, field for field', (_name, answer) => {
    const printed: unknown = JSON.parse(JSON.stringify(presentAnswer(answer, 'en')))
    // What the schema does not know, zod takes away.
    expect(answerSchema.parse(printed)).toEqual(printed)
  })

  test.each([blocked, partial, supposed])('admits an answer without its texts', (answer) => {
    const printed: unknown = JSON.parse(JSON.stringify(answer))
    expect(answerSchema.parse(printed)).toEqual(printed)
  })

  test('admits an error and refuses what is neither', () => {
    const error = { code: 'question.invalid', message: 'Line 1 is not UTF-8.', candidates: ['a'] }
    expect(answerSchema.safeParse({ kind: 'hopwise.answer/v1', id: 'q', error }).success).toBe(true)
    expect(answerSchema.safeParse({ kind: 'hopwise.answer/v1', id: 'q' }).success).toBe(false)
    expect(
      answerSchema.safeParse({ ...presentAnswer(blocked, 'en'), verdict: 'maybe' }).success,
    ).toBe(false)
  })

  test('is the type that is printed, down to each word', () => {
    const fits: (answer: PresentedAnswer) => Frozen<z.infer<typeof answerSchema>> = (answer) =>
      answer
    expect(fits(presentAnswer(blocked, 'en')).kind).toBe('hopwise.answer/v1')
  })
})

describe('an answer put into words', () => {
  test('keeps every fact of the answer', () => {
    expect(presentAnswer(partial, 'zh-CN')).toMatchObject(partial)
  })

  test('has a sentence for each finding, those of alternatives included', () => {
    const { findings, alternatives, assumptions, summary } = presentAnswer(partial, 'en')
    expect(summary).toContain('i-web-1')
    expect(findings[0].message).toContain('sg-web')
    expect(findings[0].advice).toContain('aliyun ecs AuthorizeSecurityGroup')
    expect(alternatives?.[0].findings[0].message).toContain('203.0.113.80')
    expect(assumptions.map(({ message }) => message.length > 0)).toEqual([true, true])
  })

  test('leaves out what is absent', () => {
    expect(Object.keys(presentAnswer(blocked, 'en'))).not.toContain('id')
    expect(Object.keys(presentAnswer(blocked, 'en'))).not.toContain('alternatives')
  })

  test('keeps the findings in the order in which they were given', () => {
    const [first, second] = blocked.findings
    const swapped = presentAnswer(
      {
        ...blocked,
        findings: [
          second,
          first,
          finding('instance.no-interface', { component: blocked.to, facts: {} }),
        ],
      },
      'en',
    )
    expect(swapped.findings.map(({ code }) => code)).toEqual([
      second.code,
      first.code,
      'instance.no-interface',
    ])
  })
})

describe('the generated documents', () => {
  test.each([cliDocs, ...printedSchemas])(
    '$file is what its generator says now',
    ({ file, generate }) => {
      expect(readFileSync(`${root}/${file}`, 'utf8')).toBe(generate())
    },
  )

  test('the reference names every command and every option', () => {
    const text = cliDocs.generate()
    for (const { name, options, examples } of commandTable) {
      expect(text).toContain(`## hopwise ${name}`)
      for (const option of options) expect(text).toContain(`--${option.name}`)
      for (const example of examples) expect(text).toContain(example)
    }
  })
})
