import type { NetworkIndex } from '../index-network.ts'
import type { Vpc } from '../vpc.ts'
import type { Endpoint } from './endpoint.ts'

/** Those inside the scope, or all when none is. */
export function preferInside(
  index: NetworkIndex,
  endpoints: readonly Endpoint[],
  scope: Vpc | undefined,
): readonly Endpoint[] {
  const inside = onlyInside(index, endpoints, scope)
  return inside.length > 0 ? inside : endpoints
}

/** Those inside the scope; what is in no VPC is inside every one. */
export function onlyInside(
  index: NetworkIndex,
  endpoints: readonly Endpoint[],
  scope: Vpc | undefined,
): readonly Endpoint[] {
  if (!scope) return endpoints
  return endpoints.filter((endpoint) => (vpcIdOf(index, endpoint) ?? scope.id) === scope.id)
}

/** A name shared by an instance and interfaces of that very instance is the instance's name. */
export function namedThings(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  if (endpoints.length < 2) return endpoints
  const instances = new Set(
    endpoints.flatMap((endpoint) => (endpoint.kind === 'instance' ? endpoint.instance.id : [])),
  )
  return endpoints.filter((endpoint) => {
    const owner =
      endpoint.kind === 'networkInterface' ? endpoint.networkInterface.instanceId : undefined
    return owner === undefined || !instances.has(owner)
  })
}

function vpcIdOf(index: NetworkIndex, endpoint: Endpoint): string | undefined {
  switch (endpoint.kind) {
    case 'instance':
      return endpoint.instance.vpcId
    case 'networkInterface':
      return endpoint.networkInterface.vpcId
    case 'haVip': {
      const subnet = index.get('subnet', endpoint.haVip.subnetId, endpoint.haVip)
      return typeof subnet === 'object' ? subnet.vpcId : undefined
    }
    case 'cloudService':
      return endpoint.cloudService.vpcId
    case 'boundary':
      return endpoint.boundary.vpcId
    case 'address':
      return endpoint.realm === 'vpc' ? endpoint.vpc.id : undefined
    case 'internet':
      return undefined
  }
}
