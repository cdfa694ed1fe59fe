import type { GuestFirewall } from '#model'
import { rankFamily, type RankRange } from './address-line.ts'
import type { Fabric } from './fabric.ts'
import type { ReversePathFact } from './guest-fact.ts'
import type { GuestSystem } from './guest-system.ts'
import { choiceOfWay, portOfWay } from './guest-way.ts'
import { PACKET } from './packet.ts'
import { SHARED } from './places.ts'
import type { GuestTables } from './ways.ts'

/** The packet looked up the other way round; both answers shrink its box. */
export interface WayBack {
  readonly packet: Int32Array
  /** Whether the destination, which is the source of the way back, lies in a range. */
  comesFrom(range: RankRange): boolean
  /** Value of a map at the source, where the way back leads. */
  lookBack(map: number): number
}

/** The way by which a guest's own tables lead back to the source, or -1. */
function wayBack({ rules }: GuestTables, back: WayBack): number {
  for (const { from, map } of rules) {
    if (from && !back.comesFrom(from)) continue
    const way = back.lookBack(map)
    if (way !== -1) return way
  }
  return -1
}

/**
 * Whether the way back is by this very port; undefined where the tables were not seen or a hash
 * decides. Of several IPv6 routes of one prefix `fib` of nftables takes the first, and rpfilter of
 * ip6tables one by the port: which of them looks behind ip6tables depends on how it was built.
 */
export function isWayBack(
  fabric: Fabric,
  back: WayBack,
  { instance, tool }: { readonly instance: number; readonly tool: GuestFirewall['kind'] },
  port: number,
): boolean | undefined {
  const number = fabric.instances.guest[instance]
  if (number < 0 || port >= fabric.ports.interfaces) return undefined
  const tables = fabric.guests[number]
  const way = wayBack(tables, back)
  const first = portOfWay(tables, way, -1)
  if (first === SHARED) return undefined
  if (first === port || tool === 'nftables') return first === port
  const choice = choiceOfWay(tables, way)
  const may = choice?.equal.some((one) => one.port === port) || choice?.others.includes(port)
  return may ? undefined : false
}

/**
 * Semantic `guest.reverse-path`. Where the tables were not seen they are taken to be set up by the
 * book: replies leave where the request came in. A packet that is not for an address of the port,
 * in a guest with several, is no such case.
 */
export function checkReversePath(
  fabric: Fabric,
  back: WayBack,
  { instance, system }: { readonly instance: number; readonly system: GuestSystem },
  port: number,
  foreign: boolean,
): ReversePathFact | undefined {
  const { name: device, filter } = system.devices.get(port) ?? {}
  if (filter === undefined || device === undefined) return undefined
  if (rankFamily(fabric.line, back.packet[PACKET.source]) === 6) return undefined
  const tables = fabric.instances.guest[instance]
  if (tables < 0) {
    const open = foreign && filter === 'strict' && mayHaveSeveral(fabric, instance)
    return open ? { kind: 'reverse-path', outcome: 'opens', device, filter } : undefined
  }
  const leads = wayBack(fabric.guests[tables], back)
  const passes = filter === 'loose' ? leads !== -1 : leads === port
  return passes ? undefined : { kind: 'reverse-path', outcome: 'refuses', device, filter }
}

function mayHaveSeveral({ instances }: Fabric, instance: number): boolean {
  const { offsets, portsUnread } = instances
  return offsets[instance + 1] - offsets[instance] > 1 || portsUnread[instance] === 1
}
