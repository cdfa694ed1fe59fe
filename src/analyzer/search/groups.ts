import { JUDGED, PACKET as P } from '#fabric'
import type { Component, StageName } from '#model'
import { destinationText, serviceOf, sourceText } from './header.ts'
import { homeOf } from './places.ts'
import { leaveOpen, note, report, reportMissing, RULE } from './record.ts'
import type { Run } from './run.ts'

/** Asks a port's security groups and notes what they said; the walk goes on all the same. */
export function askGroups(run: Run, port: number, egress: boolean): void {
  const { fabric, judge, show, state } = run
  const stage: StageName = egress ? 'group.egress' : 'group.ingress'
  const first = firstGroup(run, port)
  if (state.leg === 'return' && fabric.flags.groupsStateful && run.sessions.includes(port)) {
    return note(run, stage, show.group(first), 'exempt', RULE.session)
  }
  const peer = egress ? state.destinationPeer : state.sourcePeer
  const judged = judge.groups(port, egress, peer)
  if (state.leg === 'forward') run.sessions.push(port)
  if (judged === JUDGED.unread) return noteUnread(run, port, stage)
  if (judged >= 0) noteRule(run, stage, judged, egress)
  else noteDefault(run, stage, judged, port, egress)
}

function noteRule(run: Run, stage: StageName, judged: number, egress: boolean): void {
  const { group, rule, priority } = run.show.groupRule(judged)
  const component = run.show.group(group)
  if (run.judge.accepts(judged)) return note(run, stage, component, 'admit', rule)
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
  const first = firstGroup(run, port)
  const intra = judged <= JUDGED.intraGroup
  const component = run.show.group(intra ? JUDGED.intraGroup - judged : first)
  const rule = intra ? RULE.intraGroup : RULE.default
  if (run.judge.accepts(judged)) return note(run, stage, component, 'admit', rule)
  const code = egress ? 'sg.egress.no-match' : 'sg.ingress.no-match'
  const found = report(run, code, component, headerFacts(run), rule)
  note(run, stage, component, 'refuse', rule, found)
  if (egress) return
  explainIsolation(run, port)
  explainLostIdentity(run, port)
}

const firstGroup = ({ fabric }: Run, port: number): number =>
  fabric.groups.members[fabric.groups.setOffsets[fabric.ports.set[port]]]

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

/** A rule for a group of the sender does not know it any more behind a link or a translation. */
function explainLostIdentity(run: Run, port: number): void {
  const { fabric, packet, state } = run
  const origin = state.originPort
  if (state.leg === 'return' || origin < 0) return
  // Inside one VPC the sender is known, and a rule that names its group has been asked.
  const near = fabric.ports.domain[origin] === fabric.ports.domain[port]
  if (near && state.sourcePeer === origin) return
  const groups = fabric.network.securityGroup ?? []
  const ids = [...membersOf(run, origin)].map((group) => groups[group].id)
  for (const group of membersOf(run, port)) {
    const rule = groups[group].rules.find(
      (one) =>
        one.direction === 'ingress' &&
        one.action === 'accept' &&
        one.peer.kind === 'group' &&
        ids.includes(one.peer.groupId) &&
        (one.protocol === 'all' || one.protocol === packet[P.protocol]) &&
        (one.ports.length === 0 ||
          one.ports.some(({ from, to }) => from <= packet[P.port] && packet[P.port] <= to)),
    )
    if (rule?.peer.kind !== 'group') continue
    const facts = { group: rule.peer.groupId, source: sourceText(run) }
    report(run, 'sg.group-reference-unresolved', run.show.group(group), facts, rule.id)
    return
  }
}

function membersOf({ fabric }: Run, port: number): Int32Array {
  const { setOffsets, members } = fabric.groups
  const set = fabric.ports.set[port]
  return members.subarray(setOffsets[set], setOffsets[set + 1])
}

const headerFacts = (run: Run): { service: string; source: string; destination: string } => ({
  service: serviceOf(run),
  source: sourceText(run),
  destination: destinationText(run),
})

/** Some group of the port, or a prefix list of one, is not in the input; or it has none at all. */
function noteUnread(run: Run, port: number, stage: StageName): void {
  const component = run.show.port(port)
  const ids = groupIdsOf(run, port)
  if (ids.length === 0) {
    return leaveOpen(run, stage, component, report(run, 'eni.no-groups', component, {}))
  }
  const near = homeOf(run, port)
  const unread = ids.find((id) => isUnread(run, port, id))
  if (unread === undefined) {
    const list = unreadListOf(run, port)
    return leaveOpen(run, stage, component, reportMissing(run, 'prefixList', near, component, list))
  }
  const group: Component = { kind: 'securityGroup', id: unread }
  leaveOpen(run, stage, component, reportMissing(run, 'securityGroup', near, group, unread))
}

/** The prefix list that a rule of the port's groups names and that was not read. */
function unreadListOf(run: Run, port: number): string | undefined {
  const near = homeOf(run, port)
  const groups = run.fabric.network.securityGroup ?? []
  for (const group of membersOf(run, port)) {
    for (const { peer } of groups[group].rules) {
      if (peer.kind !== 'prefixList' || !near) continue
      if (typeof run.index.get('prefixList', peer.prefixListId, near) === 'object') continue
      return peer.prefixListId
    }
  }
  return undefined
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
