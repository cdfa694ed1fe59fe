import { spawnSync } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { root } from '../repository/source-file.ts'
import { commandTable } from '../../src/cli/command-table.ts'
import { makeFolder, runInMemory } from './run-in-memory.ts'

const scenario = join(root, 'scenarios/first-look/network')
const everyExample = commandTable.flatMap((row) => row.examples)
// What needs namespaces is pasted by test/proof/lab-cli.test.ts.
const examples = everyExample.filter(
  (example) => !example.includes('hopwise lab ') || example.includes('--dry-run'),
)

describe.skipIf(!existsSync(scenario))('an example of the help, pasted into a shell,', () => {
  test.each(examples)('%s', (example) => {
    // Some write a file: they run beside the scenarios, not in the checkout.
    const home = makeFolder()
    symlinkSync(join(root, 'scenarios'), join(home, 'scenarios'))
    const script = `npx() { shift; "$NODE" "$MAIN" "$@"; }\n${example}`
    const { status, stderr } = spawnSync('bash', ['-c', script], {
      cwd: home,
      encoding: 'utf8',
      env: { ...process.env, NODE: process.execPath, MAIN: join(root, 'dist/cli/main.js') },
    })
    expect(stderr).not.toContain('Example:')
    expect([0, 1, 3]).toContain(status)
  })
})

describe('the help of every command', () => {
  test.each(commandTable.map((row) => [row.name, row] as const))('%s', async (name, row) => {
    const { code, stdout, stderr } = await runInMemory([...name.split(' '), '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(row.summary.split(' ').slice(0, 4).join(' '))
    for (const example of row.examples) expect(stdout).toContain(`  ${example}\n`)
    for (const option of row.options) expect(stdout).toContain(`--${option.name}`)
    const prose = stdout.slice(0, stdout.indexOf('Examples:'))
    for (const line of prose.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect((await runInMemory(['help', ...name.split(' ')])).stdout).toBe(stdout)
  })

  test('the front page lists them all', async () => {
    const { code, stdout } = await runInMemory(['--help'])
    expect(code).toBe(0)
    for (const { name } of commandTable) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'))
    const nothing = await runInMemory([])
    expect(nothing).toEqual({ code: 2, stdout: '', stderr: stdout })
  })
})
