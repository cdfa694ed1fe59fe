import { Visitor } from 'oxc-parser'
import type { Argument, CallExpression } from 'oxc-parser'
import { parseSource } from './parse-source.ts'
import type { ParsedSource } from './parse-source.ts'
import { isCode } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

type Named = { readonly name: string; readonly line: number }

const leastWords = 3
const groups = new Set(['describe', 'suite'])
const tests = new Set(['test', 'it'])

/** Test names that occur twice in a file, and names too short to be a sentence. */
export function checkTestNames(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter((file) => isCode(file) && file.path.endsWith('.test.ts'))
    .flatMap((file) => checkFile(parseSource(file)))
}

function checkFile(file: ParsedSource): readonly string[] {
  const names = testNames(file)
  return names.flatMap(({ name, line }, index) => {
    const at = `${file.path}:${line}`
    const earlier = names.slice(0, index).find((other) => other.name === name)
    const twice = earlier ? [`${at} "${name}" is already the name of line ${earlier.line}`] : []
    const short = name.split(/\s+/).length < leastWords ? [`${at} "${name}" is no sentence`] : []
    return [...twice, ...short]
  })
}

/** Full names: those of the groups around a test, then its own. */
function testNames({ program, text, lineAt }: ParsedSource): readonly Named[] {
  const found: Named[] = []
  const around: string[] = []
  new Visitor({
    CallExpression(call) {
      const name = nameIn(call, text)
      if (name === null) return
      if (groups.has(rootOf(call))) around.push(name)
      if (tests.has(rootOf(call)))
        found.push({ name: [...around, name].join(' '), line: lineAt(call.start) })
    },
    'CallExpression:exit'(call) {
      if (nameIn(call, text) !== null && groups.has(rootOf(call))) around.pop()
    },
  }).visit(program)
  return found
}

/** The name a call gives to a test or group: a string, or a template as it is written. */
function nameIn({ arguments: given }: CallExpression, text: string): string | null {
  const first = given[0]
  if (first?.type === 'Literal' && typeof first.value === 'string') return first.value
  return first?.type === 'TemplateLiteral' ? text.slice(first.start + 1, first.end - 1) : null
}

/** `test` for `test(…)`, `test.skipIf(…)(…)`, `test.each(…)(…)` and their kind. */
function rootOf(node: Argument): string {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'CallExpression') return rootOf(node.callee)
  if (node.type === 'MemberExpression') return rootOf(node.object)
  return node.type === 'TaggedTemplateExpression' ? rootOf(node.tag) : ''
}
