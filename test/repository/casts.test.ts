import { expect, test } from 'vitest'
import { checkCasts } from './check-casts.ts'
import { readRepository, virtual } from './source-file.ts'

test('no file says any, casts outside the doors, or insists without a reason', () => {
  expect(checkCasts(readRepository())).toEqual([])
})

const refused: readonly (readonly [path: string, text: string, complaint: string])[] = [
  ['src/net/a.ts', 'export const x: any = 1', '`any`'],
  ['test/net/a.test.ts', 'export function f(x: readonly any[]): void {}', '`any`'],
  ['src/net/parse-a.ts', 'export const x = 1 as any', '`any`'],
  ['src/net/a.ts', 'export const x = y as number', '`as` outside'],
  ['bench/a.ts', 'export const x = <number>y', '`<T>` outside'],
  ['src/net/compare-a.ts', 'export const x = y as unknown', '`as` outside'],
  ['src/net/a.ts', '// far away\n\nexport const x = y!.z', '`!` needs its reason'],
  ['src/net/a.ts', 'let x!: number', '`!` needs its reason'],
  ['src/net/a.ts', 'class A { x!: number }', '`!` needs its reason'],
]

test.each(refused)('refuses in %s: %s', (path, text, complaint) => {
  expect(checkCasts(virtual({ [path]: text }))).toEqual([expect.stringContaining(complaint)])
})

const admitted: readonly (readonly [path: string, text: string])[] = [
  ['src/net/a.ts', 'export const x = [1] as const satisfies readonly number[]'],
  ['src/net/a.ts', 'export const any = "as any"'],
  ['src/net/a.ts', '// the caller checked it\nexport const x = y!.z'],
  ['src/net/a.ts', 'export const x = y!.z // the caller checked it'],
  ['src/net/parse-a.ts', 'export const x = y as number'],
  ['src/net/brand.ts', 'export const x = y as Id'],
  ['src/net/read-a.ts', 'export const x = y as Facts'],
]

test.each(admitted)('admits in %s: %s', (path, text) => {
  expect(checkCasts(virtual({ [path]: text }))).toEqual([])
})
