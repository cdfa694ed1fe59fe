import { PORT_FLAG, PORT_STATE } from '#fabric'
import type { NetworkInterface, StageName } from '#model'
import { isIpv6 } from './header.ts'
import { leaveOpen, refuse, report, reportMissing } from './record.ts'
import type { Run } from './run.ts'

/** Whether everything about an attachment point is in doubt; then the walk ends at it. */
export function isInDoubt(run: Run, port: number, stage: StageName): boolean {
  if (run.fabric.ports.state[port] !== PORT_STATE.doubted) return false
  leaveOpen(run, stage, run.show.instanceOf(port), reportUnread(run, port))
  return true
}

/** Whether an EIP that was not read may have replaced the IPv4 address of a port. */
export const isAddressUnread = (run: Run, port: number): boolean =>
  (run.fabric.ports.flags[port] & PORT_FLAG.addressUnread) !== 0 && !isIpv6(run)

/** Names what keeps an attachment point from carrying packets; the walk goes on all the same. */
export function checkUsable(run: Run, port: number, stage: StageName): void {
  const state = run.fabric.ports.state[port]
  if (state === PORT_STATE.usable) return
  const component = run.show.instanceOf(port)
  if (state === PORT_STATE.unread) leaveOpen(run, stage, component, reportUnread(run, port))
  else refuse(run, stage, component, reportUnusable(run, port, state))
}

/** The interface is in doubt, or its instance is, or is not in the input. */
function reportUnread(run: Run, port: number): number {
  const item = run.fabric.network.networkInterface?.[port]
  if (item && run.fabric.ports.domain[port] < 0) {
    return reportMissing(run, 'vpc', item, run.show.port(port), item.vpcId)
  }
  if (item && run.index.gap('networkInterface', item, item.id)?.id !== undefined) {
    return reportMissing(run, 'networkInterface', item, run.show.port(port), item.id)
  }
  const classic = run.fabric.network.instance?.[run.fabric.ports.instance[port]]
  const id = item ? item.instanceId : classic?.id
  return reportMissing(run, 'instance', item ?? classic, run.show.port(port), id)
}

function reportUnusable(run: Run, port: number, state: number): number {
  const { fabric, show } = run
  const item = fabric.network.networkInterface?.[port]
  const instance = fabric.network.instance?.[fabric.ports.instance[port]]
  switch (state) {
    case PORT_STATE.notAttached:
      return report(run, 'eni.not-attached', show.port(port), { state: item?.state ?? 'unknown' })
    case PORT_STATE.badState:
      return report(run, 'eni.bad-state', show.port(port), { state: stateOf(run, item) })
    case PORT_STATE.notRunning: {
      const facts = { state: instance?.state ?? 'unknown' }
      return report(run, 'instance.not-running', show.instanceOf(port), facts)
    }
    default: {
      const facts = { reason: instance?.locks?.join(', ') ?? 'unknown' }
      return report(run, 'instance.locked', show.instanceOf(port), facts)
    }
  }
}

/** Of a private endpoint's interface, the state of its connection counts. */
function stateOf({ index }: Run, item: NetworkInterface | undefined): string {
  const endpoint = item?.serves && index.get('endpoint', item.serves.id ?? '', item)
  const approval = typeof endpoint === 'object' ? endpoint.state : undefined
  return approval ?? item?.state ?? 'unknown'
}
