import type { Packages } from './check-packages.ts'
import type { SourceFile } from './source-file.ts'

/** The packages that package-lock.json names. npm wrote the file, so its shape is taken on trust. */
export function parseLock(files: readonly SourceFile[]): Packages['locked'] {
  const lock = files.find(({ path }) => path === 'package-lock.json')
  if (!lock) throw new Error('package-lock.json is missing')
  return (JSON.parse(lock.text) as { readonly packages: Packages['locked'] }).packages
}
