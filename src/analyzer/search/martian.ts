import { PACKET as P } from '#fabric'
import { destinationText, isIpv6, sourceText } from './header.ts'
import { refuse, report } from './record.ts'
import type { Run } from './run.ts'

/** A guest drops what comes in with an address of its own as the source. */
export function checkSource(run: Run, port: number): void {
  if (!isMartian(run, port)) return
  const component = run.show.instanceOf(port)
  const facts = { source: sourceText(run), destination: destinationText(run) }
  refuse(run, 'reverse-path', component, report(run, 'guest.martian-source', component, facts))
}

function isMartian(run: Run, port: number): boolean {
  const { ports, flags } = run.fabric
  if (!flags.guestDropsMartians || isIpv6(run)) return false
  const owner = run.judge.owner(ports.domain[port], run.packet[P.source])
  return owner >= 0 && ports.instance[owner] >= 0 && ports.instance[owner] === ports.instance[port]
}
