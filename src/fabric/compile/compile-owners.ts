import { rankCount } from '../address-line.ts'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import { haVipPorts } from './find-port.ts'
import { type Owners, PORT_FLAG } from '../places.ts'

/** Owners of private addresses; cut-through interfaces have lost theirs (`eip.cut-through`). */
export function compileOwners(draft: Draft, columns: PortColumns): Owners {
  const list = new OwnerList()
  const served = new Set<string>(frontendInterfaces(draft))
  draft.network.networkInterface?.forEach((item, port) => {
    // A load balancer answers at the address of its interface itself.
    if (columns.domain[port] < 0 || served.has(item.id)) return
    if (columns.flags[port] & PORT_FLAG.cutThrough)
      list.add(columns.domain[port], columns.address4[port], port)
    else
      for (const address of item.addresses)
        list.add(columns.domain[port], draft.rank(address), port)
    for (const { address } of item.ipv6Addresses ?? [])
      list.add(columns.domain[port], draft.rank(address), port)
  })
  for (const { subnet, address, port } of haVipPorts(draft, columns))
    list.add(subnet, address, port)
  for (let port = columns.interfaces; port < columns.plugs; port += 2) {
    list.add(columns.domain[port], columns.address4[port], port)
  }
  columns.balancerPlaces.forEach((place, nth) => {
    const port = columns.balancers + nth
    // A public frontend is called from outside only (`lb.public-frontend`).
    if (!place.isPublic) list.add(columns.domain[port], columns.address4[port], port)
  })
  return list.byRank(rankCount(draft.line))
}

function* frontendInterfaces({ network }: Draft): Generator<string> {
  for (const { frontends = [] } of network.loadBalancer ?? []) {
    for (const { networkInterfaceId } of frontends) if (networkInterfaceId) yield networkInterfaceId
  }
}

class OwnerList {
  private readonly domains: number[] = []
  private readonly ranks: number[] = []
  private readonly ports: number[] = []

  add(domain: number, rank: number, port: number): void {
    if (domain < 0 || rank < 0) return
    this.domains.push(domain)
    this.ranks.push(rank)
    this.ports.push(port)
  }

  byRank(ranks: number): Owners {
    const offsets = new Int32Array(ranks + 1)
    for (const rank of this.ranks) offsets[rank + 1]++
    for (let rank = 0; rank < ranks; rank++) offsets[rank + 1] += offsets[rank]
    const order = Uint32Array.from(this.ranks.keys())
    order.sort(
      (a, b) => this.ranks[a] - this.ranks[b] || this.domains[a] - this.domains[b] || a - b,
    )
    return {
      offsets,
      domains: Int32Array.from(order, (i) => this.domains[i]),
      ports: Int32Array.from(order, (i) => this.ports[i]),
    }
  }
}
