import type { Component } from '#model'
import type { PlanDraft, SpaceDraft } from '../plan-draft.ts'

/** A namespace and its device at one end of a router-to-router cable. */
export interface LinkEnd {
  readonly space: SpaceDraft
  readonly device: string
}

/** The neighbour on every such cable: next hops need an address, and this one is nobody else's. */
const NEIGHBOUR4 = '169.254.0.1'
const NEIGHBOUR6 = 'fe80::1'

/** Cables between routers, each end knowing the other's MAC address, so that nothing is asked. */
export class LinkLayer {
  private readonly plan: PlanDraft
  private count = 0

  constructor(plan: PlanDraft) {
    this.plan = plan
  }

  join(of: Component, one: LinkEnd, other: LinkEnd): void {
    const [a, b] = [this.nextMac(), this.nextMac()]
    this.plan.cable(
      of,
      { space: one.space.name, device: one.device, mac: a },
      { space: other.space.name, device: other.device, mac: b },
    )
    layEnd(of, one, b)
    layEnd(of, other, a)
  }

  private nextMac(): string {
    const text = (this.count++).toString(16).padStart(6, '0')
    return `02:16:aa:${text.slice(0, 2)}:${text.slice(2, 4)}:${text.slice(4)}`
  }
}

function layEnd(of: Component, { space, device }: LinkEnd, otherMac: string): void {
  space.ip(`link set ${device} up`, of)
  for (const neighbour of [NEIGHBOUR4, NEIGHBOUR6]) {
    space.ip(`neigh add ${neighbour} lladdr ${otherMac} dev ${device} nud permanent`, of)
  }
}

/** The words of a route over such a cable. */
export function overLink(device: string, ipv6: boolean): string {
  return ipv6 ? `via ${NEIGHBOUR6} dev ${device}` : `via ${NEIGHBOUR4} dev ${device} onlink`
}

/** A device that takes packets nowhere: a bridge without ports. */
export const BLACK_HOLE = 'bh'

/** Adds the device to a namespace, and a default route of some tables that leads there. */
export function layBlackHole(space: SpaceDraft): void {
  space.ip(`link add ${BLACK_HOLE} type bridge`)
  space.ip(`link set ${BLACK_HOLE} addrgenmode none arp off up`)
}

/** What every namespace that relays packets needs of its kernel. */
export function setRouter(space: SpaceDraft): void {
  space.set('net/ipv4/ip_forward', 1)
  space.set('net/ipv6/conf/all/disable_ipv6', 0)
  space.set('net/ipv6/conf/default/disable_ipv6', 0)
  space.set('net/ipv6/conf/all/forwarding', 1)
  space.set('net/ipv6/conf/default/accept_dad', 0)
  for (const scope of ['all', 'default']) {
    space.set(`net/ipv4/conf/${scope}/rp_filter`, 0)
    space.set(`net/ipv4/conf/${scope}/send_redirects`, 0)
    space.set(`net/ipv4/conf/${scope}/accept_local`, 1)
  }
  // Equal next hops are chosen by ports too, so that branches can be told apart.
  space.set('net/ipv4/fib_multipath_hash_policy', 1)
  space.set('net/ipv6/fib_multipath_hash_policy', 1)
}
