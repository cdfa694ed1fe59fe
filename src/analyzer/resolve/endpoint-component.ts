import type { Component, Endpoint, PublicEndpoint, VpcAddress } from '#model'

/** The component that an end of a question is shown as. */
export function componentOf(end: Endpoint): Component {
  switch (end.kind) {
    case 'internet':
      return { kind: 'internet', id: 'internet' }
    case 'instance':
      return named('instance', end.instance)
    case 'networkInterface':
      return named('networkInterface', end.networkInterface)
    case 'haVip':
      return named('haVip', end.haVip)
    case 'cloudService':
      return named('cloudService', end.cloudService)
    case 'boundary':
      return named(end.resourceKind, end.boundary)
    case 'address':
      return addressComponent(end)
  }
}

/** Whether both ends are the same thing; beside an id, an address counts as its owner. */
export function isSameThing(a: Endpoint, b: Endpoint, shown: Shown): boolean {
  if (a.kind === 'internet' || b.kind === 'internet') return a.kind === b.kind
  if (shown.from.kind !== shown.to.kind || shown.from.id !== shown.to.id) return false
  return a.kind !== 'address' || b.kind !== 'address' || a.address === b.address
}

/** Both ends as they are shown. */
export interface Shown {
  readonly from: Component
  readonly to: Component
}

function named(
  kind: Component['kind'],
  { id, name }: { readonly id: string; readonly name?: string },
): Component {
  return name === undefined ? { kind, id } : { kind, id, name }
}

function addressComponent(end: Extract<Endpoint, { kind: 'address' }>): Component {
  switch (end.realm) {
    case 'vpc':
      return vpcOwner(end)
    case 'classic':
      return { kind: 'instance', id: end.owner.id }
    case 'provider':
      return { kind: 'service', id: end.address }
    case 'public':
      return publicOwner(end)
    case 'beyond':
      return { kind: 'internet', id: 'beyond' }
  }
}

function vpcOwner({ owner, vpc }: VpcAddress): Component {
  switch (owner?.kind) {
    case 'networkInterface':
      return { kind: 'networkInterface', id: owner.networkInterface.id }
    case 'haVip':
      return { kind: 'haVip', id: owner.haVip.id }
    case 'loadBalancer':
      return named('loadBalancer', owner.loadBalancer)
    default:
      return { kind: 'vpc', id: vpc.id }
  }
}

function publicOwner({ owner }: PublicEndpoint): Component {
  switch (owner?.kind) {
    case 'publicAddress':
      return { kind: 'publicAddress', id: owner.publicAddress.id }
    case 'instance':
      return { kind: 'instance', id: owner.instance.id }
    case undefined:
      return { kind: 'internet', id: 'internet' }
  }
}
