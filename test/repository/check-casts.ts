import { Visitor } from 'oxc-parser'
import type { TSType } from 'oxc-parser'
import { posix } from 'node:path'
import { parseSource } from './parse-source.ts'
import type { ParsedSource } from './parse-source.ts'
import { isCode } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** The only files that may assert a type: where foreign data enters and where ids are branded. */
export const mayCast = /^(?:parse(?:-.+)?|read(?:-.+)?|brand.*)\.ts$/

/** Every `any`, every `as` outside the files that may cast, every `!` whose reason is not given. */
export function checkCasts(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter((file) => isCode(file) && file.path.endsWith('.ts'))
    .flatMap((file) => checkFile(parseSource(file)))
}

function checkFile(file: ParsedSource): readonly string[] {
  const found: string[] = []
  const add = (at: number, what: string) => found.push(`${file.path}:${file.lineAt(at)} ${what}`)
  const castsFreely = mayCast.test(posix.basename(file.path))
  const explained = linesNearComments(file)
  const demandReason = (at: number) => {
    if (!explained.has(file.lineAt(at))) add(at, '`!` needs its reason on this or the line above')
  }
  new Visitor({
    TSAnyKeyword: ({ start }) => add(start, '`any`'),
    TSAsExpression({ start, typeAnnotation }) {
      if (!castsFreely && !isConst(typeAnnotation)) add(start, '`as` outside a parse or brand file')
    },
    TSTypeAssertion({ start, typeAnnotation }) {
      if (!castsFreely && !isConst(typeAnnotation))
        add(start, '`<T>` outside a parse or brand file')
    },
    TSNonNullExpression: ({ end }) => demandReason(end - 1),
    VariableDeclarator: ({ definite, start }) => definite && demandReason(start),
    PropertyDefinition: ({ definite, start }) => definite && demandReason(start),
  }).visit(file.program)
  return found
}

function isConst(type: TSType): boolean {
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false
  return type.typeName.name === 'const'
}

/** Lines that carry a comment, and the line after each. */
function linesNearComments({ comments, lineAt }: ParsedSource): ReadonlySet<number> {
  return new Set(
    comments.flatMap(({ start, end }) => [lineAt(start), lineAt(end), lineAt(end) + 1]),
  )
}
