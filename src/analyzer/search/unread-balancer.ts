import type { Component, Home, LoadBalancer } from '#model'
import { destinationText } from './header.ts'
import { describing, leaveOpen, report, reportMissing } from './record.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** Nothing is known about its inside; or what was read of it is in doubt. */
export function leaveUnread(
  run: Run,
  component: Component,
  near: Home | undefined,
  address: string,
): LegEnd {
  const gap = near && run.index.gap('loadBalancer', near, component.id)
  const found = gap
    ? reportMissing(run, 'loadBalancer', near, component, component.id)
    : report(run, 'lb.not-analysed', component, { address })
  leaveOpen(run, 'gateway', component, found)
  return 'stuck'
}

/** Whether the address answers an echo is the provider's business. */
export function leaveEchoOpen(run: Run, component: Component): LegEnd {
  const facts = { address: destinationText(run) }
  leaveOpen(run, 'gateway', component, report(run, 'lb.echo-not-analysed', component, facts))
  return 'stuck'
}

/** A whole kind that was not read may tell it; else the file lacks this field only. */
export function reportUnreadState(
  run: Run,
  component: Component,
  item: LoadBalancer | undefined,
): number {
  const { id } = component
  if (item && run.index.gap('loadBalancer', item, id)) {
    return reportMissing(run, 'loadBalancer', item, component, id)
  }
  const facts = { missing: `state of loadBalancer ${id}`, call: describing(`the state of ${id}`) }
  return report(run, 'query.input-missing', component, facts)
}
