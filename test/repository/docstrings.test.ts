import { expect, test } from 'vitest'
import { checkDocstrings } from './check-docstrings.ts'
import { readRepository, virtual } from './source-file.ts'

test('every export of every door is documented where it is declared', () => {
  expect(checkDocstrings(readRepository())).toEqual([])
})

const documented: readonly (readonly [door: string, file: string])[] = [
  ["export { x } from './x.ts'", '/** How many. */\nexport const x = 1'],
  ["export { x as y } from './x.ts'", '/** How many. */\nexport const x = 1'],
  ["export * from './x.ts'", '/**\n * Adds one.\n */\nexport function x() {}'],
  ["export type { x } from './x.ts'", '/** A number. */\nexport type x = number'],
  ["export { x } from './x.ts'", '/** A number. */\nexport type x = number\nexport const x = 1'],
  ["export { x } from './x.ts'", '/** How many. */\nconst x = 1\nexport { x }'],
  ["export { x } from './x.ts'", '/** How many. */\nexport const { a: x, ...rest } = y'],
  ["export { x } from './again.ts'", '/** How many. */\nexport const x = 1'],
  ["export { x } from '#model'", '/** How many. */\nexport const x = 1'],
]

test.each(documented)('admits the door %s onto %s', (door, file) => {
  expect(checkDocstrings(house(door, file))).toEqual([])
})

const undocumented: readonly (readonly [door: string, file: string, complaint: string])[] = [
  ["export { x } from './x.ts'", 'export const x = 1', 'exports x, which has no docstring'],
  ["export { x } from './x.ts'", '// How many.\nexport const x = 1', 'x, which has no docstring'],
  ["export { x } from './x.ts'", '/* How many. */\nexport const x = 1', 'which has no docstring'],
  ["export { x } from './x.ts'", '/** */\nexport const x = 1', 'x, which has no docstring'],
  ["export { x } from './x.ts'", '/** The file. */\n\nexport const x = 1', 'has no docstring'],
  ["export { x } from './x.ts'", 'export interface x {}', 'at src/net/x.ts:1'],
  ["export { x } from './again.ts'", 'class x {}\nexport { x }', 'exports x, which has no'],
  ["export * as all from './x.ts'", 'export enum x {}', 'exports all.x, which has no docstring'],
  ["export { x } from './x.ts'", '/** How many. */\nexport const y = 1', 'declared nowhere'],
  ["export { x } from 'zod'", '', 'exports x, which is declared nowhere'],
]

test.each(undocumented)('refuses the door %s onto %s', (door, file, complaint) => {
  expect(checkDocstrings(house(door, file))).toEqual([expect.stringContaining(complaint)])
})

function house(door: string, file: string) {
  return virtual({
    'src/net/index.ts': door,
    'src/net/x.ts': file,
    'src/net/again.ts': "import { x } from './x.ts'\nexport { x }",
    'src/model/index.ts': "export { x } from './x.ts'",
    'src/model/x.ts': '/** How many. */\nexport const x = 1',
  })
}
