import { serves, works } from './compile-nats.ts'
import type { PortColumns } from './compile-ports.ts'
import type { PublicRow } from './compile-publics.ts'
import type { Draft } from './draft.ts'
import { haVipPorts } from './find-port.ts'
import { PORT_FLAG } from '../places.ts'
import { PUBLIC } from '../translations.ts'

/**
 * A DNAT entry for every port gives its inside address that public identity outbound. Of several the
 * lowest public address counts [guess], so that no verdict hangs on the order of a file.
 */
export function ipMappingRows(
  draft: Draft,
  columns: PortColumns,
  addresses: readonly PublicRow[],
): PublicRow[] {
  const owners = privateOwners(draft, columns)
  const rows = (draft.network.natGateway ?? []).flatMap((gateway, nat) =>
    gateway.dnat.flatMap((entry) => {
      if (
        entry.protocol !== 'any' ||
        gateway.reach !== 'internet' ||
        !works(entry) ||
        !serves(draft, gateway)
      )
        return []
      const inside = draft.rank(entry.internalAddress)
      const port = owners.get(`${draft.ids.vpc.find(gateway.vpcId, gateway)}/${inside}`) ?? -1
      const rank = draft.rank(entry.externalAddress)
      const eip = addresses.find(
        (row) => row.rank === rank && row.kind === PUBLIC.nat && row.nat === nat,
      )
      if (!eip) return []
      return [{ rank, kind: PUBLIC.ipMapping, port, inside, nat, resource: eip.resource }]
    }),
  )
  return rows.sort((a, b) => a.rank - b.rank)
}

function privateOwners(draft: Draft, columns: PortColumns): ReadonlyMap<string, number> {
  const wanted = new Set(
    (draft.network.natGateway ?? []).flatMap(({ dnat }) =>
      dnat.flatMap((entry) => (entry.protocol === 'any' ? [entry.internalAddress] : [])),
    ),
  )
  const owners = new Map<string, number>()
  if (wanted.size === 0) return owners
  draft.network.networkInterface?.forEach((item, port) => {
    if (columns.flags[port] & PORT_FLAG.cutThrough) return
    for (const address of item.addresses) {
      if (wanted.has(address)) owners.set(`${columns.domain[port]}/${draft.rank(address)}`, port)
    }
  })
  for (const { subnet, address, port } of haVipPorts(draft, columns)) {
    if (port >= 0) owners.set(`${subnet}/${address}`, port)
  }
  for (let port = columns.balancers; port < columns.count; port++) {
    owners.set(`${columns.domain[port]}/${columns.address4[port]}`, port)
  }
  return owners
}
