import { JUDGED, PACKET as P, PORT_FLAG } from '#fabric'
import type { Component, StageName } from '#model'
import { askChain } from './chain.ts'
import { explainReference, membersOf } from './group-reference.ts'
import { headerFacts, noteRule, sessionAt } from './group-rule.ts'
import { destinationText, sourceText } from './header.ts'
import { homeOf } from './places.ts'
import { leaveOpen, note, noteKept, report, reportMissing, RULE } from './record.ts'
import type { Run } from './run.ts'
import { noteUnreadPeer } from './unread-peer.ts'

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

function noteSession(run: Run, stage: StageName, port: number, egress: boolean): void {
  const groups = membersOf(run, port)
  if (groups.length > 0) return noteKept(run, run.show.groupKnows(groups[0], egress))
  note(run, stage, run.show.port(port), 'exempt', RULE.session)
}

/** A reply that is translated otherwise than the request was, is no reply to the groups. */
function hasSession({ packet, sessions }: Run, at: number): boolean {
  return sessions.some(
    ({ port, source, destination }) =>
      port === at && source === packet[P.destination] && destination === packet[P.source],
  )
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
