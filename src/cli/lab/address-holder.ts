import { indexNetwork, parseAddressText, resolveEndpoint } from '#model'
import type { Endpoint, Network, PublicAddress } from '#model'

import { accept, anyOf, refuse } from '../complaint.ts'
import type { Outcome } from '../complaint.ts'
import { printable } from '../printable.ts'

/**
 * The interface or instance that has an address, be it private or an EIP; or why nobody can go
 * there. Undefined: the text is no address.
 */
export function addressHolder(
  network: Network,
  text: string,
  stands: (id: string) => boolean,
): Outcome<string> | undefined {
  const address = parseAddressText(text)
  if (address === undefined) return undefined
  const resolution = resolveEndpoint(indexNetwork(network), address, { suggest: false })
  const ends = resolution.kind === 'ambiguous' ? resolution.candidates : endsOf(resolution)
  const all = new Map(ends.flatMap((end) => holderOf(network, end)).map((one) => [one.id, one]))
  // In another VPC the address may belong to what carries nothing, where nobody would go.
  const standing = [...all.values()].filter((one) => one.kind !== 'seat' || stands(one.id))
  const [holder, ...others] = standing.length > 0 ? standing : all.values()
  if (!holder) return refuse('lab.no-place', `nothing in this lab has the address ${address}.`)
  if (others.length > 0) return severalHave(address, [holder, ...others])
  if (holder.kind === 'seat') return accept(holder.id)
  return holder.kind === 'loadBalancer'
    ? balancerRefusal(network, holder.id, `${address} is the address of the load balancer`)
    : refuse('lab.no-place', `${address} is the address of ${holder.what}, which nobody can enter.`)
}

/** Nobody goes into a load balancer; `begins` leads to its id. */
export function balancerRefusal(network: Network, id: string, begins: string): Outcome<never> {
  const found = (network.loadBalancer ?? []).filter((balancer) => balancer.id === id)
  const backends = found.flatMap(({ listeners = [] }) => listeners.flatMap((one) => one.backends))
  const ids = [...new Set(backends.map(({ target }) => target.id))]
  const behind = ids.length > 0 ? ` Behind it: ${ids.slice(0, 5).map(printable).join(', ')}.` : ''
  const message = `${begins} ${printable(id)}, which nobody can enter.${behind}`
  return refuse('lab.no-place', message, ids.length > 0 ? { candidates: ids } : {})
}

function severalHave(address: string, holders: readonly Holder[]): Outcome<never> {
  const ids = holders.map(({ id }) => id)
  const message = `${ids.length} things have the address ${address}: take the id, ${anyOf(ids.slice(0, 5).map(printable))}.`
  return refuse('lab.ambiguous', message, { candidates: ids })
}

/** `seat`: the id of an instance or of an interface. */
type Holder =
  | { readonly kind: 'seat'; readonly id: string }
  | { readonly kind: 'loadBalancer'; readonly id: string }
  | { readonly kind: 'other'; readonly id: string; readonly what: string }

function endsOf(resolution: ReturnType<typeof resolveEndpoint>): readonly Endpoint[] {
  return resolution.kind === 'address' ? [resolution] : []
}

function holderOf(network: Network, end: Endpoint): readonly Holder[] {
  if (end.kind !== 'address') return []
  if (end.realm === 'classic') return [{ kind: 'seat', id: end.owner.id }]
  if (end.realm !== 'vpc' && end.realm !== 'public') return []
  const { owner } = end
  switch (owner?.kind) {
    case 'networkInterface':
      return [{ kind: 'seat', id: owner.networkInterface.id }]
    case 'instance':
      return [{ kind: 'seat', id: owner.instance.id }]
    case 'loadBalancer':
      return [{ kind: 'loadBalancer', id: owner.loadBalancer.id }]
    case 'haVip':
      return [announcer(owner.haVip)]
    case 'cloudService':
      return [
        {
          kind: 'other',
          id: owner.cloudService.id,
          what: `service ${printable(owner.cloudService.id)}`,
        },
      ]
    case 'publicAddress':
      return [boundTo(network, owner.publicAddress)]
    case undefined:
      return []
  }
}

function announcer({ id, master }: { readonly id: string; readonly master?: string }): Holder {
  const what = `HaVip ${printable(id)}`
  return master === undefined ? { kind: 'other', id, what } : { kind: 'seat', id: master }
}

function boundTo({ haVip = [] }: Network, { id: eip, boundTo: binding }: PublicAddress): Holder {
  const id = binding?.id ?? eip
  switch (binding?.kind) {
    case 'instance':
    case 'networkInterface':
      return { kind: 'seat', id }
    case 'loadBalancer':
      return { kind: 'loadBalancer', id }
    case 'haVip':
      return announcer(haVip.find((item) => item.id === id) ?? { id })
    case 'natGateway':
      return { kind: 'other', id, what: `NAT gateway ${printable(id)}` }
    case undefined:
      return { kind: 'other', id, what: `EIP ${printable(id)}` }
  }
}
