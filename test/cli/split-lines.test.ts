import { isUtf8 } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { openLineSplitter } from '../../src/cli/streaming/split-lines.ts'
import type { Line } from '../../src/cli/streaming/split-lines.ts'

const longest = 20

test('however a stream is cut into chunks, its lines are the same', () => {
  const line = fc.oneof(
    fc
      .string({ unit: 'binary', maxLength: 30 })
      .map((text) => Buffer.from(text.replaceAll('\n', ' '))),
    fc
      .uint8Array({ maxLength: 30 })
      .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 10 ? 0xff : byte)))),
  )
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 })
  fc.assert(
    fc.property(fc.array(line), fc.boolean(), cuts, (lines, ended, sizes) => {
      const text = Buffer.concat(lines.flatMap((one) => [one, Buffer.from('\n')]))
      const bytes = ended ? text : text.subarray(0, Math.max(0, text.length - 1))
      expect(split(bytes, sizes)).toEqual(linesOf(bytes))
    }),
    { numRuns: 3_000 },
  )
})

test('a line of endless length is dropped as it comes, and said to be too long', () => {
  const splitter = openLineSplitter(longest)
  for (let count = 0; count < 1_000; count += 1)
    expect(splitter.push(Buffer.alloc(1_000, 65))).toEqual([])
  expect(splitter.push(Buffer.from('A\nnext\n'))).toEqual([{ fault: 'too-long' }, 'next'])
  splitter.push(Buffer.alloc(100, 65))
  expect(splitter.end()).toEqual([{ fault: 'too-long' }])
})

test('a byte order mark is passed over at the start and nowhere else', () => {
  const splitter = openLineSplitter()
  expect(splitter.push(Buffer.from('\uFEFFone\n\uFEFFtwo\n'))).toEqual(['one', '\uFEFFtwo'])
})

function split(bytes: Buffer, sizes: readonly number[]): readonly Line[] {
  const splitter = openLineSplitter(longest)
  const lines: Line[] = []
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const end = at + sizes[turn % sizes.length]
    lines.push(...splitter.push(bytes.subarray(at, end)))
    at = end
  }
  return [...lines, ...splitter.end()]
}

/** The same by the obvious way: everything in memory. */
function linesOf(bytes: Buffer): readonly Line[] {
  const lines: Line[] = []
  let rest = bytes.subarray(0, 3).equals(Buffer.from('\uFEFF')) ? bytes.subarray(3) : bytes
  while (rest.length > 0) {
    const at = rest.indexOf(10)
    const line = at < 0 ? rest : rest.subarray(0, at)
    if (line.length > longest) lines.push({ fault: 'too-long' })
    else lines.push(isUtf8(line) ? line.toString() : { fault: 'not-utf8' })
    rest = at < 0 ? Buffer.alloc(0) : rest.subarray(at + 1)
  }
  return lines
}
