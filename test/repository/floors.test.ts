import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { checkImports } from './check-imports.ts'
import { readRepository, virtual } from './source-file.ts'

test('the house keeps to its floors and doors', () => {
  expect(
    checkImports(
      readRepository(),
      Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }),
    ),
  ).toEqual([])
})

const admitted: readonly (readonly [path: string, text: string])[] = [
  ['src/analyzer/a.ts', "import { x } from '#net'"],
  ['src/analyzer/a.ts', "import type { X } from '#fabric'"],
  ['src/analyzer/deep/a.ts', "import { x } from '../b.ts'"],
  ['src/net/a.ts', "import { z } from 'zod'\nimport { readFileSync } from 'node:fs'"],
  ['src/cli/main.ts', "const later = await import('#analyzer')"],
  ['src/cli/main.ts', "const file = new URL('../../package.json', import.meta.url)"],
  ['src/index.ts', "export { diagnose } from '#cli'"],
  ['test/net/a.test.ts', "import { inner } from '../../src/net/inner.ts'"],
  ['test/proof/lab/a.test.ts', "import { inner } from '../../../src/lab/inner.ts'"],
  ['bench/run.mjs', "import { x } from '#analyzer'\nimport './question.mjs'"],
  ['scripts/docs.mjs', 'const door = await import(name)'],
]

test.each(admitted)('admits in %s: %s', (path, text) => {
  expect(checkImports(virtual({ [path]: text }), ['zod'])).toEqual([])
})

const refused: readonly (readonly [path: string, text: string, complaint: string])[] = [
  ['src/net/a.ts', "import { x } from '#model'", 'net (floor 0) may not import model (floor 1)'],
  ['src/rules/a.ts', "import type { X } from '#findings'", 'may not import findings (floor 2)'],
  ['src/model/a.ts', "export { x } from '#cli'", 'may not import cli (floor 7)'],
  ['src/model/a.ts', "export * from '#cli'", 'may not import cli (floor 7)'],
  ['src/model/a.ts', "const later = import('#cli')", 'may not import cli (floor 7)'],
  ['src/model/a.ts', 'const later = import(`#cli`)', 'may not import cli (floor 7)'],
  ['src/model/a.ts', "type X = import('#cli').X", 'may not import cli (floor 7)'],
  ['src/model/a.ts', "const cli = require('#cli')", 'may not import cli (floor 7)'],
  ['src/model/a.ts', "import cli = require('#cli')", 'may not import cli (floor 7)'],
  ['src/model/a.ts', "import.meta.resolve('#cli')", 'may not import cli (floor 7)'],
  ['src/model/a.ts', 'const later = import(name)', 'only known at run time'],
  ['src/lab/a.ts', "import { x } from '#fabric'", 'lab must stay independent of fabric'],
  ['src/model/a.ts', "import { x } from '#net/inner'", 'reaches past a door with #net/inner'],
  ['src/model/a.ts', "import { x } from '#attic'", 'imports #attic, which is no room'],
  ['src/model/a.ts', "import { x } from '#model'", 'enters its own room by the door'],
  ['src/model/a.ts', "import { x } from '../net/inner.ts'", 'leaves its room for src/net/inner'],
  ['src/model/a.ts', "new URL('../net/table.json', import.meta.url)", 'points into the room net'],
  ['src/index.ts', "export { x } from './net/inner.ts'", 'reaches into src/net/inner.ts'],
  ['src/model/a.ts', "import { test } from 'vitest'", 'imports vitest, which users do not install'],
  ['src/model/a.ts', "import fs from 'fs'", 'write node:fs'],
  ['test/model/a.test.ts', "import { x } from '../../src/net/inner.ts'", 'looks inside a room'],
  ['test/model/a.test.ts', "vi.mock('../../src/net/inner.ts')", 'looks inside a room'],
  ['bench/a.ts', "import { x } from '../src/net/inner.ts'", 'looks inside a room'],
  ['scripts/a.mjs', "import { x } from '../dist/net/index.js'", 'imports the build output'],
]

test.each(refused)('refuses in %s: %s', (path, text, complaint) => {
  expect(checkImports(virtual({ [path]: text }), ['zod'])).toEqual([
    expect.stringContaining(complaint),
  ])
})

test('an import written inside a string or a comment is no import', () => {
  const text = `// import { x } from '#cli'\nconst sample = "import { x } from '#cli'"`
  expect(checkImports(virtual({ 'src/net/a.ts': text }), [])).toEqual([])
})
