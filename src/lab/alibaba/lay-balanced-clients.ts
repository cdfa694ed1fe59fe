import { parseAddress, parsePrefix, prefixContains } from '#net'
import type { SpaceDraft } from '../plan-draft.ts'
import type { NicPlace, Survey } from './survey.ts'

/**
 * A client of a load balancer may be in another VPC and have an address of the backend's own
 * vSwitch, where nobody answers for it. The backend's answer goes to the load balancer whatever its
 * address (decision 0010, 6), and so must not wait for ARP.
 */
export function layBalancedClients(
  space: SpaceDraft,
  { balancers, nics }: Survey,
  nic: NicPlace,
  device: string,
): void {
  const isBackend = balancers.some(({ ports }) =>
    ports.some(({ backends }) => backends.some((backend) => backend.nic === nic)),
  )
  const range = parsePrefix(nic.subnet.subnet.cidr)
  if (!isBackend || !range) return
  const own = new Set<string>(
    nics.filter(({ vpc }) => vpc === nic.vpc).flatMap(({ eni }) => eni.addresses),
  )
  const abroad = nics.filter(({ vpc }) => vpc !== nic.vpc).flatMap(({ eni }) => eni.addresses)
  for (const address of new Set(abroad)) {
    const parsed = parseAddress(address)
    if (!parsed || own.has(address) || !prefixContains(range, parsed)) continue
    space.ip(`neigh replace ${address} lladdr ${nic.subnet.mac} dev ${device} nud permanent`, {
      kind: 'networkInterface',
      id: nic.eni.id,
    })
  }
}
