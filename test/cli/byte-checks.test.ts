import { isUtf8 } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { findBadUtf8 } from '../../src/cli/loading/find-bad-utf8.ts'
import { findDeepNesting } from '../../src/cli/loading/nesting.ts'

test('a text is bad UTF-8 exactly when Node says so', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
      // The edges of RFC 3629 §4, which random bytes rarely meet.
      fc
        .constantFrom(
          'c080',
          'e09f80',
          'eda080',
          'f08f8080',
          'f4908080',
          'f48fbfbf',
          'ee8080',
          'c2',
        )
        .map((hex) => Buffer.from(hex, 'hex')),
    ),
  )
  fc.assert(
    fc.property(pieces, (parts) => {
      const bytes = Buffer.concat(parts)
      const at = findBadUtf8(bytes)
      expect(at === undefined).toBe(isUtf8(bytes))
      expect(isUtf8(bytes.subarray(0, at))).toBe(true)
    }),
    { numRuns: 3_000 },
  )
})

test('nesting is measured by brackets outside of strings', () => {
  const nested = (depth: number) => Buffer.from('['.repeat(depth) + ']'.repeat(depth))
  expect(findDeepNesting(nested(200))).toBeUndefined()
  expect(findDeepNesting(nested(201))).toBe(200)
  expect(findDeepNesting(Buffer.from('{"a":'.repeat(201)))).toBe(1_000)
  expect(
    findDeepNesting(Buffer.from(`["${'['.repeat(999)}\\"${'{'.repeat(999)}"]`)),
  ).toBeUndefined()
  expect(findDeepNesting(Buffer.from('[]'.repeat(5_000)))).toBeUndefined()
})

test('the depth that is measured is the depth that JSON has', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 6 }), (value, limit) => {
      const bytes = Buffer.from(JSON.stringify(value))
      expect(findDeepNesting(bytes, limit) !== undefined).toBe(depthOf(value) > limit)
    }),
    { numRuns: 500 },
  )
})

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}
