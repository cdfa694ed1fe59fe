import type { GuestNumbers } from './compile-guests.ts'
import type { GuestSystems } from './compile-systems.ts'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import { isLinkUnread } from './compile-classic.ts'
import { type Instances, PORT_FLAG } from '../places.ts'

/** Instances with their ports, guest tables and ClassicLink. */
export function compileInstances(
  draft: Draft,
  columns: PortColumns,
  guests: GuestNumbers,
  systems: GuestSystems,
): Instances {
  const { network } = draft
  const { count } = draft.instances
  const column = (of: (instance: number) => number): Int32Array =>
    Int32Array.from({ length: count }, (_, i) => of(i))
  const order = portsByInstance(draft, columns, count)
  return {
    ...order,
    portsUnread: Uint8Array.from(column((i) => (mayHaveMore(draft, order, i) ? 1 : 0))),
    guest: column((i) => guests.tables.get(i) ?? -1),
    system: column((i) => systems.ofInstance.get(i) ?? -1),
    forwarding: Uint8Array.from(column((i) => guests.forwarding.get(i) ?? 0)),
    linkedDomain: column((i) => linkedDomain(draft, i)),
    linkUnread: Uint8Array.from(
      column((i) => (isLinkUnread(draft, network.instance?.[i]) ? 1 : 0)),
    ),
  }
}

/** Whether interfaces that were not read may be this instance's, or it is not known where its own are. */
function mayHaveMore(
  { network, index, ids }: Draft,
  { offsets, ports }: Pick<Instances, 'offsets' | 'ports'>,
  instance: number,
): boolean {
  const near = network.instance?.[instance] ?? network.networkInterface?.[ports[offsets[instance]]]
  if (near !== undefined && index.lack('networkInterface', near)) return true
  const own = ports.subarray(offsets[instance], offsets[instance + 1])
  return own.some((port) => {
    const item = network.networkInterface?.[port]
    return item !== undefined && ids.subnet.find(item.subnetId, item) < 0
  })
}

function linkedDomain(draft: Draft, instance: number): number {
  const { network, ids, on } = draft
  const item = network.instance?.[instance]
  if (isLinkUnread(draft, item)) return -1
  const vpcId = on('classiclink.link') ? item?.classic?.linkedVpcId : undefined
  return item && vpcId !== undefined ? ids.vpc.find(vpcId, item) : -1
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
