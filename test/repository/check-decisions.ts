import type { SourceFile } from './source-file.ts'

const folder = 'docs/decisions/'
const index = `${folder}README.md`
const numbered = /^\d{4}-[a-z0-9]+(?:-[a-z0-9]+)*\.md$/

/** Decision pages that have no number of their own or are not linked, and links that lead nowhere. */
export function checkDecisions(files: readonly SourceFile[]): readonly string[] {
  const pages = files
    .map(({ path }) => path)
    .filter((path) => path.startsWith(folder) && path !== index)
    .map((path) => path.slice(folder.length))
  const readme = files.find(({ path }) => path === index)?.text ?? ''
  const links = [...readme.matchAll(/\]\((?:\.\/)?(\d[^)#]*)\)/g)].map(([, target]) => target)
  return [
    ...pages
      .filter((page) => !numbered.test(page))
      .map((page) => `${page} is not 0000-kebab-case.md`),
    ...pages
      .filter((page) => !links.includes(page))
      .map((page) => `${index} does not link ${page}`),
    ...links
      .filter((link) => !pages.includes(link))
      .map((link) => `${index} links ${link}, which is gone`),
    ...repeatedNumbers(pages).map((number) => `${number} is the number of two pages`),
  ]
}

function repeatedNumbers(pages: readonly string[]): readonly string[] {
  const numbers = pages.filter((page) => numbered.test(page)).map((page) => page.slice(0, 4))
  return numbers.filter((number, position) => numbers.indexOf(number) < position)
}
