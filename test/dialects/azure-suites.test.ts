import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { documentsFromText, readAzure, recognise } from '#dialects'
import type { SourceDocument } from '#dialects'

// Skipped in a checkout beside which the suites do not lie: they are not copied into the project.
const samples = join(import.meta.dirname, '../../../shared/suites/azure-samples')

function load(folder: string): readonly SourceDocument[] {
  const names = readdirSync(join(samples, folder)).toSorted()
  return names.flatMap((name) => {
    const text = readFileSync(join(samples, folder, name), 'utf8')
    const { documents, notes } = documentsFromText(name, text)
    expect(notes).toEqual([])
    return documents
  })
}

test.skipIf(!existsSync(samples))('an export of the portal is read whole', () => {
  const documents = load('export')
  expect(documents.map(({ json }) => recognise(json))).toEqual(documents.map(() => 'azure'))
  const { network, notes } = readAzure(documents)
  expect(JSON.stringify([notes.map((n) => n.message), network.gaps], null, 1)).toEqual(1)
})

test.skipIf(!existsSync(samples))('answers of a network watcher are no network', () => {
  for (const { json } of load('golden')) expect(recognise(json)).toBeUndefined()
})
