import { GATEWAY, PUBLIC, UNREAD } from '#fabric'
import type { InternetGateway } from '#model'
import { isInDoubt } from './attachment.ts'
import { deliver } from './deliver.ts'
import { destinationText } from './header.ts'
import { homeOf, internet } from './places.ts'
import { leaveOpen, refuse, report, reportLacking, reportMissing } from './record.ts'
import type { Run } from './run.ts'
import { reportNoInternet } from './translation.ts'
import type { LegEnd } from './walk.ts'

/** An IPv6 packet from the Internet meets an address of this network. */
export function arriveIpv6(run: Run, at: number): LegEnd {
  const { publics, ports, domains, gateways } = run.fabric
  const port = publics.port[at]
  if (isInDoubt(run, port, 'gateway')) return 'stuck'
  const domain = ports.domain[port]
  const gateway = domains.gateway6[domain]
  if (gateway === UNREAD) reportUnreadGateway(run, port)
  else if (gateway < 0 || !gateways.enabled[gateway]) reportNoInternet(run, domain)
  else if (gateways.kind[gateway] === GATEWAY.egressOnly && run.state.leg === 'forward') {
    const component = run.show.gateway(gateway)
    const facts = { address: destinationText(run) }
    refuse(run, 'gateway', component, report(run, 'ipv6.egress-only', component, facts))
  }
  checkAssignment(run, at)
  run.state.inPublic = at
  return deliver(run, domain, -1)
}

/** Whether the VPC has an IPv6 gateway was not read. */
function reportUnreadGateway(run: Run, port: number): void {
  const home = homeOf(run, port)
  const doubted = doubtedGateway(run, port)
  if (doubted) {
    const found = reportMissing(run, 'internetGateway', home, internet, doubted.id)
    return leaveOpen(run, 'gateway', internet, found)
  }
  const found =
    home && run.index.gap('ipv6Internet', home)
      ? reportMissing(run, 'ipv6Internet', home, internet)
      : reportLacking(run, 'internetGateway', home, internet)
  leaveOpen(run, 'gateway', internet, found)
}

/** The VPC's gateway, if the sources contradict each other about it. */
function doubtedGateway({ fabric, index }: Run, port: number): InternetGateway | undefined {
  const { network, ports } = fabric
  const vpcId = network.vpc?.[ports.domain[port]]?.id
  return network.internetGateway?.find(
    (item) =>
      item.kind === 'ipv6' && item.vpcId === vpcId && index.isDoubted('internetGateway', item),
  )
}

function checkAssignment(run: Run, at: number): void {
  const { publics } = run.fabric
  const port = publics.port[at]
  const component = run.show.port(port)
  const facts = { address: destinationText(run) }
  switch (publics.kind[at]) {
    case PUBLIC.ipv6Private:
      report(run, 'igw.no-public-mapping.ingress', component, facts)
      break
    case PUBLIC.ipv6EgressOnly:
      if (run.state.leg === 'forward') report(run, 'ipv6.egress-only', component, facts)
      break
    case PUBLIC.ipv6Unread:
      reportMissing(run, 'ipv6Internet', homeOf(run, port), component)
      break
  }
}
