import type { Home } from '#model'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import { NO_MASTER, PORT_FLAG } from '../places.ts'

/** Each HaVip with the port of the member that announces it (`havip.master`). */
export function* haVipPorts(
  draft: Draft,
  columns: PortColumns,
): Generator<{
  readonly subnet: number
  readonly address: number
  readonly port: number
  readonly id: string
}> {
  for (const item of draft.network.haVip ?? []) {
    const subnet = draft.network.subnet?.[draft.ids.subnet.find(item.subnetId, item)]
    const domain = subnet ? draft.ids.vpc.find(subnet.vpcId, subnet) : -1
    if (domain < 0) continue
    const announcer = draft.on('havip.master') ? item.master : (item.master ?? item.members[0])
    const known = announcer === undefined ? NO_MASTER : memberPort(draft, columns, announcer, item)
    const port = draft.index.isDoubted('haVip', item) ? -1 : known
    yield { subnet: domain, address: draft.rank(item.address), port, id: item.id }
  }
}

/** Port of an instance's primary interface or of a named interface; -1 if it is not in the input. */
export function memberPort(draft: Draft, columns: PortColumns, id: string, near: Home): number {
  const direct = draft.ids.networkInterface.find(id, near)
  if (direct >= 0) return direct
  return primaryPort(columns, draft.instances.find(id, near))
}

const primaryIndex = new WeakMap<PortColumns, Int32Array>()

/** Primary port of an instance by its number; -1. */
export function primaryPort(columns: PortColumns, instance: number): number {
  let index = primaryIndex.get(columns)
  if (!index) {
    const highest = columns.instance.reduce((a, b) => Math.max(a, b), -1)
    index = new Int32Array(highest + 1).fill(-1)
    for (let port = 0; port < columns.interfaces; port++) {
      if (columns.instance[port] >= 0 && columns.flags[port] & PORT_FLAG.primary)
        index[columns.instance[port]] = port
    }
    primaryIndex.set(columns, index)
  }
  return index[instance] ?? -1
}
