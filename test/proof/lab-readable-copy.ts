import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What the lab needs at run time beside its own code. */
const packages = ['koffi', '@koromix', 'zod', 'ip-address']

/** Copies the built code to where any user can read it, and gives the copy's folder. */
export function readableCopy(): string {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const copy = mkdtempSync(join(tmpdir(), 'hopwise-copy-'))
  for (const name of ['dist', 'package.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  mkdirSync(join(copy, 'node_modules'))
  for (const name of packages) {
    const from = join(root, 'node_modules', name)
    if (existsSync(from)) {
      cpSync(from, join(copy, 'node_modules', name), { recursive: true, dereference: true })
    }
  }
  openUp(copy)
  return copy
}

function openUp(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openUp(path)
    else chmodSync(path, 0o644)
  }
}
