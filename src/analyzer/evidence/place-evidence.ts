import { balancerAt, type Fabric } from '#fabric'
import {
  type Component,
  indexNetwork,
  type NetworkAcl,
  type RouteTable,
  type TransitRouter,
} from '#model'
import { keep, listed, named } from './keep.ts'

/** Where a packet is: attachment points, and the things that a position in the network names. */
export interface PlaceEvidence {
  /** The interface; for a NIC of the classic network its instance. */
  readonly port: (port: number) => Component
  /** The instance of a port; an interface without one stands for itself. */
  readonly instanceOf: (port: number) => Component
  readonly subnet: (subnet: number) => Component
  /** A VPC, or the classic network. */
  readonly domain: (domain: number) => Component
  /** The route table of a port's subnet. */
  readonly table: (port: number) => Component
  readonly tableItem: (port: number) => RouteTable | undefined
  /** The network ACL of a subnet. */
  readonly acl: (subnet: number) => Component
  readonly aclItem: (subnet: number) => NetworkAcl | undefined
}

export function placeEvidence(fabric: Fabric): PlaceEvidence {
  const { network, ports } = fabric
  const instance = listed(network.instance, 'instance')
  const nat = listed(network.natGateway, 'natGateway')
  const tables = keep((subnet) => tableComponent(fabric, subnet))
  const port = keep((at) => portComponent(fabric, at))
  const unread = keep((at) => [unreadInstance(fabric, at)])
  const acls = keep((subnet) => ({ item: aclItem(fabric, subnet) }))
  return {
    port,
    instanceOf(at) {
      if (ports.nat[at] >= 0) return nat(ports.nat[at])
      const position = ports.instance[at]
      return network.instance?.[position] ? instance(position) : (unread(at)[0] ?? port(at))
    },
    subnet: listed(network.subnet, 'subnet'),
    domain: keep((domain) => domainComponent(fabric, domain)),
    table: (at) => tables(ports.subnet[at]),
    tableItem: (at) => tableItem(fabric, ports.subnet[at]),
    acl: keep((subnet) => aclComponent(fabric, subnet)),
    aclItem: (subnet) => acls(subnet).item,
  }
}

function portComponent(fabric: Fabric, port: number): Component {
  const { network, ports } = fabric
  const item = network.networkInterface?.[port]
  if (item) return named('networkInterface', item)
  const router = routerAt(fabric, port)
  if (router) return named('transitRouter', router)
  const balancer = balancerAt(fabric, port)
  if (balancer) return named('loadBalancer', balancer)
  const instance = network.instance?.[ports.instance[port]]
  return instance ? named('instance', instance) : { kind: 'networkInterface', id: String(port) }
}

/** The transit router that a plug belongs to. */
function routerAt({ network, ports, transits }: Fabric, port: number): TransitRouter | undefined {
  if (port < ports.plugs || port >= ports.balancers) return undefined
  const attachment = transits.plugs.findIndex((plugs) => plugs.includes(port))
  return network.transitRouter?.[transits.router[attachment]]
}

/** An instance that only its interfaces name. */
function unreadInstance({ network }: Fabric, port: number): Component | undefined {
  const id = network.networkInterface?.[port]?.instanceId
  return id === undefined ? undefined : { kind: 'instance', id }
}

function domainComponent({ network }: Fabric, domain: number): Component {
  const vpc = network.vpc?.[domain]
  return vpc ? named('vpc', vpc) : { kind: 'platform', id: 'classic network' }
}

function tableComponent(fabric: Fabric, position: number): Component {
  if (position < 0) return { kind: 'routeTable', id: 'classic network' }
  const table = tableItem(fabric, position)
  if (table) return named('routeTable', table)
  const id = fabric.network.subnet?.[position]?.routeTableId ?? 'system'
  return { kind: 'routeTable', id }
}

function tableItem({ network }: Fabric, position: number): RouteTable | undefined {
  const subnet = network.subnet?.[position]
  if (!subnet) return undefined
  const { routeTableId, vpcId } = subnet
  if (routeTableId === undefined) {
    return network.routeTable?.find((item) => item.type === 'system' && item.vpcId === vpcId)
  }
  const found = indexNetwork(network).get('routeTable', routeTableId, subnet)
  return typeof found === 'object' ? found : undefined
}

function aclComponent(fabric: Fabric, position: number): Component {
  const acl = aclItem(fabric, position)
  if (acl) return named('networkAcl', acl)
  const id = fabric.network.subnet?.[position]?.networkAclId ?? 'none'
  return { kind: 'networkAcl', id }
}

function aclItem({ network }: Fabric, position: number): NetworkAcl | undefined {
  const subnet = network.subnet?.[position]
  if (subnet?.networkAclId === undefined) return undefined
  const found = indexNetwork(network).get('networkAcl', subnet.networkAclId, subnet)
  return typeof found === 'object' ? found : undefined
}
