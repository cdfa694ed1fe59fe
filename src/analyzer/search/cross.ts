import { PACKET as P } from '#fabric'
import { sourceText } from './header.ts'
import { note, refuse, report } from './record.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** Over a peering to a next hop in another VPC; undefined: it is across. */
export function crossTo(run: Run, port: number, to: number): LegEnd | undefined {
  const { links, ports } = run.fabric
  const from = ports.domain[port]
  const between = [...links.state.keys()].filter((link) => {
    const ends = [links.domainA[link], links.domainB[link]]
    return ends.includes(from) && ends.includes(to)
  })
  const link = between.find((one) => links.state[one] === 0 || links.state[one] === 4)
  if (link === undefined) {
    const table = run.show.table(port)
    const facts = { destination: run.show.address(run.packet[P.destination]), target: table.id }
    refuse(run, 'route', table, report(run, 'route.next-hop-unresolved', table, facts))
    return 'dead'
  }
  if (links.state[link] === 4) reportAccess(run, link)
  else note(run, 'gateway', run.show.link(link), 'continue')
  checkForeign(run, from, link)
  return undefined
}

/** A side of the peering lets nothing in. */
export function reportAccess(run: Run, link: number): void {
  const component = run.show.link(link)
  refuse(run, 'gateway', component, report(run, 'peer.access-off', component, {}))
}

/** What did not begin in the VPC that it comes from needs the leave of the other side. */
export function checkForeign(run: Run, domain: number, link: number): void {
  const { links, domains } = run.fabric
  const taking = links.domainA[link] === domain ? 2 : 1
  if (links.takesForeign[link] & taking) return
  if (run.judge.lookBack(domains.subnetMap[domain]) >= 0) return
  const component = run.show.link(link)
  const facts = { source: sourceText(run), vpc: run.show.domain(domain).id }
  refuse(run, 'gateway', component, report(run, 'peer.forwarded-refused', component, facts))
}
