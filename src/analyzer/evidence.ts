import { addressesOf, type Fabric, PORT_FLAG, rankFamily } from '#fabric'
import type { Component, NetworkAcl, Resource, ResourceKind } from '#model'
import { formatAddress, formatIpv4 } from '#net'

/** From the fabric's numbers back to what a person can point at. Everything is made once and kept. */
export interface Evidence {
  port(port: number): Component
  instanceOf(port: number): Component
  subnet(subnet: number): Component
  domain(domain: number): Component
  group(group: number): Component
  acl(subnet: number): Component
  table(port: number): Component
  nat(nat: number): Component
  gateway(gateway: number): Component
  link(link: number): Component
  publicAddress(at: number): Component
  service(position: number, address: string): Component
  /** Group and rule id behind an entry of the rule table. */
  groupRule(entry: number): {
    readonly group: number
    readonly rule: string
    readonly priority: number
  }
  aclRule(subnet: number, egress: boolean, entry: number): string
  /** Provider's id of a route, or the text of an implied one. */
  route(route: number): string
  /** Text of a rank: an address of the network, or the first address of the stretch. */
  address(rank: number): string
}

export function createEvidence(fabric: Fabric): Evidence {
  const { network, ports, rules, routes } = fabric
  const listGroup = groupsOfLists(fabric)
  const kept = new Map<number, string>()
  const portComponents: Component[] = []
  const instanceComponents: Component[] = []
  const aclComponents: Component[] = []
  const tableComponents: Component[] = []
  const acls: (NetworkAcl | undefined)[] = []
  const portOf = (port: number): Component =>
    (portComponents[port] ??= network.networkInterface?.[port]
      ? named('networkInterface', network.networkInterface[port])
      : classicNic(port))
  const classicNic = (port: number): Component => {
    const instance = network.instance?.[ports.instance[port]]
    return instance ? named('instance', instance) : { kind: 'networkInterface', id: String(port) }
  }
  const instanceOf = (port: number): Component => {
    const position = ports.instance[port]
    const instance = network.instance?.[position]
    return instance ? (instanceComponents[position] ??= named('instance', instance)) : portOf(port)
  }
  const address = (rank: number): string => {
    const known = kept.get(rank)
    if (known !== undefined) return known
    const text = addressText(fabric, rank)
    kept.set(rank, text)
    return text
  }
  return {
    port: portOf,
    instanceOf,
    subnet: component(network.subnet, 'subnet'),
    domain: (domain) => vpcComponent(domain),
    group: component(network.securityGroup, 'securityGroup'),
    acl: (subnet) => aclOf(subnet),
    table: (port) => tableOf(port),
    nat: component(network.natGateway, 'natGateway'),
    gateway: component(network.internetGateway, 'internetGateway'),
    link: (link) => linkOf(link),
    publicAddress: (at) => publicOf(at),
    service: (position, text) => serviceOf(position, text),
    groupRule: (entry) => groupRule(entry),
    aclRule: (subnet, egress, entry) => aclRule(subnet, egress, entry),
    route: (route) =>
      routes.impliedText.get(route) ??
      network.routeTable?.[routes.table[route]]?.routes[routes.entry[route]]?.id ??
      'implied',
    address,
  }

  function vpcComponent(domain: number): Component {
    const vpc = network.vpc?.[domain]
    return vpc ? named('vpc', vpc) : { kind: 'platform', id: 'classic network' }
  }

  function aclOf(subnet: number): Component {
    return (aclComponents[subnet] ??= describeAcl(subnet))
  }

  function describeAcl(subnet: number): Component {
    const acl = aclItem(subnet)
    return acl
      ? named('networkAcl', acl)
      : { kind: 'networkAcl', id: network.subnet?.[subnet]?.networkAclId ?? 'none' }
  }

  function aclItem(subnet: number): NetworkAcl | undefined {
    const id = network.subnet?.[subnet]?.networkAclId
    return network.networkAcl?.find((item) => item.id === id)
  }

  function tableOf(port: number): Component {
    const subnet = ports.subnet[port]
    if (subnet < 0) return { kind: 'routeTable', id: 'classic network' }
    return (tableComponents[subnet] ??= describeTable(subnet))
  }

  function describeTable(position: number): Component {
    const subnet = network.subnet?.[position]
    const table = network.routeTable?.find((item) =>
      subnet?.routeTableId === undefined
        ? item.type === 'system' && item.vpcId === subnet?.vpcId
        : item.id === subnet.routeTableId,
    )
    return table
      ? named('routeTable', table)
      : { kind: 'routeTable', id: subnet?.routeTableId ?? 'system' }
  }

  function linkOf(link: number): Component {
    const position = fabric.links.position[link]
    const peering = fabric.links.kind[link] === 'peering' ? network.peering?.[position] : undefined
    if (peering) return named('peering', peering)
    const router = network.routerInterface?.[position]
    return router ? named('routerInterface', router) : { kind: 'routerInterface', id: String(link) }
  }

  function publicOf(at: number): Component {
    const item = network.publicAddress?.[fabric.publics.resource[at]]
    return item
      ? named('publicAddress', item)
      : { kind: 'publicAddress', id: address(fabric.publics.rank[at]) }
  }

  function serviceOf(position: number, text: string): Component {
    const item = network.cloudService?.[position]
    return item ? named('cloudService', item) : { kind: 'service', id: text }
  }

  function groupRule(entry: number): {
    readonly group: number
    readonly rule: string
    readonly priority: number
  } {
    const group = listGroup[listOf(fabric, entry)]
    const rule = network.securityGroup?.[group]?.rules[rules.rules[entry]]
    return { group, rule: rule?.id ?? String(entry), priority: rule?.priority ?? 0 }
  }

  function aclRule(subnet: number, egress: boolean, entry: number): string {
    const acl = (acls[subnet] ??= aclItem(subnet))
    return (egress ? acl?.egress : acl?.ingress)?.[rules.rules[entry]]?.id ?? String(entry)
  }

  function groupsOfLists({ groups: columns }: Fabric): Int32Array {
    const owner = new Int32Array(fabric.rules.offsets.length).fill(-1)
    for (const lists of [
      columns.listIn,
      columns.listOut,
      columns.listInInternet,
      columns.listOutInternet,
    ]) {
      lists.forEach((list, group) => {
        if (list >= 0) owner[list] = group
      })
    }
    return owner
  }
}

/** The list that holds an entry. */
function listOf({ rules }: Fabric, entry: number): number {
  let low = 0
  let high = rules.offsets.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (rules.offsets[middle] <= entry) low = middle
    else high = middle - 1
  }
  return low
}

function component<T extends Resource>(
  items: readonly T[] | undefined,
  kind: ResourceKind,
): (i: number) => Component {
  const made: Component[] = []
  return (i) => (made[i] ??= items?.[i] ? named(kind, items[i]) : { kind, id: 'unknown' })
}

function named(kind: ResourceKind, { id, name }: Resource): Component {
  return name === undefined ? { kind, id } : { kind, id, name }
}

function addressText({ line }: Fabric, rank: number): string {
  if (rank < 0) return 'none'
  if (rankFamily(line, rank) === 4) return formatIpv4(line.starts4[rank])
  return formatAddress({ family: 6, value: addressesOf(line, rank).low })
}

export const isClassic = (fabric: Fabric, port: number): boolean =>
  (fabric.ports.flags[port] & (PORT_FLAG.classicIntranet | PORT_FLAG.classicInternet)) !== 0
