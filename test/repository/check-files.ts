import { posix } from 'node:path'
import { isCode } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

const catchAlls = new Set(['utils', 'util', 'common', 'misc', 'types', 'helpers', 'helper'])
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*$/

/**
 * Lines after which a file must be divided, or say on its first line why it is one table, or why it
 * stays whole. The linter's own rule is off: it would ask for a second excuse.
 */
const mostLines = { test: 500, other: 300 }

/** Names that say nothing, names in another case, and files too long to be read. */
export function checkFiles(files: readonly SourceFile[]): readonly string[] {
  return files.filter(isCode).flatMap((file) => [...checkName(file), ...checkSize(file)])
}

function checkName({ path }: SourceFile): readonly string[] {
  const parts = path.split('/')
  const stems = parts.map((part) => part.split('.')[0])
  const empty = stems.filter((stem) => catchAlls.has(stem))
  return [
    ...empty.map((stem) => `${path}: "${stem}" says nothing about what is inside`),
    ...(kebab.test(posix.basename(path)) ? [] : [`${path} is not in kebab-case`]),
  ]
}

function checkSize({ path, text }: SourceFile): readonly string[] {
  const lines = text.trimEnd().split('\n')
  const most = path.startsWith('test/') ? mostLines.test : mostLines.other
  const isExcused = /^\/\/ (?:table|whole): \S/.test(lines[0])
  if (lines.length <= most || isExcused) return []
  const excuse = '"// table: " or "// whole: " and the reason'
  return [`${path} has ${lines.length} lines; divide it, or begin with ${excuse}`]
}
