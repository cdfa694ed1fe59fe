import { posix } from 'node:path'
import type { BindingPattern, Declaration, ModuleExportName, Program } from 'oxc-parser'
import { parseSource } from './parse-source.ts'
import type { ParsedSource } from './parse-source.ts'
import type { SourceFile } from './source-file.ts'

/** Where an exported name is declared; `start` is the offset of the declaring statement. */
export type Origin = { readonly file: ParsedSource; readonly start: number }

/** Every exported name with its declarations; a type and a value may share a name. */
export type Exports = ReadonlyMap<string, readonly Origin[]>

type Statement = Program['body'][number]
type Found = Map<string, Origin[]>
type Repository = ReadonlyMap<string, SourceFile>

/** Follows every export of a door, through any chain of re-exports, to where it is declared. */
export function resolveExports(door: string, files: readonly SourceFile[]): Exports {
  return exportsOf(door, new Map(files.map((file) => [file.path, file])), [])
}

function exportsOf(path: string, files: Repository, trail: readonly string[]): Exports {
  const file = files.get(path)
  const found: Found = new Map()
  if (!file || trail.includes(path)) return found
  const parsed = parseSource(file)
  const follow = (specifier: string) => exportsOf(resolve(path, specifier), files, [...trail, path])
  for (const statement of parsed.program.body) collect(statement, parsed, follow, found)
  return found
}

function collect(
  statement: Statement,
  file: ParsedSource,
  follow: (specifier: string) => Exports,
  found: Found,
): void {
  if (statement.type === 'ExportAllDeclaration') {
    const target = follow(statement.source.value)
    const prefix = statement.exported ? `${nameOf(statement.exported)}.` : ''
    for (const [name, origins] of target) add(found, prefix + name, origins)
  }
  if (statement.type !== 'ExportNamedDeclaration') return
  const { declaration, specifiers, source, start } = statement
  if (declaration)
    for (const name of declaredNames(declaration)) add(found, name, [{ file, start }])
  const target = source ? follow(source.value) : null
  for (const { local, exported } of specifiers) {
    const inner = nameOf(local)
    const origins = target ? (target.get(inner) ?? []) : originsOfLocal(inner, file, follow)
    add(found, nameOf(exported), origins)
  }
}

/** A name exported by `export { name }`: declared in this file, or imported into it. */
function originsOfLocal(
  name: string,
  file: ParsedSource,
  follow: (specifier: string) => Exports,
): readonly Origin[] {
  return file.program.body.flatMap((statement) => {
    if (statement.type === 'ImportDeclaration')
      return statement.specifiers
        .filter((specifier) => specifier.local.name === name)
        .flatMap((specifier) =>
          specifier.type === 'ImportSpecifier'
            ? (follow(statement.source.value).get(nameOf(specifier.imported)) ?? [])
            : [],
        )
    return isDeclaration(statement) && declaredNames(statement).includes(name)
      ? [{ file, start: statement.start }]
      : []
  })
}

function isDeclaration(statement: Statement): statement is Declaration & Statement {
  return statement.type.endsWith('Declaration') && !/^(?:Import|Export)/.test(statement.type)
}

function declaredNames(declaration: Declaration): readonly string[] {
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) => boundNames(id))
  if (!('id' in declaration)) return []
  return declaration.id?.type === 'Identifier' ? [declaration.id.name] : []
}

function boundNames(pattern: BindingPattern): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'AssignmentPattern':
      return boundNames(pattern.left)
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => {
        if (element === null) return []
        return boundNames(element.type === 'RestElement' ? element.argument : element)
      })
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === 'RestElement' ? property.argument : property.value),
      )
  }
}

function nameOf(name: ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name
}

function add(found: Found, name: string, origins: readonly Origin[]): void {
  found.set(name, [...(found.get(name) ?? []), ...origins])
}

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}/index.ts`
  return posix.join(posix.dirname(from), specifier)
}
