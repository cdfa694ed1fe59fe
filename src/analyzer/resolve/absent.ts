import { rankOf } from '#fabric'
import type { Boundary, Component, Gap, HaVip, Instance, NetworkIndex, VpcAddress } from '#model'
import { unreadHolder } from '../unread-holder.ts'
import type { Ground } from './ground.ts'
import type { Settlement } from './question-resolution.ts'

/** An address of a VPC that no listed resource has: nobody's, or of something that was not read. */
export function unassigned({ fabric, index }: Ground, { address, vpc }: VpcAddress): Settlement {
  const unlisted = index.get('vpc', vpc.id, vpc) === undefined && index.gap('vpc', vpc, vpc.id)
  if (unlisted) return unread({ kind: 'vpc', id: vpc.id }, unlisted)
  const rank = rankOf(fabric.line, address) ?? -1
  const held = unreadHolder(fabric, fabric.find.vpc(vpc.id, vpc), rank)
  if (held && held.gap.kind !== 'addressUse') return unread(held.component, held.gap)
  if (held) {
    const { component, gap } = held
    const facts = { address, subnet: component.id, call: gap.call }
    return { kind: 'settled', code: 'address.holder-unknown', component, facts }
  }
  const facts = { address, vpc: vpc.id }
  const component: Component = { kind: 'vpc', id: vpc.id }
  return { kind: 'settled', code: 'address.not-assigned', component, facts }
}

/** An instance without interfaces: it has none, or they were not read. */
export function withoutInterface(
  { index }: Ground,
  item: Instance,
  component: Component,
): Settlement {
  const own = index.isDoubted('instance', item) ? index.gap('instance', item, item.id) : undefined
  const gap = own ?? index.lack('networkInterface', item)
  if (gap) return unread(component, gap)
  return { kind: 'settled', code: 'instance.no-interface', component, facts: {} }
}

/** A HaVip that nobody announces, or of which it is not known who does. */
export function withoutMaster({ index }: Ground, item: HaVip): Settlement {
  const component: Component = { kind: 'haVip', id: item.id }
  const own = index.isDoubted('haVip', item) ? index.gap('haVip', item, item.id) : undefined
  const master = item.master === undefined ? undefined : index.lack('networkInterface', item)
  const gap = own ?? master
  if (gap) return unread(component, gap)
  const facts = { address: item.address }
  return { kind: 'settled', code: 'havip.no-master', component, facts }
}

/** A load balancer without a private address in a VPC: what would tell it was not read. */
export function withoutAddress(index: NetworkIndex, item: Boundary): Settlement {
  const component: Component = { kind: 'loadBalancer', id: item.id }
  const balancer = index.get('loadBalancer', item.id, item)
  const subnetId = typeof balancer === 'object' ? balancer.subnetId : undefined
  const gap =
    index.gap('loadBalancer', item, item.id) ??
    (subnetId === undefined ? undefined : index.gap('subnet', item, subnetId))
  if (gap) return unread(component, gap)
  const missing = `address of loadBalancer ${item.id}`
  const facts = { missing, call: `any that describes the private address of ${item.id}` }
  return { kind: 'settled', code: 'query.input-missing', component, facts }
}

function unread(component: Component, { kind, id, call }: Gap): Settlement {
  const missing = id === undefined ? kind : `${kind} ${id}`
  return { kind: 'settled', code: 'query.input-missing', component, facts: { missing, call } }
}
