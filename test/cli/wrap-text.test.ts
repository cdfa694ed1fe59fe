import fc from 'fast-check'
import { expect, test } from 'vitest'

import { displayWidth } from '../../src/cli/report/display-width.ts'
import { wrapText } from '../../src/cli/report/wrap-text.ts'

test('no line is wider than the terminal, and no character is lost', () => {
  const word = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom('安全组', '规则。', '（入方向）', '10.0.1.10/32', 'sg-db', '：', 'é̂', '，'),
  )
  const text = fc
    .array(word, { maxLength: 30 })
    .map((words) => words.join(' ').replaceAll(/ +/g, ' ').trim())
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 100 }), (given, width) => {
      const lines = wrapText(given, width)
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
      expect(lines.join('').replaceAll(' ', '')).toBe(given.replaceAll(' ', ''))
    }),
    { numRuns: 2_000 },
  )
})

test('Chinese breaks between characters, but never before a closing mark or after an opening one', () => {
  expect(wrapText('安全组没有允许该流量的规则。', 10)).toEqual([
    '安全组没有',
    '允许该流量',
    '的规则。',
  ])
  expect(wrapText('一二三四（五六）七', 10)).toEqual(['一二三四', '（五六）七'])
  expect(wrapText('放行 10.0.1.10/32 的流量', 13)).toEqual(['放行', '10.0.1.10/32', '的流量'])
})

test('wide characters and combining marks are measured as a terminal shows them', () => {
  expect(displayWidth('abc')).toBe(3)
  expect(displayWidth('安全组')).toBe(6)
  expect(displayWidth('（）：')).toBe(6)
  expect(displayWidth('é')).toBe(1)
  expect(displayWidth('e\u0301')).toBe(1)
  expect(displayWidth('✔ ✖ → ·')).toBe(7)
  expect(displayWidth('👍')).toBe(2)
})

test('without a limit a text stays one line', () => {
  expect(wrapText('one two three', Infinity)).toEqual(['one two three'])
  expect(wrapText('', 80)).toEqual([''])
})
