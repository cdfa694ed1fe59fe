import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { checkFiles } from './check-files.ts'
import { checkPackages } from './check-packages.ts'
import { checkText } from './check-text.ts'
import { parseLock } from './parse-lock.ts'
import { isCode, readRepository, virtual } from './source-file.ts'

const repository = readRepository()

test('the repository is read: code, documents, the lock file and the gate are among its files', () => {
  const paths = repository.map(({ path }) => path)
  expect(paths).toEqual(expect.arrayContaining(['package-lock.json', 'LICENSE', '.ci/run']))
  expect(repository.filter(isCode).some(({ path }) => path.startsWith('src/'))).toBe(true)
  expect(paths.filter((path) => /node_modules|^dist\//.test(path))).toEqual([])
})

test('file names say what is inside, and no file is too long to read', () => {
  expect(checkFiles(repository)).toEqual([])
})

test('no text names a machine path, a registry or an open end nobody tracks', () => {
  expect(checkText(repository)).toEqual([])
})

test('every dependency is pinned and the lock file names no host', () => {
  const dependencies = { ...manifest.dependencies, ...manifest.devDependencies }
  const locked = parseLock(repository)
  expect(Object.keys(locked).length).toBeGreaterThan(Object.keys(dependencies).length)
  expect(checkPackages({ dependencies, locked })).toEqual([])
})

const long = (lines: number, first = '') => `${first}\n${'x\n'.repeat(lines - 1)}`

const badFiles: readonly (readonly [path: string, text: string, complaint: string])[] = [
  ['src/net/utils.ts', '', 'says nothing'],
  ['src/helpers/index.ts', '', 'says nothing'],
  ['test/net/types.test.ts', '', 'says nothing'],
  ['src/net/portSet.ts', '', 'is not in kebab-case'],
  ['src/net/port_set.ts', '', 'is not in kebab-case'],
  ['src/net/a.ts', long(301), 'has 301 lines'],
  ['src/net/a.ts', long(301, '// table:'), 'has 301 lines'],
  ['test/net/a.test.ts', long(501), 'has 501 lines'],
]

test.each(badFiles)('refuses the file %s (case %#)', (path, text, complaint) => {
  expect(checkFiles(virtual({ [path]: text }))).toEqual([expect.stringContaining(complaint)])
})

test('a table, or what must stay whole, may be long when its first line says why', () => {
  const files = virtual({
    'src/net/a.ts': long(900, '// table: every protocol number IANA assigned'),
    'src/net/b.ts': long(900, '// whole: one closure over one packet'),
    'src/net/c.ts': long(300),
    'test/net/fixtures/Utils.ts': long(900),
  })
  expect(checkFiles(files)).toEqual([])
})

const host = ['registry', 'npmjs', 'org'].join('.')

const badText: readonly (readonly [path: string, text: string, complaint: string])[] = [
  [
    'src/net/a.ts',
    `const file = '${['', 'tmp', 'x'].join('/')}'`,
    ':1 names a path of one machine',
  ],
  ['docs/a.md', `one\nsee ${['', 'work', 'x'].join('/')}`, ':2 names a path of one machine'],
  ['.ci/run', `npm ci --registry https://${host}`, ':1 names a package registry'],
  ['src/net/a.ts', `const x = 1 // TODO later`, ':1 leaves an open end'],
  ['docs/a.md', `TODO: write this`, ':1 leaves an open end'],
  ['src/net/a.ts', '// oxlint-disable-next-line no-console', ':1 silences a lint rule'],
]

test.each(badText)('refuses in %s: %s', (path, text, complaint) => {
  expect(checkText(virtual({ [path]: text }))).toEqual([expect.stringContaining(complaint)])
})

test('an open end with an issue, a reasoned exception and a relative path are admitted', () => {
  const files = virtual({
    'src/net/a.ts': `// TODO (#12): later\nconst x = 'TODO'`,
    'src/net/b.ts': '// oxlint-disable-next-line no-console -- the command prints its answer',
    'src/net/c.ts': "import x from '../net/work/x.ts'",
  })
  expect(checkText(files)).toEqual([])
})

test('a loose version and a lock entry with a host are named', () => {
  const dependencies = { exact: '1.2.3', loose: '^1.2.3', newest: 'latest' }
  const locked = { 'node_modules/exact': { resolved: `https://${host}/x.tgz` }, own: {} }
  expect(checkPackages({ dependencies, locked })).toEqual([
    'loose is not pinned: ^1.2.3',
    'newest is not pinned: latest',
    expect.stringContaining('node_modules/exact is locked to a host'),
  ])
})
