import { SHARED } from './places.ts'
import type { GuestChoice, GuestTables } from './ways.ts'

/**
 * What the maps of a guest hold: a port, `UNREAD`, -1 for no route, or below `SHARED` the number of
 * a choice among IPv6 routes of one prefix.
 */
export const wayOfChoice = (nth: number): number => SHARED - 1 - nth

export const choiceOfWay = ({ choices }: GuestTables, way: number): GuestChoice | undefined =>
  way < SHARED ? choices[SHARED - 1 - way] : undefined

/**
 * The port of a way; `SHARED` where a hash decides. Among equal routes the kernel takes the one by
 * the device `cameBy` that the packet, or the echo it answers, came in by; else the first. Static
 * routes by several gateways are one route of several next hops to it; those of router advertisements
 * are not, but nothing here tells them apart (semantic `guest.equal-routes`).
 */
export function portOfWay(tables: GuestTables, way: number, cameBy: number): number {
  const choice = choiceOfWay(tables, way)
  if (!choice) return way
  const { equal } = choice
  const taken = equal.find(({ port }) => port === cameBy) ?? equal[0]
  const shares = taken.gateway && equal.some((one) => one.gateway && one.port !== taken.port)
  return shares ? SHARED : taken.port
}
