import { PACKET as P } from '#fabric'
import { reportUnlinked } from './classic.ts'
import { report } from './record.ts'
import type { Run } from './run.ts'

/** No next hop of the VPC leads there: between two networks, what is missing is the link itself. */
export function reportAbsentLink(run: Run, port: number): void {
  const here = run.fabric.ports.domain[port]
  const there = domainBehind(run, here)
  if (there < 0 || areLinked(run, here, there)) return
  const { vpcs } = run.fabric.domains
  if (here >= vpcs && there >= vpcs) return
  if (here >= vpcs || there >= vpcs) return reportUnlinked(run, port)
  const from = run.show.domain(here)
  report(run, 'peer.absent', from, { from: from.id, to: run.show.domain(there).id })
}

/** The other VPC that the packet is meant for; -1. */
function domainBehind({ fabric, judge, packet, state, asked }: Run, here: number): number {
  const wanted = state.leg === 'return' ? state.originDomain : asked.targetDomain
  if (wanted >= 0) return wanted === here ? -1 : wanted
  const { domains } = fabric
  for (let domain = 0; domain < domains.vpcs; domain++) {
    if (domain === here) continue
    if (judge.valueAt(domains.subnetMap[domain], packet[P.destination]) >= 0) return domain
  }
  return -1
}

function areLinked({ fabric }: Run, a: number, b: number): boolean {
  const { domainA, domainB } = fabric.links
  return domainA.some((end, i) => {
    const far = domainB[i]
    return (end === a && far === b) || (end === b && far === a)
  })
}
