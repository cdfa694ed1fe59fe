import { resolveExports } from './resolve-exports.ts'
import type { Origin } from './resolve-exports.ts'
import type { SourceFile } from './source-file.ts'

/** Every public export of every door whose declaration has no docstring directly above it. */
export function checkDocstrings(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => /^src\/(?:[^/]+\/)?index\.ts$/.test(path))
    .flatMap(({ path }) =>
      [...resolveExports(path, files)].flatMap(([name, origins]) => {
        const wrong = judge(origins)
        return wrong === null ? [] : [`${path} exports ${name}, ${wrong}`]
      }),
    )
}

function judge(origins: readonly Origin[]): string | null {
  if (origins.length === 0) return 'which is declared nowhere in the repository'
  if (origins.some(isDocumented)) return null
  const { file, start } = origins[0]
  return `which has no docstring at ${file.path}:${file.lineAt(start)}`
}

function isDocumented({ file, start }: Origin): boolean {
  return file.comments.some(
    ({ type, value, end }) =>
      type === 'Block' &&
      value.startsWith('*') &&
      /\w+\W+\w+/.test(value) &&
      /^[^\S\n]*\n?[^\S\n]*$/.test(file.text.slice(end, start)) &&
      end <= start,
  )
}
