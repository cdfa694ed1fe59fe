import { parseSource } from './parse-source.ts'
import { isCode } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** Something no line of text may say, where, and what to tell the author. */
type Ban = {
  readonly pattern: RegExp
  readonly applies: (path: string) => boolean
  readonly says: string
}

const published = /^(?:src|docs|scripts|bench|scenarios|\.ci)\/|^[^/]+\.md$/

// One letter of each name is in brackets: this file is searched with these patterns as well.
const bans: readonly Ban[] = [
  {
    pattern: /(?<![\w.~-])\/(?:wor[k]|tm[p])\//,
    applies: (path) => published.test(path),
    says: 'names a path of one machine',
  },
  {
    pattern: /registry\.npm[j]s|npm[m]irror|registry\.yarn[p]kg|npm\.pkg\.git[h]ub/,
    applies: () => true,
    says: 'names a package registry; whoever installs chooses it',
  },
]

const openEnds = /\b(?:TODO|FIXME|XXX)\b(?!\s?\(?#\d+)/
const silenced = /\b(?:oxlint|eslint)-disable\b(?!.*\s--\s*\S)/

/** Machine paths, registry hosts, open ends without an issue, silenced lint rules without a reason. */
export function checkText(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => [...checkBans(file), ...checkComments(file)])
}

function checkBans({ path, text }: SourceFile): readonly string[] {
  const relevant = bans.filter(({ applies }) => applies(path))
  return text
    .split('\n')
    .flatMap((line, index) =>
      relevant
        .filter(({ pattern }) => pattern.test(line))
        .map(({ says }) => `${path}:${index + 1} ${says}`),
    )
}

function checkComments(file: SourceFile): readonly string[] {
  return remarks(file).flatMap(({ text, line }) => [
    ...(openEnds.test(text)
      ? [`${file.path}:${line} leaves an open end without an issue (#n)`]
      : []),
    ...(silenced.test(text)
      ? [`${file.path}:${line} silences a lint rule without " -- reason"`]
      : []),
  ])
}

/** What a file says to its reader: the comments of code, the whole text of a document. */
function remarks(file: SourceFile): readonly { readonly text: string; readonly line: number }[] {
  if (!isCode(file)) return file.path.endsWith('.md') ? [{ text: file.text, line: 1 }] : []
  const { comments, lineAt } = parseSource(file)
  return comments.map(({ value, start }) => ({ text: value, line: lineAt(start) }))
}
