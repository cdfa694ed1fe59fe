import type { PortInterval, RuleProtocol } from '#model'

import { elementsOf, isAbsent, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { wordIn } from '../word.ts'

const protocols: Readonly<Record<string, RuleProtocol>> = {
  '*': 'all',
  any: 'all',
  tcp: 6,
  udp: 17,
  icmp: 1,
  icmpv6: 58,
  esp: 50,
  ah: 51,
}

export function readProtocol(spot: Spot): RuleProtocol | undefined {
  return wordIn(protocols, textOf(spot))
}

/**
 * The ports of one range and of a list of them; empty for every port. Undefined: there is none, or
 * one cannot be read.
 */
export function readPorts(one: Spot, several: Spot): readonly PortInterval[] | undefined {
  const spots = [one, ...elementsOf(several)].filter((spot) => !isAbsent(spot))
  const read = spots.map((spot) => intervalOf(textOf(spot)))
  if (read.length === 0 || read.includes(undefined)) return undefined
  const intervals = read.flatMap((each) => each ?? [])
  return intervals.some(({ from, to }) => from === 0 && to === 65_535) ? [] : intervals
}

function intervalOf(text: string | undefined): PortInterval | undefined {
  if (text === '*') return { from: 0, to: 65_535 }
  const [, low, high = low] =
    /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text?.replaceAll(' ', '') ?? '') ?? []
  if (low === undefined) return undefined
  const [from, to] = [Number(low), Number(high)]
  return from <= to && to <= 65_535 ? { from, to } : undefined
}
