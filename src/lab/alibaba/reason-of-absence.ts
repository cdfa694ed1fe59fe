import type { Instance, NetworkInterface } from '#model'

/** Why an interface carries no packets (S1 §4.1, S0: DX-02, DX-03); undefined if it does. */
export function reasonOfAbsence(
  { state, instanceId }: NetworkInterface,
  instance: Instance | undefined,
): string | undefined {
  if (instanceId === undefined || state === 'Available') return 'not attached'
  if (state !== 'InUse') return `in state ${state}`
  if (!instance) return 'its instance was not read'
  if (instance.state !== 'Running') return `its instance is ${instance.state}`
  return (instance.locks?.length ?? 0) > 0 ? 'its instance is locked' : undefined
}
