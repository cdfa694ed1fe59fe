import { filtersInOrder, JUDGED, UNREAD } from '#fabric'
import type { StageName } from '#model'
import { headerFacts, noteRule, sessionAt } from './group-rule.ts'
import { homeOf } from './places.ts'
import { leaveOpen, note, report, reportMissing, RULE } from './record.ts'
import type { Run } from './run.ts'
import { noteUnreadPeer } from './unread-peer.ts'

/** The filters of a port one after another; all are asked, to name every one that drops. */
export function askChain(run: Run, port: number, egress: boolean, peer: number): void {
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
