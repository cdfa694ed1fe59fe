import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from './source-file.ts'

/** What one command printed and how it ended. */
export type Outcome = {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const copied = [
  'scripts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vitest.config.ts',
]

/**
 * A small checkout of its own in the system's temporary folder: our scripts and settings, the given
 * files, and this checkout's packages by link. The caller removes it.
 */
export function makeCheckout(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'hopwise-checkout-'))
  for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true })
  linkPackages(folder)
  for (const [path, text] of Object.entries(files)) writeInto(folder, path, text)
  return folder
}

/** Writes one file, with the folders it needs. */
export function writeInto(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** Runs `node <script> …args` in a checkout, as npm would, with the given variables on top. */
export function runScript(
  folder: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Outcome {
  const run = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: environment(variables),
    timeout: 50_000,
  })
  return { code: run.status, stdout: run.stdout, stderr: run.stderr }
}

/** This process's environment without what npm, vitest and CI put into it. */
export function environment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|vitest|CI$|NODE_ENV$|FORCE_COLOR$|HOPWISE_)/i.test(name),
  )
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', ...variables }
}

/** Real folders, linked packages: the checkout gets stamps and commands of its own. */
function linkPackages(folder: string): void {
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '.bin'), { recursive: true })
  cpSync(join(root, 'node_modules/.package-lock.json'), join(modules, '.package-lock.json'))
  for (const name of readdirSync(join(root, 'node_modules')))
    if (!name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(modules, name))
}
