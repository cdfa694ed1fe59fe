import { parseSource } from './parse-source.ts'
import { roomOf, rooms } from './rooms.ts'
import { isCode } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

const readmeLines = { least: 5, most: 15 }

/** What is wrong with the rooms themselves: unknown, without a door or README, a door that does work. */
export function checkRooms(files: readonly SourceFile[]): readonly string[] {
  const inSource = files.filter((file) => file.path.startsWith('src/'))
  const names = new Set(inSource.flatMap(({ path }) => roomOf(path) ?? []))
  const loose = inSource.filter(({ path }) => roomOf(path) === undefined && path !== 'src/index.ts')
  return [
    ...loose.map(({ path }) => `${path} lies outside every room`),
    ...[...names].flatMap((name) => checkRoom(name, inSource)),
  ]
}

function checkRoom(name: string, files: readonly SourceFile[]): readonly string[] {
  const find = (file: string) => files.find(({ path }) => path === `src/${name}/${file}`)
  const [door, readme] = [find('index.ts'), find('README.md')]
  const known = name in rooms ? [] : [`src/${name} is no room: no floor names it`]
  return [
    ...known,
    ...(door ? checkDoor(door) : [`src/${name} has no door (index.ts)`]),
    ...(readme ? checkReadme(readme, files) : [`src/${name} has no README.md`]),
  ]
}

function checkDoor(door: SourceFile): readonly string[] {
  const { program, lineAt } = parseSource(door)
  return program.body
    .filter((statement) => {
      if (statement.type === 'ExportAllDeclaration') return false
      return statement.type !== 'ExportNamedDeclaration' || statement.declaration !== null
    })
    .map(
      ({ start }) => `${door.path}:${lineAt(start)} a door only exports what other files declare`,
    )
}

function checkReadme({ path, text }: SourceFile, files: readonly SourceFile[]): readonly string[] {
  const lines = text.trimEnd().split('\n').length
  const fits = lines >= readmeLines.least && lines <= readmeLines.most
  const room = path.replace(/README\.md$/, '')
  const own = files.filter((file) => isCode(file) && file.path.startsWith(room))
  const namesOne = own.some((file) => text.includes(`\`${file.path.slice(room.length)}\``))
  return [
    ...(fits ? [] : [`${path} has ${lines} lines; ${readmeLines.least} to ${readmeLines.most}`]),
    ...(namesOne ? [] : [`${path} names no file of the room to read first (as \`file.ts\`)`]),
  ]
}
