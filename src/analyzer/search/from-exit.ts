import { deliver } from './deliver.ts'
import { componentAt, itemAt } from './exit.ts'
import { sourceText } from './header.ts'
import { arriveAt, leaveOpen, reportMissing } from './record.ts'
import { acrossRouter, routerOf } from './router.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** From the customer's side: by a VPN gateway into its VPC, by a line into its transit router. */
export function fromExit(run: Run, exit: number): LegEnd {
  const { exits, transits } = run.fabric
  const component = componentAt(run, exit)
  arriveAt(run, component, sourceText(run))
  const via = exits.via[exit]
  if (via !== exit) arriveAt(run, componentAt(run, via))
  if (exits.domain[exit] >= 0) return deliver(run, usedFrom(run, exit), -1)
  const attachment = transits.exit.indexOf(exits.via[exit])
  if (attachment >= 0) {
    arriveAt(run, routerOf(run, attachment))
    return acrossRouter(run, attachment, -1)
  }
  const found = reportMissing(run, 'vpc', itemAt(run, exit), component)
  leaveOpen(run, 'gateway', component, found)
  return 'stuck'
}

/** The VPC with the destination: the gateway's own, or a peer that uses it. */
function usedFrom({ fabric, judge }: Run, exit: number): number {
  const { exits, domains } = fabric
  const peer = exits.lentTo[exit].find((domain) => judge.lookUp(domains.subnetMap[domain]) >= 0)
  return peer ?? exits.domain[exit]
}
