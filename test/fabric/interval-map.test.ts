import fc from 'fast-check'
import { expect, test } from 'vitest'

import {
  IntervalMapsBuilder,
  intervalAt,
  intervalEnd,
  type Paint,
  unpainted,
} from '../../src/fabric/interval-map.ts'

const RANKS = 60

const paint: fc.Arbitrary<Paint> = fc
  .tuple(fc.nat(RANKS - 1), fc.nat(RANKS - 1), fc.nat(5))
  .map(([a, b, value]) => ({ low: Math.min(a, b), high: Math.max(a, b), value }))

const brush = (paints: readonly Paint[], rank: number): number =>
  paints.findLast(({ low, high }) => low <= rank && rank <= high)?.value ?? unpainted

test('each map answers as if every rank had been painted one by one, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.array(paint, { maxLength: 12 }), { maxLength: 5 }), (all) => {
      const builder = new IntervalMapsBuilder()
      const numbers = all.map((paints) => builder.add(paints))
      const maps = builder.build()
      all.forEach((paints, i) => {
        for (let rank = 0; rank < RANKS; rank++) {
          expect(maps.values[intervalAt(maps, numbers[i] ?? -1, rank)]).toBe(brush(paints, rank))
        }
      })
    }),
  )
})

test('the interval of a rank ends where the value may change', () => {
  fc.assert(
    fc.property(
      fc.array(paint, { minLength: 1, maxLength: 12 }),
      fc.nat(RANKS - 1),
      (paints, rank) => {
        const builder = new IntervalMapsBuilder()
        const map = builder.add(paints)
        const maps = builder.build()
        const position = intervalAt(maps, map, rank)
        const end = intervalEnd(maps, map, position, RANKS)
        expect(end).toBeGreaterThanOrEqual(rank)
        for (let other = rank; other <= end; other++)
          expect(brush(paints, other)).toBe(brush(paints, rank))
        const changes = end === RANKS - 1 || brush(paints, end + 1) !== brush(paints, rank)
        expect(changes).toBe(true)
      },
    ),
  )
})
