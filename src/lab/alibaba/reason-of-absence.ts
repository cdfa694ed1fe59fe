import type { Instance, NetworkInterface } from '#model'
import type { Absence } from '../plan.ts'

/** Why an interface carries no packets (S1 §4.1, S0: DX-02, DX-03); undefined if it does. */
export function reasonOfAbsence(
  { state, instanceId }: NetworkInterface,
  instance: Instance | undefined,
): Absence | undefined {
  if (instanceId === undefined || state === 'Available') {
    return { code: 'eni.not-attached', words: 'not attached' }
  }
  if (state !== 'InUse') return { code: 'eni.bad-state', words: `in state ${state}` }
  if (!instance) return { code: 'instance.not-running', words: 'its instance was not read' }
  if (instance.state !== 'Running') {
    return { code: 'instance.not-running', words: `its instance is ${instance.state}` }
  }
  const locked = (instance.locks?.length ?? 0) > 0
  return locked ? { code: 'instance.locked', words: 'its instance is locked' } : undefined
}
