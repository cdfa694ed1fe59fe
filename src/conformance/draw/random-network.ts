import type { Network } from '#model'
import { diceOf } from './dice.ts'
import type { Random } from './dice.ts'
import { type Drawing, emptySketch, toNetwork } from './sketch.ts'
import { drawBalancers } from './sketch-balancers.ts'
import { drawGateways, drawNatGateways, drawPublicAddresses } from './sketch-edge.ts'
import { drawAcls, drawGroups, drawRules } from './sketch-filters.ts'
import { drawGap, drawGaps } from './sketch-gaps.ts'
import { drawClassic, drawGuests, drawServices } from './sketch-inside.ts'
import { drawHaVips, drawInstances, drawVpcs } from './sketch-places.ts'
import { drawLinks, drawTables } from './sketch-routes.ts'

export { seededRandom } from './dice.ts'
export type { Random } from './dice.ts'
export { randomQuestion } from './random-question.ts'

/** What a made-up network may and may not have. */
export interface RandomNetworkOptions {
  /** Whether some facts may be missing; the default is yes. */
  readonly gaps?: boolean
  /** Absent: 1 to 4. */
  readonly vpcs?: number
  /** Whether there are classic instances. Absent: in half of the networks. */
  readonly classic?: boolean
}

/**
 * A small dense network that `parseNetwork` accepts, with every semantic and every common mistake
 * likely enough that a few thousand packets meet them all. The same numbers give the same network.
 */
export function randomNetwork(random: Random, options: RandomNetworkOptions = {}): Network {
  const drawing = draw(random, options)
  if (options.gaps !== false) drawGaps(drawing)
  return toNetwork(drawing.sketch)
}

/** A network, and the same with something left out or in doubt, and the gap that says so. */
export function halfReadNetwork(random: Random): {
  readonly whole: Network
  readonly half: Network
} {
  const drawing = draw(random, {})
  const whole = toNetwork(structuredClone(drawing.sketch))
  drawGap(drawing)
  return { whole, half: toNetwork(drawing.sketch) }
}

function draw(random: Random, options: RandomNetworkOptions): Drawing {
  const dice = diceOf(random)
  const sketch = emptySketch()
  const drawing = { dice, sketch }
  const classic = options.classic ?? dice.chance(0.5)
  drawVpcs(drawing, options.vpcs ?? dice.whole(1, 4), classic)
  drawGroups(drawing)
  drawInstances(drawing)
  drawHaVips(drawing)
  if (classic) drawClassic(drawing)
  drawRules(drawing)
  drawAcls(drawing)
  drawPublicAddresses(drawing)
  drawGateways(drawing)
  drawNatGateways(drawing)
  drawBalancers(drawing)
  drawLinks(drawing)
  drawTables(drawing)
  drawGuests(drawing)
  drawServices(drawing)
  return drawing
}
