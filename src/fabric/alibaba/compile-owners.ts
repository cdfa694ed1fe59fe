import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import { haVipPorts } from './find-port.ts'
import { type Owners, PORT_FLAG } from '../places.ts'

/** Owners of private addresses per domain; cut-through interfaces have lost theirs (`eip.cut-through`). */
export function compileOwners(draft: Draft, columns: PortColumns, domains: number): Owners {
  const counts = new Int32Array(domains + 1)
  const list = new OwnerList()
  draft.network.networkInterface?.forEach((item, port) => {
    if (columns.domain[port] < 0) return
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
  for (let port = columns.interfaces; port < columns.count; port += 2) {
    list.add(columns.domain[port], columns.address4[port], port)
  }
  return list.sorted(counts)
}

class OwnerList {
  private readonly domains: number[] = []
  private readonly ranks: number[] = []
  private readonly ports: number[] = []

  add(domain: number, rank: number, port: number): void {
    this.domains.push(domain)
    this.ranks.push(rank)
    this.ports.push(port)
  }

  sorted(counts: Int32Array): Owners {
    for (const domain of this.domains) counts[domain + 1]++
    for (let d = 1; d < counts.length; d++) counts[d] += counts[d - 1]
    const order = Uint32Array.from(this.domains.keys())
    order.sort(
      (a, b) => this.domains[a] - this.domains[b] || this.ranks[a] - this.ranks[b] || a - b,
    )
    return {
      offsets: counts,
      ranks: Int32Array.from(order, (i) => this.ranks[i]),
      ports: Int32Array.from(order, (i) => this.ports[i]),
    }
  }
}
