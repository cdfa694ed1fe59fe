import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { documentsFromText, readAzure, recognise } from '#dialects'
import type { SourceDocument } from '#dialects'
import { parseNetwork } from '#model'

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
  const result = readAzure(documents)
  const { network, notes } = result
  expect(notes.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(parseNetwork(network)).toMatchObject({ ok: true, problems: [] })
  const counts = Object.entries(network).map(([kind, list]) => [
    kind,
    Array.isArray(list) ? list.length : list,
  ])
  expect(Object.fromEntries(counts)).toEqual({
    kind: 'hopwise.network/v1',
    vpc: 1,
    subnet: 2,
    instance: 2,
    networkInterface: 2,
    securityGroup: 3,
    publicAddress: 2,
    natGateway: 1,
    gaps: 3,
  })
  // The machines do not say whether they run; an address is claimed twice (the makers edited it).
  const gaps = network.gaps?.map(({ kind, id }) => `${kind} ${id?.split('/').at(-1) ?? '*'}`)
  expect(gaps).toEqual(['instance VM1', 'instance VM2', 'publicAddress VM1-ip'])
})

test.skipIf(!existsSync(samples))('answers of a network watcher are no network', () => {
  for (const { json } of load('golden')) expect(recognise(json)).toBeUndefined()
})
