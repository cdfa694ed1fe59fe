import { expect, test } from 'vitest'

import { gapLines, itemsIn, readAmended } from './amend-capture.ts'

const countedAs = (free: unknown): readonly string[] =>
  gapLines(
    readAmended('DescribeVSwitches', (json) => {
      const [first] = itemsIn(json, 'VSwitches', 'VSwitch')
      first['AvailableIpAddressCount'] = free
    }),
  ).filter((line) => line.startsWith('addressUse'))

test('a vSwitch with every address in use accounted for has no unknown holder', () => {
  expect(countedAs(249)).toEqual([])
})

test('more addresses in use than listed resources hold are somebody’s', () => {
  expect(countedAs(248)).toEqual([expect.stringMatching(/^addressUse vsw-bp1web.*DescribeDBInst/)])
})

test('without a count, who else has an address is not known', () => {
  expect(countedAs(undefined)).toHaveLength(1)
  expect(countedAs('many')).toHaveLength(1)
})
