import { NOBODY, PACKET as P, refusalCodes } from '#fabric'
import { deliver, deliverAt } from './deliver.ts'
import { reportNoGuestRoute, seenGuestPort } from './guest.ts'
import { destinationText, sourceText } from './header.ts'
import { homeOf } from './places.ts'
import { assume, leaveOpen, refuse, report, reportLacking, reportMissing } from './record.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** The implied ClassicLink route refuses by itself; behind it the walk goes on in the linked VPC. */
export function refusedByClassicLink(run: Run, port: number, refusal: number): LegEnd {
  reportClassic(run, refusal, port)
  const vpc = linkedVpc(run, port)
  return vpc < 0 ? 'dead' : deliver(run, vpc, -1)
}

/** From a VPC over ClassicLink to an instance of the classic network. */
export function intoClassic(run: Run, port: number): LegEnd {
  const { domains, ports, subnets, instances } = run.fabric
  const here = ports.domain[port]
  const there = domains.classic[here]
  const owner = there < 0 ? NOBODY : run.judge.owner(there, run.packet[P.destination])
  if (owner < 0) return toNoInstance(run, port, there)
  if (instances.linkUnread[ports.instance[owner]]) return withUnreadLink(run, owner)
  if (instances.linkedDomain[ports.instance[owner]] !== here) reportUnlinked(run, port)
  const subnet = run.judge.valueAt(domains.subnetMap[here], run.packet[P.source])
  reportClassic(run, subnet < 0 ? outsidePrimary(run, here) : subnets.classicRefusal[subnet], port)
  return deliverAt(run, owner, -1)
}

/** A cut-through EIP is an address of no vSwitch; one that was not read may lie in the primary range. */
function outsidePrimary({ fabric, packet }: Run, domain: number): number {
  const range = fabric.domains.primary[domain]
  const source = packet[P.source]
  const inside = range !== undefined && range.low <= source && source <= range.high
  return inside ? 0 : refusalCodes.indexOf('classiclink.outside-primary')
}

/** No listed instance of the classic network has the address. */
function toNoInstance(run: Run, port: number, classic: number): LegEnd {
  if (classic < 0 || !run.fabric.domains.ownersUnread[classic]) {
    reportUnlinked(run, port)
    return 'dead'
  }
  const component = run.show.domain(classic)
  leaveOpen(run, 'gateway', component, reportLacking(run, 'instance', homeOf(run, port), component))
  return 'stuck'
}

/** Which VPC the instance of a classic NIC is linked to was not read. */
function withUnreadLink(run: Run, port: number): LegEnd {
  const component = run.show.instanceOf(port)
  const found = reportMissing(run, 'classicLink', homeOf(run, port), component, component.id)
  leaveOpen(run, 'gateway', component, found)
  return 'stuck'
}

/** From a classic instance over ClassicLink into its VPC. */
export function intoVpc(run: Run, port: number, vpc: number): LegEnd {
  const { domains, subnets, flags, network } = run.fabric
  const subnet = run.judge.lookUp(domains.subnetMap[vpc])
  if (subnet >= 0) reportClassic(run, subnets.classicRefusal[subnet], port)
  const needsRoute = network.vpc?.[vpc]?.cidrs[0]?.startsWith('192.168.') ?? false
  if (flags.classicGuestRoute && needsRoute) checkGuestRoute(run, port)
  return deliver(run, vpc, -1)
}

/** A guest of the classic network routes 192.168.0.0/16 to its ClassicLink only if it was told to. */
function checkGuestRoute(run: Run, port: number): void {
  const { instances, ports } = run.fabric
  const tables = instances.guest[ports.instance[port]]
  if (tables >= 0) {
    if (seenGuestPort(run, tables, -1) === -1) reportNoGuestRoute(run, port)
    return
  }
  const facts = { destination: destinationText(run) }
  assume(run, 'assume.guest-classic-route', run.show.instanceOf(port), facts)
}

/** @param refusal position in `refusalCodes`; 0: nothing to report */
function reportClassic(run: Run, refusal: number, port: number): void {
  const code = refusalCodes[refusal] ?? 'none'
  switch (code) {
    case 'none':
      return
    case 'classiclink.absent':
      return reportUnlinked(run, port)
    case 'classiclink.outside-primary':
    case 'classiclink.subnet-not-covered': {
      const inVpc = run.fabric.ports.domain[port] < run.fabric.domains.vpcs
      const address = inVpc ? sourceText(run) : destinationText(run)
      const facts = { address, vpc: run.show.domain(vpcOf(run, port)).id }
      const component = run.show.instanceOf(port)
      refuse(run, 'gateway', component, report(run, code, component, facts))
    }
  }
}

/** Between a classic instance and a VPC there is no ClassicLink. */
export function reportUnlinked(run: Run, port: number): void {
  const facts = { source: sourceText(run), destination: destinationText(run) }
  const component = run.show.instanceOf(port)
  refuse(run, 'gateway', component, report(run, 'classiclink.absent', component, facts))
}

/** The VPC on whose side of the link the port stands. */
function vpcOf(run: Run, port: number): number {
  const { domains, ports } = run.fabric
  const domain = ports.domain[port]
  return domain < domains.vpcs ? domain : linkedVpc(run, port)
}

const linkedVpc = ({ fabric }: Run, port: number): number =>
  fabric.instances.linkedDomain[fabric.ports.instance[port]] ?? -1
