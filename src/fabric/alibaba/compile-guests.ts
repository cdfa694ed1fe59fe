import type { Guest, GuestRoute } from '#model'
import { lengthOf } from './compile-tables.ts'
import type { Draft } from './draft.ts'
import type { Paint } from '../interval-map.ts'
import { UNREAD } from '../places.ts'
import type { GuestTables } from '../ways.ts'

export interface GuestNumbers {
  readonly list: readonly GuestTables[]
  /** By instance number. */
  readonly tables: ReadonlyMap<number, number>
  readonly forwarding: ReadonlyMap<number, number>
}

/** Semantic `guest.policy-routing`: the kernel's tables as maps from ranks to ports. */
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
  const mapOf = new Map<string, number>()
  const table = (number: number, family?: 4 | 6): number => {
    const key = `${number}/${family ?? ''}`
    const known = mapOf.get(key)
    if (known !== undefined) return known
    const own = routes.filter(({ destination }) => !family || familyOf(destination) === family)
    const map = draft.maps.add(guestPaints(draft, guest, own, number))
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
  }
}

const familyOf = (cidr: string): 4 | 6 => (cidr.includes(':') ? 6 : 4)

/** The interface that a route names, or `UNREAD`. */
function portOf({ ids }: Draft, guest: Guest, { networkInterfaceId }: GuestRoute): number {
  const port = ids.networkInterface.find(networkInterfaceId, guest)
  return port < 0 ? UNREAD : port
}

/** Painted so that the longest prefix, then the lowest metric, then the first listed stays on top. */
function guestPaints(
  draft: Draft,
  guest: Guest,
  routes: readonly GuestRoute[],
  table: number,
): Paint[] {
  const classic =
    draft.network.instance?.[draft.ids.instance.find(guest.instanceId, guest)]?.network ===
    'classic'
  return routes
    .filter((route) => (route.table ?? MAIN_TABLE) === table)
    .reverse()
    .sort(
      (a, b) =>
        lengthOf(a.destination) - lengthOf(b.destination) || (b.metric ?? 0) - (a.metric ?? 0),
    )
    .map((route) => ({
      ...draft.range(route.destination),
      // A classic guest has no network interface of this model; that a route exists is all that counts.
      value: classic ? 0 : portOf(draft, guest, route),
    }))
}
