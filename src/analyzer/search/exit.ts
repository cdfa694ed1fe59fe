import type { Boundary, Component } from '#model'
import { destinationText } from './header.ts'
import { arriveAt, note, refuse, report } from './record.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** Out of the cloud, to where somebody else's network begins. */
export function leaveBeyond(run: Run, exit: number): LegEnd {
  const { exits } = run.fabric
  const component = componentAt(run, exit)
  const facts = { destination: destinationText(run) }
  arriveAt(run, component, destinationText(run))
  const cameBy = run.asked.exit < 0 ? -1 : exits.via[run.asked.exit]
  if (exit === cameBy && run.state.leg === 'return') {
    note(run, 'deliver', component, 'admit')
    return 'delivered'
  }
  if (run.judge.lookUp(exits.map[exit]) !== 1 && exits.complete[exit]) {
    refuse(run, 'route', component, report(run, 'vpn.internal-route', component, facts))
    return 'dead'
  }
  const code = exits.kind[exit] === 'vpnGateway' ? 'vpn.leaves-model' : 'line.leaves-model'
  note(run, 'gateway', component, 'continue', undefined, report(run, code, component, facts))
  return 'left'
}

/** The gateway or line of an exit. */
export const itemAt = ({ fabric }: Run, exit: number): Boundary | undefined =>
  fabric.network[fabric.exits.kind[exit]]?.[fabric.exits.position[exit]]

/** What an exit is shown as. */
export function componentAt(run: Run, exit: number): Component {
  const item = itemAt(run, exit)
  const kind = run.fabric.exits.kind[exit]
  const id = item?.id ?? 'unknown'
  return item?.name === undefined ? { kind, id } : { kind, id, name: item.name }
}
