import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

import { documentsFromText } from '#dialects'
import type { SourceDocument } from '#dialects'

const fixtures = join(import.meta.dirname, 'fixtures')

/** Every file of a fixture folder as documents, named relative to the fixtures. */
export function loadFixture(name: string): readonly SourceDocument[] {
  return filesIn(join(fixtures, name)).flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    return documentsFromText(relative(fixtures, file), text).documents
  })
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesIn(path) : [path]
    })
    .toSorted()
}
