import { deliver } from './deliver.ts'
import { componentAt, itemAt } from './exit.ts'
import { sourceText } from './header.ts'
import { arriveAt, leaveOpen, reportMissing } from './record.ts'
import { acrossRouter } from './router.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** From the customer's side: by a VPN gateway into its VPC, by a line into its transit router. */
export function fromExit(run: Run, exit: number): LegEnd {
  const { exits, transits } = run.fabric
  const component = componentAt(run, exit)
  arriveAt(run, component, sourceText(run))
  if (exits.domain[exit] >= 0) return deliver(run, exits.domain[exit], -1)
  const attachment = transits.exit.indexOf(exits.via[exit])
  if (attachment >= 0) return acrossRouter(run, attachment, -1)
  const found = reportMissing(run, 'vpc', itemAt(run, exit), component)
  leaveOpen(run, 'gateway', component, found)
  return 'stuck'
}
