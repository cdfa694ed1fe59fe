import { hasPortWords, PACKET as P, rangeOf } from '#fabric'
import type { PortInterval, SecurityGroup, SecurityGroupRule } from '#model'
import { sourceText } from './header.ts'
import { report } from './record.ts'
import type { Run } from './run.ts'

/** Groups of a port; all of them are listed where `setUnread` is 0. */
export const membersOf = ({ fabric, show }: Run, port: number): readonly number[] =>
  show.groupsOf(fabric.ports.set[port])

/**
 * A rule names a group of the far end and was expected to match: it is an enterprise group's, or
 * behind a link or a translation the far end is not known as a member any more.
 */
export function explainReference(run: Run, port: number, egress: boolean): void {
  const far = egress ? receiverOf(run, port) : run.state.originPort
  if (run.state.leg === 'return' || far < 0 || isMatched(run, port, far, egress)) return
  for (const group of membersOf(run, port)) {
    const rule = run.show
      .groupNaming(group)
      .find((one) => fits(run, one, egress) && namesOne(run, one, far))
    const item = run.fabric.network.securityGroup?.[group]
    if (item && rule) return explain(run, group, item, rule, egress)
  }
}

/** Between basic groups of one VPC, a rule that names a group has been asked. */
function isMatched(run: Run, port: number, far: number, egress: boolean): boolean {
  const { state, fabric } = run
  const { ports } = fabric
  const near = state.sourcePeer === far && ports.domain[far] === ports.domain[port]
  return (egress || near) && isBasic(run, port) && isBasic(run, far)
}

const isBasic = (run: Run, port: number): boolean =>
  membersOf(run, port).every((group) => run.fabric.network.securityGroup?.[group]?.type === 'basic')

/** The port that the packet is going to, where it is in the same VPC. */
function receiverOf({ fabric, judge, packet, asked }: Run, port: number): number {
  return asked.target >= 0
    ? asked.target
    : judge.owner(fabric.ports.domain[port], packet[P.destination])
}

/** Whether a rule names a group of a port. */
function namesOne(run: Run, { peer }: SecurityGroupRule, port: number): boolean {
  if (peer.kind !== 'group') return false
  return membersOf(run, port).some((group) => run.show.group(group).id === peer.groupId)
}

/** Whether a rule matches the packet in all but the peer. */
function fits(run: Run, rule: SecurityGroupRule, egress: boolean): boolean {
  const { packet, fabric } = run
  const { direction, protocol, ports, sourcePorts = [], local } = rule
  if (direction !== (egress ? 'egress' : 'ingress')) return false
  if (protocol !== 'all' && protocol !== packet[P.protocol]) return false
  const ported = hasPortWords(packet[P.protocol])
  if (ported && !(isIn(ports, packet[P.port]) && isIn(sourcePorts, packet[P.sourcePort])))
    return false
  const own = packet[egress ? P.source : P.destination]
  const range = local === undefined ? undefined : rangeOf(fabric.line, local)
  return !range || (range.low <= own && own <= range.high)
}

/** No interval: every port. */
const isIn = (intervals: readonly PortInterval[], port: number): boolean =>
  intervals.length === 0 || intervals.some(({ from, to }) => from <= port && port <= to)

function explain(
  run: Run,
  group: number,
  item: SecurityGroup,
  { id, peer }: SecurityGroupRule,
  egress: boolean,
): void {
  if (peer.kind !== 'group') return
  const named = run.index.get('securityGroup', peer.groupId, item)
  const component = run.show.group(group)
  if (item.type === 'enterprise' || (typeof named === 'object' && named.type === 'enterprise')) {
    report(run, 'sg.group-reference-enterprise', component, { group: peer.groupId }, id)
  } else if (!egress) {
    const facts = { group: peer.groupId, source: sourceText(run) }
    report(run, 'sg.group-reference-unresolved', component, facts, id)
  }
}
