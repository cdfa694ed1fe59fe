import type { GuestNumbers } from './compile-guests.ts'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import { type Instances, PORT_FLAG } from '../places.ts'

/** Instances with their ports, guest tables and ClassicLink. */
export function compileInstances(
  draft: Draft,
  columns: PortColumns,
  guests: GuestNumbers,
): Instances {
  const instances = draft.network.instance ?? []
  const order = portsByInstance(draft, columns, instances.length)
  return {
    ...order,
    guest: Int32Array.from(instances, (_, i) => guests.tables.get(i) ?? -1),
    forwarding: Uint8Array.from(instances, (_, i) => guests.forwarding.get(i) ?? 0),
    linkedDomain: Int32Array.from(instances, (item) =>
      item.classic?.linkedVpcId === undefined || !draft.on('classiclink.link')
        ? -1
        : draft.ids.vpc.find(item.classic.linkedVpcId, item),
    ),
  }
}

function portsByInstance(
  draft: Draft,
  columns: PortColumns,
  count: number,
): Pick<Instances, 'offsets' | 'ports'> {
  const offsets = new Int32Array(count + 1)
  for (const instance of columns.instance) if (instance >= 0) offsets[instance + 1]++
  for (let i = 1; i <= count; i++) offsets[i] += offsets[i - 1]
  const ports = new Int32Array(offsets[count])
  const fill = offsets.slice()
  for (const primary of [true, false]) {
    for (let port = 0; port < columns.count; port++) {
      const isPrimary = (columns.flags[port] & PORT_FLAG.primary) !== 0
      if (columns.instance[port] >= 0 && isPrimary === primary)
        ports[fill[columns.instance[port]]++] = port
    }
  }
  for (let i = 0; i < count; i++) {
    if (offsets[i + 1] - offsets[i] > 2)
      sortById(draft, ports.subarray(offsets[i] + 1, offsets[i + 1]))
  }
  return { offsets, ports }
}

function sortById({ network }: Draft, ports: Int32Array): void {
  const id = (port: number): string => network.networkInterface?.[port]?.id ?? ''
  const sorted = [...ports].sort((a, b) => (id(a) < id(b) ? -1 : 1))
  ports.set(sorted)
}
