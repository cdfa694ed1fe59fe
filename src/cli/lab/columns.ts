import { displayWidth } from '../report/display-width.ts'
import { printable } from '../printable.ts'

/** A table in columns as wide as they have to be, below its heading. Its text may be anybody's. */
export function columns(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const all = [heading, ...rows].map((row) => row.map(printable))
  const widths = heading.map((_cell, at) =>
    Math.max(...all.map((row) => displayWidth(row[at] ?? ''))),
  )
  return all.map((row) =>
    `  ${row
      .map((cell, at) => cell + ' '.repeat(widths[at] - displayWidth(cell)))
      .join('  ')}`.trimEnd(),
  )
}
