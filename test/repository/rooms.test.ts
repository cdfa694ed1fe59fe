import { expect, test } from 'vitest'
import { checkRooms } from './check-rooms.ts'
import { readRepository, virtual } from './source-file.ts'

test('every room has a floor, a door that only exports, and a short README', () => {
  expect(checkRooms(readRepository())).toEqual([])
})

const sound = {
  'src/net/index.ts': "export { x } from './x.ts'\nexport type * from './y.ts'\n",
  'src/net/x.ts': 'export const x = 1\n',
  'src/net/README.md': '# net\n\nWhat.\nWhat not.\nRead `x.ts` first.\n',
}

test('a sound room is admitted', () => {
  expect(checkRooms(virtual(sound))).toEqual([])
})

const broken: readonly (readonly [complaint: string, change: Readonly<Record<string, string>>])[] =
  [
    [
      'src/attic is no room',
      { 'src/attic/index.ts': '', 'src/attic/README.md': '`index.ts`\n\n\n\n.' },
    ],
    ['src/model has no door', { 'src/model/x.ts': '', 'src/model/README.md': '`x.ts`\n\n\n\n.' }],
    ['src/model has no README.md', { 'src/model/index.ts': '' }],
    ['src/stray.ts lies outside every room', { 'src/stray.ts': '' }],
    ['src/net/index.ts:1 a door only exports', { 'src/net/index.ts': 'export const x = 1' }],
    ['src/net/index.ts:1 a door only exports', { 'src/net/index.ts': "import './x.ts'" }],
    ['src/net/README.md has 2 lines', { 'src/net/README.md': '# net\nRead `x.ts` first.\n' }],
    ['src/net/README.md has 16 lines', { 'src/net/README.md': `\`x.ts\`${'\n'.repeat(15)}.\n` }],
    ['names no file of the room', { 'src/net/README.md': '# net\n\nRead\n`gone.ts`\nfirst.\n' }],
  ]

test.each(broken)('complains: %s (case %#)', (complaint, change) => {
  expect(checkRooms(virtual({ ...sound, ...change }))).toEqual([expect.stringContaining(complaint)])
})
