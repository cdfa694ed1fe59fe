import { PACKET as P } from '#fabric'
import type { StageName } from '#model'
import { destinationText, serviceOf, sourceText } from './header.ts'
import { note, noteKept, report } from './record.ts'
import type { Run, Session } from './run.ts'

/** What the groups of a port will know of the connection that the packet begins. */
export function sessionAt({ packet }: Run, port: number): Session {
  return { port, source: packet[P.source], destination: packet[P.destination] }
}

/** The rule of a group decided. */
export function noteRule(run: Run, stage: StageName, judged: number, egress: boolean): void {
  if (run.judge.accepts(judged)) return noteKept(run, run.show.groupAdmits(judged, egress))
  const { group, rule, priority } = run.show.groupRule(judged)
  const component = run.show.group(group)
  const code = egress ? 'sg.egress.deny' : 'sg.ingress.deny'
  const facts = { ...headerFacts(run), priority: String(priority) }
  note(run, stage, component, 'refuse', rule, report(run, code, component, facts, rule))
}

/** Facts of the packet that a finding about groups needs. */
export const headerFacts = (
  run: Run,
): { service: string; source: string; destination: string } => ({
  service: serviceOf(run),
  source: sourceText(run),
  destination: destinationText(run),
})
