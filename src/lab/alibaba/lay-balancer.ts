import type { FindingCode } from '#findings'
import type { Component } from '#model'
import { rule, set } from '../nft-text.ts'
import type { PlanDraft, SpaceDraft } from '../plan-draft.ts'
import type { RouteContext } from './lay-routes.ts'
import { overLink, setRouter } from './link.ts'
import { type BalancedPort, type BalancerPlace, isActive } from './place-balancers.ts'

/** Devices of a load balancer's namespace: in its vSwitch, and towards its backends. */
const FRONT = 'front'
const BACK = 'back'

/** Table of what came in by the front. */
const FORWARD_TABLE = 100

/** Ports of the router: the load balancer in its vSwitch, and what it exchanges with backends. */
export function balancerDevices({ nth }: BalancerPlace): { front: string; back: string } {
  return { front: `q${nth}`, back: `k${nth}` }
}

/** The resource of a load balancer. */
export function balancerComponent({ balancer: { id, name } }: BalancerPlace): Component {
  return { kind: 'loadBalancer', id, ...(name === undefined ? {} : { name }) }
}

/**
 * A load balancer (decision 0010): a port of its vSwitch that no group and no list stands before.
 * What comes in by the front leaves by the back for one backend, under the client's address; what
 * comes in by the back is its answer, and leaves by the front as any neighbour's packet would.
 */
export function layBalancer(context: RouteContext, place: BalancerPlace): void {
  const { plan, router } = context
  const of = balancerComponent(place)
  const space = plan.space(place.space, 'loadBalancer', of)
  setRouter(space)
  // A reply whose request did not pass here is nobody's.
  space.set('net/netfilter/nf_conntrack_tcp_loose', 0)
  const { front, back } = balancerDevices(place)
  plan.cable(
    of,
    { space: place.space, device: FRONT, mac: place.mac },
    { space: router.space.name, device: front },
  )
  router.links.join(of, { space: router.space, device: back }, { space, device: BACK })
  space.ip('link set lo up')
  space.ip(`addr add ${place.address}/32 dev lo`)
  space.ip(`link set ${FRONT} addrgenmode none up`)
  layNeighbours(context, space, place)
  space.ip(`route add default ${overLink(BACK, false)} table ${FORWARD_TABLE}`)
  space.ip(`rule add pref 100 iif ${FRONT} lookup ${FORWARD_TABLE}`)
  layGate(plan, space, place)
  layChoice(plan, space, place)
}

/** It asks nobody for MAC addresses: they are known, as they are to the router. */
function layNeighbours(
  { survey, addressesOf }: RouteContext,
  space: SpaceDraft,
  { subnet }: BalancerPlace,
): void {
  const { gateway } = subnet
  space.ip(`route add ${subnet.subnet.cidr} dev ${FRONT}`)
  space.ip(`neigh replace ${gateway} lladdr ${subnet.mac} dev ${FRONT} nud permanent`)
  space.ip(`route add default via ${gateway} dev ${FRONT} onlink`)
  for (const nic of survey.nics) {
    if (nic.subnet !== subnet) continue
    const of: Component = { kind: 'networkInterface', id: nic.eni.id }
    const { ipv4, haVips } = addressesOf(nic)
    for (const address of [...ipv4, ...haVips]) {
      space.ip(`neigh replace ${address} lladdr ${nic.mac} dev ${FRONT} nud permanent`, of)
    }
  }
}

/** What it takes: connections to its running listeners, and answers to what it has handed on. */
function layGate(plan: PlanDraft, space: SpaceDraft, place: BalancerPlace): void {
  const refuse = (code: FindingCode): string =>
    plan.mark({ stage: 'translate', decision: 'refuse', component: space.of, code })
  const to = `ip daddr ${place.address}`
  space.nft('table ip gate {')
  space.nft('chain pre { type filter hook prerouting priority -150; policy accept;')
  if (!isActive(place.balancer)) space.nft(rule([], 'drop', refuse('lb.bad-state')))
  space.nft(rule(['ct state established, related'], 'accept'))
  space.nft(rule([`iifname "${BACK}"`], 'drop', refuse('lb.return-bypass')))
  // Whether the address answers an echo is the provider's business (decision 0010, 3).
  space.nft(rule(['meta l4proto 1'], 'drop', refuse('lb.not-analysed')))
  for (const { protocol, port, backends } of place.ports) {
    const match = [to, `${protocol} dport ${port}`]
    if (backends.length > 0) space.nft(rule(match, 'accept'))
    else space.nft(rule(match, 'drop', refuse('lb.listener-no-backend')))
  }
  space.nft(rule([], 'drop', refuse('lb.no-listener')))
  space.nft('}')
  space.nft('}')
}

/**
 * Connections take turns, so that a few of them show every branch; which one a packet took is told
 * by the rule that it met and by the guest that it reached.
 */
function layChoice(plan: PlanDraft, space: SpaceDraft, place: BalancerPlace): void {
  const able = place.ports.filter(({ backends }) => backends.length > 0)
  space.nft('table ip balance {')
  for (const item of able) layTurns(plan, space, item)
  space.nft('chain pre { type nat hook prerouting priority -100;')
  for (const item of able) {
    const match = [`iifname "${FRONT}"`, `ip daddr ${place.address}`]
    space.nft([...match, `${item.protocol} dport ${item.port} goto ${chainOf(item)}`].join(' '))
  }
  space.nft('}')
  space.nft('}')
}

function chainOf({ protocol, port }: BalancedPort): string {
  return `${protocol}_${port}`
}

function layTurns(plan: PlanDraft, space: SpaceDraft, item: BalancedPort): void {
  const { protocol, backends } = item
  const own = backends.map((backend, nth) => ({ ...backend, chain: `${chainOf(item)}_${nth}` }))
  for (const { chain, address, port, nic } of own) {
    const name = `${protocol} ${item.port} to ${nic.eni.id}`
    const mark = { stage: 'translate', decision: 'continue', component: space.of } as const
    space.nft(`chain ${chain} {`)
    const comment = plan.mark({ ...mark, rule: name })
    space.nft(rule([`meta l4proto ${protocol}`], `dnat to ${address}:${port}`, comment))
    space.nft('}')
  }
  const turns = own.map(({ chain }, nth) => `${nth} : goto ${chain}`)
  space.nft(`chain ${chainOf(item)} {`)
  space.nft(`numgen inc mod ${own.length} vmap ${set(turns)}`)
  space.nft('}')
}
