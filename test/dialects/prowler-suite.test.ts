import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { documentsFromText, readAlibaba, recognise } from '#dialects'

const data = join(import.meta.dirname, '../../../shared/suites/alibaba-prowler/data')
const present = existsSync(data)
const files = present ? readdirSync(data).filter((file) => file.endsWith('.json')) : ['absent']

// Skipped in a checkout beside which the suites do not lie: they are not copied into the project.
test.skipIf(!present).each(files)('every rule of the prowler group %s is read', (file) => {
  const read = documentsFromText(file, readFileSync(join(data, file), 'utf8'))
  const [document] = read.documents
  expect(read.notes).toEqual([])
  expect(recognise(document?.json)).toBe('alibaba')
  const { network, notes } = readAlibaba(read.documents)
  expect(notes.filter(({ severity }) => severity === 'error')).toEqual([])
  const [group] = network.securityGroup ?? []
  expect(group?.id).toBe(file.replace('.json', ''))
  const permissions = JSON.stringify(document?.json).split('"Direction":').length - 1
  expect(permissions).toBeGreaterThan(0)
  expect(group?.rules).toHaveLength(permissions)
  expect(network.gaps?.filter(({ id }) => id === group?.id)).toEqual([])
})
