import type { Component } from '#model'
import type { LabPlan, Seat } from '../plan.ts'
import type { Visit } from './journey.ts'

/** The interface that a visit crossed. */
export function seatOf({ seats }: LabPlan, { entered = '' }: Visit): Seat | undefined {
  return seats.find(({ port }) => /^[gub]/.test(entered) && entered.slice(1) === String(port))
}

/** Whoever has the interface; one without an instance stands for itself. */
export function holderOf({ instanceId, interfaceId }: Seat): Component {
  return { kind: 'instance', id: instanceId ?? interfaceId }
}

/** Whether any interface of the guest has the address. */
export function isOwnAddress({ seats }: LabPlan, { at: place }: Seat, address: string): boolean {
  return seats.some(
    ({ at, addresses }) =>
      at !== undefined && at.space === place?.space && addresses.includes(address),
  )
}
