import {
  type Component,
  type Endpoint,
  type Home,
  type NetworkIndex,
  type NetworkInterface,
  sharesHome,
} from '#model'

/**
 * The instance that both ends are addresses of. Its operating system delivers such a packet by
 * itself (ip-rule(8): the table `local` comes first), so the cloud's rules say nothing about it.
 */
export function commonGuest(
  index: NetworkIndex,
  from: Endpoint,
  to: Endpoint,
): Component | undefined {
  const [one, other] = [guestOf(index, from), guestOf(index, to)]
  if (!one || one.id !== other?.id || !sharesHome(one, other)) return undefined
  const listed = index.get('instance', one.id, one)
  const name = typeof listed === 'object' ? listed.name : undefined
  return { kind: 'instance', id: one.id, ...(name === undefined ? {} : { name }) }
}

/** An instance by its id; it need not be listed. */
interface Guest extends Home {
  readonly id: string
}

/** The instance whose operating system has the address of an end. */
function guestOf(index: NetworkIndex, end: Endpoint): Guest | undefined {
  switch (end.kind) {
    case 'instance':
      return end.instance
    case 'networkInterface':
      return holderOf(end.networkInterface)
    case 'haVip':
      return announcerOf(index, end.haVip.master, end.haVip)
    case 'address':
      return ownerOf(index, end)
    default:
      return undefined
  }
}

function ownerOf(
  index: NetworkIndex,
  end: Extract<Endpoint, { kind: 'address' }>,
): Guest | undefined {
  if (end.realm === 'classic') return end.owner
  if (end.realm === 'vpc') {
    switch (end.owner?.kind) {
      case 'networkInterface':
        return holderOf(end.owner.networkInterface)
      case 'haVip':
        return announcerOf(index, end.owner.haVip.master, end.owner.haVip)
      default:
        return undefined
    }
  }
  if (end.realm !== 'public' || end.owner?.kind !== 'publicAddress') return undefined
  // Only a cut-through EIP is an address of the guest itself.
  const { boundTo, mode, ...home } = end.owner.publicAddress
  return boundTo && mode === 'cut-through' ? announcerOf(index, boundTo.id, home) : undefined
}

function holderOf(eni: NetworkInterface): Guest | undefined {
  if (eni.instanceId === undefined || eni.state !== 'InUse') return undefined
  const { provider, account, region } = eni
  return { provider, account, region, id: eni.instanceId }
}

function announcerOf(
  index: NetworkIndex,
  member: string | undefined,
  near: Home,
): Guest | undefined {
  if (member === undefined) return undefined
  const eni = index.get('networkInterface', member, near)
  if (typeof eni === 'object') return holderOf(eni)
  const { provider, account, region } = near
  return { provider, account, region, id: member }
}
