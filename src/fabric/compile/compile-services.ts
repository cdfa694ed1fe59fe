import type { Draft } from './draft.ts'
import type { Service } from '../ways.ts'

/** Ranges of services a VPC reaches at 100.64.0.0/10, the provider's own among them. */
export function compileServices(draft: Draft): Service[] {
  const own = draft.known.exempt.map((cidr) => ({
    range: draft.range(cidr),
    domain: -1,
    ports: [],
    position: -1,
  }))
  const named = (draft.network.cloudService ?? []).flatMap((item, position) => {
    const domain = item.vpcId === undefined ? -1 : draft.ids.vpc.find(item.vpcId, item)
    // In a VPC that is not listed it serves nobody here.
    if (item.vpcId !== undefined && domain < 0) return []
    const { region, ports = [] } = item
    return item.cidrs.map((cidr) => ({ range: draft.range(cidr), domain, region, ports, position }))
  })
  return [...named, ...own]
}

/** Ranges no route to the Internet carries. */
export function compilePrivateSpace(draft: Draft): number {
  const ranges = [...draft.known.private4, draft.known.services, ...draft.known.private6]
  return draft.maps.add(ranges.map((cidr) => ({ ...draft.range(cidr), value: 1 })))
}
