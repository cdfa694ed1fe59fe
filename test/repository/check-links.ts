import { posix } from 'node:path'
import type { SourceFile } from './source-file.ts'

/** Links between documents that lead to no file or folder of the repository. */
export function checkLinks(files: readonly SourceFile[]): readonly string[] {
  const places = new Set(files.flatMap(({ path }) => withFolders(path)))
  return files
    .filter(({ path }) => path.endsWith('.md') && !path.includes('/fixtures/'))
    .flatMap(({ path, text }) =>
      targetsIn(text)
        .filter((target) => !places.has(posix.join(posix.dirname(path), target)))
        .map((target) => `${path} links ${target}, which does not exist`),
    )
}

/** Link targets that are files: no web address, no place within the page. */
function targetsIn(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target]) => target.replace(/#.*$/, '').replace(/\/$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
}

function withFolders(path: string): readonly string[] {
  const folder = posix.dirname(path)
  return folder === '.' ? [path, '.'] : [path, ...withFolders(folder)]
}
