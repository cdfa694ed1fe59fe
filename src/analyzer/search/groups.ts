import { filtersInOrder, JUDGED, PACKET as P, PORT_FLAG, UNREAD } from '#fabric'
import { type Component, type Home, type OnePeer, peersIn, type StageName } from '#model'
import { explainReference, membersOf } from './group-reference.ts'
import { destinationText, serviceOf, sourceText } from './header.ts'
import { homeOf, unlinkedId } from './places.ts'
import {
  describing,
  leaveOpen,
  note,
  noteKept,
  report,
  reportLacking,
  reportMissing,
  RULE,
} from './record.ts'
import type { Run, Session } from './run.ts'

/** Asks a port's security groups and notes what they said; the walk goes on all the same. */
export function askGroups(run: Run, port: number, egress: boolean): void {
  const { fabric, judge, state } = run
  if (fabric.ports.flags[port] & PORT_FLAG.groupless) return
  const stage: StageName = egress ? 'group.egress' : 'group.ingress'
  if (state.leg === 'return' && fabric.flags.groupsStateful && hasSession(run, port)) {
    return noteSession(run, stage, port, egress)
  }
  const peer = egress ? state.destinationPeer : state.sourcePeer
  if (fabric.flags.groupsInChain) return askChain(run, port, egress, peer)
  const judged = judge.groups(port, egress, peer)
  if (state.leg === 'forward') run.sessions.push(sessionAt(run, port))
  if (judged === JUDGED.unread) {
    const own = fabric.groups.setUnread[fabric.ports.set[port]] === 1
    return own ? noteUnread(run, port, stage) : noteUnreadPeer(run, port, stage)
  }
  if (judged >= 0) noteRule(run, stage, judged, egress)
  else noteDefault(run, stage, judged, port, egress)
}

/** The filters of a port one after another; all are asked, to name every one that drops. */
function askChain(run: Run, port: number, egress: boolean, peer: number): void {
  const { fabric, judge, state } = run
  const stage: StageName = egress ? 'group.egress' : 'group.ingress'
  const filters = filtersInOrder(fabric.chains, fabric.chains.of[port], egress)
  if (state.leg === 'forward') run.sessions.push(sessionAt(run, port))
  if (!egress && isClosed(run, filters)) return noteClosed(run, stage, port)
  if (filters.length === 0) note(run, stage, run.show.port(port), 'admit', RULE.default)
  let past = false
  for (const filter of filters) {
    const judged = judge.filter(filter, port, egress, peer)
    const group = fabric.chains.group[filter]
    // A manager's rule that was not read may let it past the group that would drop it.
    if (past && judged !== JUDGED.unread && !judge.accepts(judged)) return
    past ||= judged === JUDGED.unread && fabric.chains.managers[filter] > 0
    if (judged >= 0) noteRule(run, stage, judged, egress)
    else if (judged === JUDGED.unread) noteUnreadFilter(run, port, stage, filter, egress)
    else noteUnmatched(run, stage, judged, group, egress)
    if (judge.isFinal(judged)) return
  }
}

/** By a closed public address nothing comes in where only a manager, or nobody, judges. */
function isClosed({ fabric, state }: Run, filters: readonly number[]): boolean {
  const { publics, chains } = fabric
  if (state.leg === 'return' || state.inPublic < 0 || !publics.closed[state.inPublic]) return false
  return filters.every((filter) => chains.managers[filter] > 0)
}

function noteClosed(run: Run, stage: StageName, port: number): void {
  const component = run.show.port(port)
  const found = report(run, 'sg.ingress.no-match', component, headerFacts(run), RULE.default)
  note(run, stage, component, 'refuse', RULE.default, found)
}

/** A filter that no rule of matched: a manager's leaves the packet to the others. */
function noteUnmatched(
  run: Run,
  stage: StageName,
  judged: number,
  group: number,
  egress: boolean,
): void {
  const component = run.show.group(group)
  if (run.judge.accepts(judged)) return note(run, stage, component, 'continue', RULE.default)
  const code = egress ? 'sg.egress.no-match' : 'sg.ingress.no-match'
  const found = report(run, code, component, headerFacts(run), RULE.default)
  note(run, stage, component, 'refuse', RULE.default, found)
}

/** The rules of a filter were not read, or a list that one of them names. */
function noteUnreadFilter(
  run: Run,
  port: number,
  stage: StageName,
  filter: number,
  egress: boolean,
): void {
  if (run.judge.openEntry() >= 0) return noteUnreadPeer(run, port, stage)
  const { chains } = run.fabric
  const lists = egress ? chains.listOut : chains.listIn
  const unread = lists.indexOf(UNREAD, filter)
  const component = run.show.group(chains.group[unread])
  const near = homeOf(run, port)
  leaveOpen(
    run,
    stage,
    component,
    reportMissing(run, 'securityGroup', near, component, component.id),
  )
}

function noteSession(run: Run, stage: StageName, port: number, egress: boolean): void {
  const groups = membersOf(run, port)
  if (groups.length > 0) return noteKept(run, run.show.groupKnows(groups[0], egress))
  note(run, stage, run.show.port(port), 'exempt', RULE.session)
}

function sessionAt({ packet }: Run, port: number): Session {
  return { port, source: packet[P.source], destination: packet[P.destination] }
}

/** A reply that is translated otherwise than the request was, is no reply to the groups. */
function hasSession({ packet, sessions }: Run, at: number): boolean {
  return sessions.some(
    ({ port, source, destination }) =>
      port === at && source === packet[P.destination] && destination === packet[P.source],
  )
}

function noteRule(run: Run, stage: StageName, judged: number, egress: boolean): void {
  if (run.judge.accepts(judged)) return noteKept(run, run.show.groupAdmits(judged, egress))
  const { group, rule, priority } = run.show.groupRule(judged)
  const component = run.show.group(group)
  const code = egress ? 'sg.egress.deny' : 'sg.ingress.deny'
  const facts = { ...headerFacts(run), priority: String(priority) }
  note(run, stage, component, 'refuse', rule, report(run, code, component, facts, rule))
}

/** No rule matched: a shared group let it in, or the default decided. */
function noteDefault(
  run: Run,
  stage: StageName,
  judged: number,
  port: number,
  egress: boolean,
): void {
  const intra = judged <= JUDGED.intraGroup
  if (!intra && run.judge.accepts(judged)) return noteOpen(run, stage, port, egress)
  const component = intra ? run.show.group(JUDGED.intraGroup - judged) : firstGroup(run, port)
  const rule = intra ? RULE.intraGroup : RULE.default
  if (run.judge.accepts(judged)) return note(run, stage, component, 'admit', rule)
  const code = egress ? 'sg.egress.no-match' : 'sg.ingress.no-match'
  const found = report(run, code, component, headerFacts(run), rule)
  note(run, stage, component, 'refuse', rule, found)
  if (!egress) explainIsolation(run, port)
  explainReference(run, port, egress)
}

/** Groups let out what none of their rules is about. */
function noteOpen(run: Run, stage: StageName, port: number, egress: boolean): void {
  const groups = membersOf(run, port)
  if (groups.length > 0) return noteKept(run, run.show.groupDefault(groups[0], egress))
  note(run, stage, run.show.port(port), 'admit', RULE.default)
}

/** The group that stands for all of a port's in an answer; without any, the port itself. */
function firstGroup(run: Run, port: number): Component {
  const groups = membersOf(run, port)
  return groups.length > 0 ? run.show.group(groups[0]) : run.show.port(port)
}

/** Members of one group expect to reach each other: says why these do not. */
function explainIsolation(run: Run, port: number): void {
  const { ports } = run.fabric
  const peer = run.state.sourcePeer
  if (peer < 0 || ports.domain[peer] !== ports.domain[port]) return
  const shared = membersOf(run, port).find((group) => membersOf(run, peer).includes(group))
  if (shared === undefined) return
  const facts = { source: sourceText(run), destination: destinationText(run) }
  report(run, 'sg.intra-group-isolated', run.show.group(shared), facts)
}

const headerFacts = (run: Run): { service: string; source: string; destination: string } => ({
  service: serviceOf(run),
  source: sourceText(run),
  destination: destinationText(run),
})

/** Some group of the port is not in the input; or it has none at all. */
function noteUnread(run: Run, port: number, stage: StageName): void {
  const component = run.show.port(port)
  const ids = groupIdsOf(run, port)
  if (ids.length === 0) {
    return leaveOpen(run, stage, component, report(run, 'eni.no-groups', component, {}))
  }
  const near = homeOf(run, port)
  const unread = ids.find((id) => isUnread(run, port, id)) ?? ids[0]
  const group: Component = { kind: 'securityGroup', id: unread }
  leaveOpen(run, stage, component, reportMissing(run, 'securityGroup', near, group, unread))
}

/** A rule may match, but the list or the member that it names was not read. */
function noteUnreadPeer(run: Run, port: number, stage: StageName): void {
  const entry = run.judge.openEntry()
  const { group, rule } = run.show.groupRule(Math.max(entry, 0))
  const item = run.fabric.network.securityGroup?.[group]
  const named = item?.rules.find(({ id }) => id === rule)
  const peers = named ? [...peersIn(named.peer), ...(named.own ?? [])] : []
  const list = peers.find((one) => one.kind === 'prefixList' && isUnreadList(run, item, one))
  if (item && entry >= 0 && !list && peers.some(({ kind }) => kind === 'serviceTag'))
    return noteUnreadTag(run, stage, run.show.group(group), rule)
  if (entry < 0 || !item || list?.kind !== 'prefixList') return noteUnreadMember(run, port, stage)
  const component = run.show.group(group)
  const found = reportMissing(run, 'prefixList', item, component, list.prefixListId)
  note(run, stage, component, 'unknown', rule, found)
}

/** What the network around a rule is was not read: a peer, a gateway, what that knows, a table. */
function noteUnreadTag(run: Run, stage: StageName, component: Component, rule: string): void {
  const kinds: readonly string[] = ['peering', 'vpnGateway', 'line', 'routeTable']
  const gap = run.fabric.network.gaps?.find(({ kind }) => kinds.includes(kind))
  const found = report(run, 'query.input-missing', component, {
    missing: gap?.id === undefined ? (gap?.kind ?? 'line') : `${gap.kind} ${gap.id}`,
    call: gap?.call ?? describing('what the gateway of the network has learned'),
  })
  note(run, stage, component, 'unknown', rule, found)
}

function isUnreadList(
  { index }: Run,
  near: Home | undefined,
  peer: OnePeer & { readonly kind: 'prefixList' },
): boolean {
  const list = near && index.get('prefixList', peer.prefixListId, near)
  return typeof list !== 'object' || index.isDoubted('prefixList', list)
}

/** Whether the far end is a member of a group was not read. */
function noteUnreadMember(run: Run, port: number, stage: StageName): void {
  const { ports, domains, instances } = run.fabric
  const domain = ports.domain[port]
  const component = run.show.domain(domain)
  const near = homeOf(run, port)
  const linkUnread = domain >= domains.vpcs && instances.linkUnread[ports.instance[port]] === 1
  const classic = run.fabric.network.instance?.[ports.instance[port]]?.id
  const found =
    linkUnread || !domains.ownersUnread[domain]
      ? reportMissing(
          run,
          'classicLink',
          near,
          component,
          linkUnread ? classic : unlinkedId(run, port),
        )
      : reportLacking(run, 'networkInterface', near, component)
  leaveOpen(run, stage, component, found)
}

function groupIdsOf({ fabric }: Run, port: number): readonly string[] {
  const { network, ports } = fabric
  const item = network.networkInterface?.[port]
  const classic = network.instance?.[ports.instance[port]]?.classic
  return item?.securityGroupIds ?? classic?.securityGroupIds ?? []
}

function isUnread(run: Run, port: number, id: string): boolean {
  const near = homeOf(run, port)
  if (!near) return false
  if (run.index.gap('securityGroup', near, id)?.id !== undefined) return true
  return typeof run.index.get('securityGroup', id, near) !== 'object'
}
