import { PACKET as P, rankOf } from '#fabric'
import type { Component, HaVip } from '#model'
import { reportMissing } from './record.ts'
import type { Run } from './run.ts'

/** The HaVip of a VPC that has the packet's destination. */
export function haVipAt({ fabric, packet, index }: Run, domain: number): HaVip | undefined {
  const { network, line } = fabric
  const vpcId = network.vpc?.[domain]?.id
  return network.haVip?.find((item) => {
    if (rankOf(line, item.address) !== packet[P.destination]) return false
    const subnet = index.get('subnet', item.subnetId, item)
    return typeof subnet === 'object' && subnet.vpcId === vpcId
  })
}

/** The HaVip is in doubt, or the member that announces it was not read. */
export function reportUnreadVip(run: Run, vip: HaVip): number {
  const { index } = run
  const component: Component = { kind: 'haVip', id: vip.id }
  const { master } = vip
  if (index.isDoubted('haVip', vip) || master === undefined) {
    return reportMissing(run, 'haVip', vip, component, vip.id)
  }
  const kind = index.gap('networkInterface', vip, master) ? 'networkInterface' : 'instance'
  return reportMissing(run, kind, vip, component, master)
}
