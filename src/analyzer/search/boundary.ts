import { PORT_FLAG, UNREAD } from '#fabric'
import type { Component, StageName, Subnet } from '#model'
import { destinationText, serviceOf, sourceText } from './header.ts'
import { reportDoubted } from './doubted-subnet.ts'
import { reportUnreadPublic } from './identity.ts'
import { assume, leaveOpen, note, report, reportMissing, RULE } from './record.ts'
import type { Run } from './run.ts'

/**
 * Asks the network ACL at the boundary of a port's subnet; the walk goes on all the same. `other`
 * is the port on the far side, -1 where it is none.
 */
export function crossBoundary(run: Run, port: number, egress: boolean, other: number): void {
  const { subnets, ports, flags } = run.fabric
  // No list judges what a load balancer gets and sends (semantic `lb.no-acl`).
  if (port >= ports.balancers && flags.balancerUnfiltered) return
  const stage: StageName = egress ? 'acl.egress' : 'acl.ingress'
  const subnet = ports.subnet[port]
  if (subnet < 0) return noteNoSubnet(run, port, stage)
  const list = egress ? subnets.aclOut[subnet] : subnets.aclIn[subnet]
  if (list === -1) return
  const exempt = exemption(run, port, egress, other)
  if (exempt !== undefined) return noteExempt(run, stage, subnet, exempt)
  if (list === UNREAD) return noteUnread(run, stage, subnet)
  const judged = run.judge.list(list, egress)
  const replaced = (ports.flags[port] & PORT_FLAG.addressUnread) !== 0
  if (!run.judge.accepts(judged) && replaced) return noteUnsure(run, port, stage)
  noteList(run, stage, subnet, egress, judged)
}

/** The list refuses, unless an EIP that was not read takes the interface from under it. */
function noteUnsure(run: Run, port: number, stage: StageName): void {
  const component = run.show.port(port)
  leaveOpen(run, stage, component, reportUnreadPublic(run, port, component))
}

type Exemption = 'session' | 'same-subnet' | 'cut-through' | 'service'

/** Why an ACL is not asked about a packet (semantics `acl.*`); undefined: it is. */
function exemption(run: Run, port: number, egress: boolean, other: number): Exemption | undefined {
  const { flags, ports } = run.fabric
  if (run.state.leg === 'return' && flags.aclStateful) return RULE.session
  const near = other >= 0 && ports.subnet[other] === ports.subnet[port]
  if (near && flags.aclSameSubnetExempt) return RULE.sameSubnet
  if (flags.aclCutThroughExempt && ports.flags[port] & PORT_FLAG.cutThrough) return RULE.cutThrough
  return run.judge.filterExempt(egress) ? RULE.service : undefined
}

function noteExempt(run: Run, stage: StageName, subnet: number, exempt: Exemption): void {
  const acl = run.show.acl(subnet)
  note(run, stage, acl, 'exempt', exempt)
  if (exempt !== RULE.sameSubnet) return
  assume(run, 'assume.acl-same-subnet', acl, { subnet: run.show.subnet(subnet).id })
}

function noteList(
  run: Run,
  stage: StageName,
  subnet: number,
  egress: boolean,
  judged: number,
): void {
  const acl = run.show.acl(subnet)
  const rule = judged >= 0 ? run.show.aclRule(subnet, egress, judged) : RULE.default
  if (run.judge.accepts(judged)) return note(run, stage, acl, 'admit', rule)
  const facts = {
    service: serviceOf(run),
    source: sourceText(run),
    destination: destinationText(run),
    subnet: run.show.subnet(subnet).id,
  }
  const codes = refusals[run.state.leg]
  const code = egress ? codes.egress : codes.ingress
  note(run, stage, acl, 'refuse', rule, report(run, code, acl, facts, rule))
}

const refusals = {
  forward: { egress: 'acl.egress.deny', ingress: 'acl.ingress.deny' },
  return: { egress: 'acl.return.egress.deny', ingress: 'acl.return.ingress.deny' },
} as const

function noteUnread(run: Run, stage: StageName, subnet: number): void {
  const acl = run.show.acl(subnet)
  const item = run.fabric.network.subnet?.[subnet]
  const found = item && reportDoubted(run, item, acl)
  leaveOpen(run, stage, acl, found ?? reportUnreadAcl(run, item, acl))
}

/** The list was not read, or whether the subnet has one. */
function reportUnreadAcl(run: Run, item: Subnet | undefined, acl: Component): number {
  const id = item?.networkAclId
  return id === undefined
    ? reportMissing(run, 'networkAclAssociation', item, acl, item?.id)
    : reportMissing(run, 'networkAcl', item, acl, id)
}

/** An interface whose subnet is not in the input; classic NICs have none. */
function noteNoSubnet(run: Run, port: number, stage: StageName): void {
  const { flags, ports } = run.fabric
  if (port >= ports.interfaces) return
  if (flags.aclCutThroughExempt && ports.flags[port] & PORT_FLAG.cutThrough) return
  const item = run.fabric.network.networkInterface?.[port]
  const component = run.show.port(port)
  leaveOpen(run, stage, component, reportMissing(run, 'subnet', item, component, item?.subnetId))
}
