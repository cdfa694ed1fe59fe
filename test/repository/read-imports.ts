import { Visitor } from 'oxc-parser'
import type { Argument, CallExpression, Expression, NewExpression } from 'oxc-parser'
import type { ParsedSource } from './parse-source.ts'

/** One reference to another module; `specifier` is null when it is only known at run time. */
export type Import = {
  readonly kind: 'module' | 'url'
  readonly specifier: string | null
  readonly line: number
}

const loaders = new Set([
  'require',
  'require.resolve',
  'import.meta.resolve',
  'vi.mock',
  'vi.doMock',
  'vi.importActual',
  'vi.importMock',
])

/** Every way a file can reach another one: static, dynamic, type, re-export, require, mock, URL. */
export function readImports({ program, lineAt }: ParsedSource): readonly Import[] {
  const found: Import[] = []
  const add = (specifier: string | null, at: number, kind: Import['kind'] = 'module') =>
    found.push({ kind, specifier, line: lineAt(at) })
  new Visitor({
    ImportDeclaration: ({ source, start }) => add(source.value, start),
    ExportNamedDeclaration: ({ source, start }) => source && add(source.value, start),
    ExportAllDeclaration: ({ source, start }) => add(source.value, start),
    ImportExpression: ({ source, start }) => add(literal(source), start),
    TSImportType: ({ source, start }) => add(source.value, start),
    TSExternalModuleReference: ({ expression, start }) => add(expression.value, start),
    CallExpression: (call) => isLoader(call) && add(literal(call.arguments[0]), call.start),
    NewExpression: (call) =>
      isModuleUrl(call) && add(literal(call.arguments[0]), call.start, 'url'),
  }).visit(program)
  return found
}

function isLoader({ callee, arguments: given }: CallExpression): boolean {
  return given.length > 0 && loaders.has(dotted(callee))
}

function isModuleUrl({ callee, arguments: given }: NewExpression): boolean {
  const base = given[1]
  return dotted(callee) === 'URL' && base !== undefined && dotted(base) === 'import.meta.url'
}

/** `a.b.c` as text; empty for anything that is not a plain chain of names. */
function dotted(node: Argument): string {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'MetaProperty') return `${node.meta.name}.${node.property.name}`
  if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return ''
  return `${dotted(node.object)}.${node.property.name}`
}

function literal(node: Expression | Argument | undefined): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0].value.cooked
  return null
}
