import type { Endpoint } from '#model'
import type { Family, Ground } from './ground.ts'

/** The family in which both ends can speak, IPv4 first; undefined if there is none. */
export function commonFamily(ground: Ground, a: Endpoint, b: Endpoint): Family | undefined {
  if (speaks(ground, a, 4) && speaks(ground, b, 4)) return 4
  return speaks(ground, a, 6) && speaks(ground, b, 6) ? 6 : undefined
}

/** First address of a port in a family, as a rank; -1. */
export const addressIn = ({ fabric }: Ground, port: number, family: Family): number =>
  family === 4 ? fabric.ports.address4[port] : fabric.ports.address6[port]

/** First port of an instance: the primary one, or the intranet NIC of a classic one; -1. */
export function firstPortOf({ fabric }: Ground, instance: number): number {
  const { offsets, ports } = fabric.instances
  return offsets[instance] === offsets[instance + 1] ? -1 : ports[offsets[instance]]
}

/** Ports of an instance, the primary one first; of a classic one its NICs. */
export function portsOf({ fabric }: Ground, instance: number): Int32Array {
  const { offsets, ports } = fabric.instances
  return ports.subarray(offsets[instance], offsets[instance + 1])
}

/** Whether an end can send and receive in a family. */
export function speaks(ground: Ground, end: Endpoint, family: Family): boolean {
  switch (end.kind) {
    case 'internet':
    case 'boundary':
      return true
    case 'instance': {
      const instance = ground.fabric.find.instance(end.instance)
      const first = firstPortOf(ground, instance)
      if (first < 0 || addressIn(ground, first, family) >= 0) return true
      return portsOf(ground, instance).some((port) => addressIn(ground, port, family) >= 0)
    }
    case 'networkInterface':
      return addressIn(ground, ground.fabric.find.port(end.networkInterface), family) >= 0
    case 'haVip':
      return familyOf(end.haVip.address) === family
    case 'address':
      return familyOf(end.address) === family
    case 'cloudService':
      return familyOf(end.cloudService.cidrs[0] ?? '') === family
  }
}

const familyOf = (text: string): Family => (text.includes(':') ? 6 : 4)
