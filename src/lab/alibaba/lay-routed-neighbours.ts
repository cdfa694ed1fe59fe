import { isIpv6, rule } from '../nft-text.ts'
import { balancerDevices } from './lay-balancer.ts'
import { balancersOf, layHandedOn, layTakenBack } from './lay-balancer-ways.ts'
import type { RouteContext } from './lay-routes.ts'
import { canonical } from './lay-routes.ts'
import { rangesOf, subnetComponent } from './router.ts'

/**
 * Frames between neighbours are switched and never see a route table, unless the table sends the
 * vSwitch's own range elsewhere; then the router takes them. What no port has is dropped where it
 * can be counted.
 */
export function layRoutedNeighbours(context: RouteContext): void {
  const { plan, survey, router } = context
  const { space, place } = router
  space.nft('table bridge switch {')
  space.nft('chain pre { type filter hook prerouting priority -300;')
  layTakenBack(context)
  for (const nic of survey.nics) {
    if (nic.vpc !== place || nic.absentBecause === undefined) continue
    const { code } = nic.absentBecause
    const component = { kind: 'networkInterface', id: nic.eni.id } as const
    const comment = plan.mark({ stage: 'deliver', decision: 'refuse', component, code })
    space.nft(rule([`ether daddr ${nic.mac}`], 'drop', comment), component)
  }
  for (const subnet of place.subnets) {
    const { routeTableId } = subnet.subnet
    const table =
      routeTableId === undefined
        ? survey.network.routeTable?.find(
            (item) => item.type === 'system' && survey.vpcOf(item.vpcId, item) === place,
          )
        : survey.find('routeTable', routeTableId, subnet.subnet)
    const ports = [
      ...survey.nics
        .filter((nic) => nic.subnet === subnet && nic.absentBecause === undefined)
        .map(({ nth }) => `"p${nth}"`),
      ...balancersOf(survey, router)
        .filter((item) => item.subnet === subnet)
        .map((item) => `"${balancerDevices(item).front}"`),
    ]
    for (const range of rangesOf(subnet)) {
      const route = table?.routes.find(({ destination }) => canonical(destination) === range)
      const local = route?.nextHops.every(({ target }) => target.kind === 'local') ?? true
      if (!route || (local && route.state === 'Available') || ports.length === 0) continue
      const match = `${isIpv6(range) ? 'ip6' : 'ip'} daddr ${range}`
      const ours = `iifname { ${ports.join(', ')} } ${match}`
      space.nft(
        `${ours} ether daddr set ${subnet.mac} meta pkttype set host`,
        subnetComponent(subnet),
      )
    }
  }
  space.nft('}')
  layHandedOn(context)
  space.nft('}')
}
