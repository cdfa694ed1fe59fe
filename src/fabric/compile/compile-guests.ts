import { type Guest, type GuestRoute, metricOf } from '#model'
import { lengthOf } from './prefix-length.ts'
import type { Draft } from './draft.ts'
import { wayOfChoice } from '../guest-way.ts'
import type { Paint } from '../interval-map.ts'
import { UNREAD } from '../places.ts'
import type { GuestChoice, GuestTables } from '../ways.ts'

export interface GuestNumbers {
  readonly list: readonly GuestTables[]
  /** By instance number. */
  readonly tables: ReadonlyMap<number, number>
  readonly forwarding: ReadonlyMap<number, number>
}

/** Semantic `guest.policy-routing`: the kernel's tables as maps from ranks to ways. */
export function compileGuests(draft: Draft): GuestNumbers {
  const list: GuestTables[] = []
  const tables = new Map<number, number>()
  const forwarding = new Map<number, number>()
  for (const guest of draft.network.guests ?? []) {
    const instance = draft.instances.number(guest.instanceId, guest)
    if (guest.ipForward !== undefined) forwarding.set(instance, guest.ipForward ? 1 : 2)
    if (!guest.routes || !draft.on('guest.policy-routing')) continue
    tables.set(instance, list.length)
    list.push(guestTables(draft, guest, guest.routes))
  }
  return { list, tables, forwarding }
}

const MAIN_TABLE = 254

function guestTables(draft: Draft, guest: Guest, routes: readonly GuestRoute[]): GuestTables {
  const choices: GuestChoice[] = []
  const mapOf = new Map<string, number>()
  const table = (number: number, family?: 4 | 6): number => {
    const key = `${number}/${family ?? ''}`
    const known = mapOf.get(key)
    if (known !== undefined) return known
    const own = routes.filter(
      ({ destination, table = MAIN_TABLE }) =>
        table === number && (!family || familyOf(destination) === family),
    )
    const map = draft.maps.add(guestPaints(draft, guest, own, choices))
    mapOf.set(key, map)
    return map
  }
  const rules = guest.rules ?? [{ priority: 32766, table: MAIN_TABLE }]
  return {
    rules: [...rules]
      .sort((a, b) => a.priority - b.priority)
      .map(({ from, table: number }) => {
        if (from === undefined) return { map: table(number) }
        // From everywhere is no question of the source, which may not have been chosen yet.
        if (from.endsWith('/0')) return { map: table(number, familyOf(from)) }
        return { map: table(number), from: draft.range(from) }
      }),
    choices,
  }
}

const familyOf = (cidr: string): 4 | 6 => (cidr.includes(':') ? 6 : 4)

/** The interface that a route names, or `UNREAD`. */
function portOf({ ids }: Draft, guest: Guest, { networkInterfaceId }: GuestRoute): number {
  const port = ids.networkInterface.find(networkInterfaceId, guest)
  return port < 0 ? UNREAD : port
}

/** Painted so that the longest prefix stays on top. */
function guestPaints(
  draft: Draft,
  guest: Guest,
  routes: readonly GuestRoute[],
  choices: GuestChoice[],
): Paint[] {
  const classic =
    draft.network.instance?.[draft.ids.instance.find(guest.instanceId, guest)]?.network ===
    'classic'
  return byPrefix(draft, routes)
    .sort(([a], [b]) => lengthOf(a.destination) - lengthOf(b.destination))
    .map((alike) => ({
      ...draft.range(alike[0].destination),
      // A classic guest has no network interface of this model; that a route exists is all that counts.
      value: classic ? 0 : wayOf(draft, guest, alike, choices),
    }))
}

/** Two texts of one prefix are one. */
function byPrefix(draft: Draft, routes: readonly GuestRoute[]): GuestRoute[][] {
  const alike = new Map<string, GuestRoute[]>()
  for (const route of routes) {
    const { low, high } = draft.range(route.destination)
    const key = `${low}-${high}`
    const known = alike.get(key)
    if (known) known.push(route)
    else alike.set(key, [route])
  }
  return [...alike.values()]
}

/** Of routes of one prefix the lowest metric, then the first listed; or the choice that it is. */
function wayOf(
  draft: Draft,
  guest: Guest,
  alike: readonly GuestRoute[],
  choices: GuestChoice[],
): number {
  const lowest = Math.min(...alike.map(metricOf))
  const best = alike.filter((route) => metricOf(route) === lowest)
  const first = portOf(draft, guest, best[0])
  if (!draft.on('guest.equal-routes') || familyOf(best[0].destination) === 4) return first
  const equal = best.map((route) => ({
    port: portOf(draft, guest, route),
    gateway: route.via !== undefined,
  }))
  const others = alike
    .filter((route) => metricOf(route) > lowest)
    .map((route) => portOf(draft, guest, route))
  const isAlone = [...equal.map(({ port }) => port), ...others].every((port) => port === first)
  return isAlone ? first : wayOfChoice(choices.push({ equal, others }) - 1)
}
