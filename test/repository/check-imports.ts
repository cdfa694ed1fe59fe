import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { parseSource } from './parse-source.ts'
import { readImports } from './read-imports.ts'
import type { Import } from './read-imports.ts'
import { roomOf, rooms } from './rooms.ts'
import { isCode } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/**
 * What breaks the floors and doors: a room imports only `#room` of lower floors, moves inside
 * itself by relative paths, and uses only packages that are published with it. Tests, benches and
 * scripts enter by doors as well; tests of a room may look inside that room.
 * @param dependencies names of the packages a user of Hopwise installs with it
 */
export function checkImports(
  files: readonly SourceFile[],
  dependencies: readonly string[],
): readonly string[] {
  return files.filter(isCode).flatMap((file) =>
    readImports(parseSource(file)).flatMap((found) => {
      const wrong = judge(file.path, found, dependencies)
      return wrong === null ? [] : [`${file.path}:${found.line} ${wrong}`]
    }),
  )
}

function judge(path: string, found: Import, dependencies: readonly string[]): string | null {
  const { specifier, kind } = found
  if (specifier === null) return judgeComputed(path, kind)
  if (kind === 'url') return judgeUrl(path, specifier)
  if (specifier.startsWith('#')) return judgeDoor(path, specifier)
  if (specifier.startsWith('.'))
    return judgeRelative(path, posix.join(posix.dirname(path), specifier))
  return path.startsWith('src/') ? judgePackage(specifier, dependencies) : null
}

function judgeComputed(path: string, kind: Import['kind']): string | null {
  if (kind === 'url' || !path.startsWith('src/')) return null
  return 'imports something that is only known at run time; no floor can be checked'
}

function judgeUrl(path: string, specifier: string): string | null {
  const room = roomOf(posix.join(posix.dirname(path), specifier))
  return room === undefined || room === roomOf(path) ? null : `points into the room ${room}`
}

function judgeDoor(path: string, specifier: string): string | null {
  const target = specifier.slice(1)
  if (target.includes('/')) return `reaches past a door with ${specifier}`
  if (!(target in rooms)) return `imports ${specifier}, which is no room`
  const own = roomOf(path)
  return own === undefined || !(own in rooms) ? null : judgeFloors(own, target)
}

function judgeFloors(own: string, target: string): string | null {
  if (own === target) return `enters its own room by the door; use a relative path`
  const { floor, shuns = [] } = rooms[own]
  if (shuns.includes(target)) return `${own} must stay independent of ${target}`
  if (rooms[target].floor < floor) return null
  return `${own} (floor ${floor}) may not import ${target} (floor ${rooms[target].floor})`
}

function judgeRelative(path: string, target: string): string | null {
  if (path.startsWith('src/')) {
    if (roomOf(path) === undefined) return `reaches into ${target}; use the room's door`
    return roomOf(target) === roomOf(path) ? null : `leaves its room for ${target}`
  }
  if (target.startsWith('dist/')) return `imports the build output ${target}`
  if (!target.startsWith('src/') || roomOf(target) === roomTestedBy(path)) return null
  return `looks inside a room at ${target}; use its door`
}

function judgePackage(specifier: string, dependencies: readonly string[]): string | null {
  if (specifier.startsWith('node:')) return null
  if (isBuiltin(specifier)) return `write node:${specifier}`
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  return dependencies.includes(name) ? null : `imports ${name}, which users do not install`
}

/** The room a test belongs to: `test/<room>/…` or `test/proof/<room>/…`. */
function roomTestedBy(path: string): string {
  return /^test\/(?:proof\/)?([^/]+)\//.exec(path)?.[1] ?? 'none'
}
