import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { featureNames, type Figures } from '#conformance'
import { root } from '../repository/source-file.ts'

const kept: Figures = JSON.parse(readFileSync(join(root, 'docs/conformance.json'), 'utf8'))

test('the figures that are shown are those of a long run with everything in it', () => {
  expect(kept.probes).toBeGreaterThanOrEqual(100_000)
  expect(Object.keys(kept.features)).toEqual(featureNames)
  expect(kept.reachable / kept.probes).toBeGreaterThan(0.4)
  expect(kept.reachable / kept.probes).toBeLessThan(0.6)
})

test('the figures that are shown tell of planted mistakes, each noticed in the lab', () => {
  expect(kept.faults?.fabric.filter(({ shownBy }) => shownBy > 0).length).toBeGreaterThanOrEqual(30)
  expect(kept.faults?.lab.filter(({ noticedAfter }) => noticedAfter === undefined)).toEqual([])
})
