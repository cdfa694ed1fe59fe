import { nameInSentence } from '../describe-value.ts'
import type { PublicAddress } from '../gateway.ts'
import type { Instance, NetworkInterface } from '../instance.ts'
import type { ProblemLog } from '../problem-log.ts'
import type { Check, Evidence } from './evidence.ts'

/** What is attached to what, and whether the states agree with it. */
export const checkAttachments: Check = (evidence, log) => {
  const primaries = new Map<Instance, number>()
  evidence.index.all('networkInterface').forEach((eni, nth) => {
    checkInterfaceState(evidence, log, eni, nth)
    checkGroupTypes(evidence, log, eni, nth)
    const instance = primaryOf(evidence, eni)
    if (instance) primaries.set(instance, (primaries.get(instance) ?? 0) + 1)
  })
  evidence.index.all('instance').forEach((instance, nth) => {
    checkNetworkType(evidence, log, instance, nth)
    checkPrimaries(evidence, log, { instance, nth, count: primaries.get(instance) ?? 0 })
  })
  evidence.index.all('publicAddress').forEach((item, nth) => {
    checkPublicState(evidence, log, item, nth)
    checkBindingAddress(evidence, log, item, nth)
  })
}

function primaryOf({ index }: Evidence, eni: NetworkInterface): Instance | undefined {
  if (eni.type !== 'primary' || eni.instanceId === undefined) return undefined
  const instance = index.get('instance', eni.instanceId, eni)
  return typeof instance === 'object' ? instance : undefined
}

/** AWS and Azure attach interfaces to their own services: there InUse proves nothing. */
function checkInterfaceState(
  { pointer }: Evidence,
  log: ProblemLog,
  { id, state, instanceId, provider }: NetworkInterface,
  nth: number,
): void {
  const attached = instanceId !== undefined
  const odd = attached ? state === 'Available' : state === 'InUse' && provider === 'alibaba'
  if (!odd) return
  log.report({
    severity: 'warning',
    pointer: `${pointer('networkInterface', nth)}/state`,
    code: 'attachment-state',
    expected: attached ? 'InUse, as it has an instance' : 'an instance, or Available',
    found: state,
    message: attached
      ? `Network interface ${nameInSentence(id)} is Available although it has an instance.`
      : `Network interface ${nameInSentence(id)} is InUse although it has no instance.`,
  })
}

function checkPublicState(
  { pointer }: Evidence,
  log: ProblemLog,
  { id, state, boundTo }: PublicAddress,
  nth: number,
): void {
  const odd = boundTo ? state === 'Available' : state === 'InUse'
  if (!odd) return
  log.report({
    severity: 'warning',
    pointer: `${pointer('publicAddress', nth)}/state`,
    code: 'attachment-state',
    expected: boundTo ? 'InUse, as it is bound' : 'a binding, or Available',
    found: state,
    message: boundTo
      ? `Public address ${nameInSentence(id)} is Available although it is bound.`
      : `Public address ${nameInSentence(id)} is InUse although it is bound to nothing.`,
  })
}

/** Alibaba Cloud refuses to put basic and enterprise groups on one interface. */
function checkGroupTypes(
  { index, pointer }: Evidence,
  log: ProblemLog,
  eni: NetworkInterface,
  nth: number,
): void {
  if (eni.provider !== 'alibaba') return
  let first: string | undefined
  for (const id of eni.securityGroupIds) {
    const group = index.get('securityGroup', id, eni)
    if (typeof group !== 'object') continue
    first ??= group.type
    if (group.type === first) continue
    log.report({
      severity: 'warning',
      pointer: `${pointer('networkInterface', nth)}/securityGroupIds`,
      code: 'mixed-group-types',
      expected: 'basic groups only, or enterprise groups only',
      message: `Network interface ${nameInSentence(eni.id)} has both basic and enterprise security groups.`,
    })
    return
  }
}

function checkNetworkType(
  { pointer }: Evidence,
  log: ProblemLog,
  { id, network, vpcId, classic }: Instance,
  nth: number,
): void {
  const isVpc = network === 'vpc'
  if ((vpcId !== undefined) === isVpc && (classic !== undefined) === !isVpc) return
  log.report({
    severity: 'error',
    pointer: `${pointer('instance', nth)}/network`,
    code: 'network-type',
    expected: isVpc ? '`vpcId` and no `classic`' : '`classic` and no `vpcId`',
    found: network,
    message: `Instance ${nameInSentence(id)} has the network type ${network}, which its other fields contradict.`,
  })
}

interface Count {
  readonly instance: Instance
  readonly nth: number
  readonly count: number
}

function checkPrimaries(evidence: Evidence, log: ProblemLog, { instance, nth, count }: Count) {
  if (instance.network !== 'vpc' || count === 1) return
  // One too few may be one that was not read; one too many stays one too many.
  if (count === 0 && !evidence.complete('networkInterface', instance.provider)) return
  log.report({
    severity: 'warning',
    pointer: evidence.pointer('instance', nth),
    code: 'primary-interface',
    expected: 'one primary network interface',
    found: String(count),
    message: `Instance ${nameInSentence(instance.id)} has ${count === 0 ? 'no' : count} primary network interfaces.`,
  })
}

function checkBindingAddress(
  { index, pointer }: Evidence,
  log: ProblemLog,
  { id, boundTo, ...home }: PublicAddress,
  nth: number,
): void {
  const privateAddress = boundTo?.privateAddress
  if (boundTo?.kind !== 'networkInterface' || privateAddress === undefined) return
  const eni = index.get('networkInterface', boundTo.id, home)
  if (typeof eni !== 'object' || eni.addresses.includes(privateAddress)) return
  log.report({
    severity: 'warning',
    pointer: `${pointer('publicAddress', nth)}/boundTo/privateAddress`,
    code: 'binding-address',
    expected: `an address of ${nameInSentence(eni.id)}`,
    found: privateAddress,
    message: `Public address ${nameInSentence(id)} maps to ${privateAddress}, which ${nameInSentence(eni.id)} does not have.`,
  })
}
