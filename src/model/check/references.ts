import { type OnePeer, peersIn } from '../filter.ts'
import type { PublicAddressBinding } from '../gateway.ts'
import type { Guest } from '../guest.ts'
import type { BackendTarget, LoadBalancer } from '../load-balancer.ts'
import type { ResourceOf } from '../index-network.ts'
import type { Boundary, ServiceEndpoint } from '../service.ts'
import type { Line, TransitRouter } from '../transit.ts'
import type { Problem } from '../problem.ts'
import type { ResourceKind } from '../resource.ts'
import type { ResourceTarget, RouteTable, RouteTarget } from '../route.ts'

/** Tells the checker of one reference: what it may name, how bad it is if unseen, and where it is. */
export type Refer = (
  kinds: ResourceKind | readonly ResourceKind[],
  id: string | undefined,
  unseen: Problem['severity'],
  ...path: readonly (string | number)[]
) => void

/** For each kind, every reference that its resources make. A kind without any is not listed. */
export type ReferenceTable = {
  readonly [K in ResourceKind]?: (item: ResourceOf<K>, refer: Refer) => void
}

/**
 * `error` where an answer would be built on sand. `warning` where a healthy network may name what
 * nobody can see: the other account's half of a peering, a next hop that was deleted and is now a
 * black hole.
 */
export const references: ReferenceTable = {
  subnet(subnet, refer) {
    refer('vpc', subnet.vpcId, 'error', 'vpcId')
    refer('routeTable', subnet.routeTableId, 'error', 'routeTableId')
    refer('networkAcl', subnet.networkAclId, 'error', 'networkAclId')
    refer('securityGroup', subnet.securityGroupId, 'error', 'securityGroupId')
    refer('natGateway', subnet.natGatewayId, 'error', 'natGatewayId')
    subnet.serviceEndpoints?.forEach((id, nth) =>
      refer('prefixList', id, 'warning', 'serviceEndpoints', nth),
    )
  },
  vpc: ({ adminGroupIds = [] }, refer) =>
    adminGroupIds.forEach((id, nth) => refer('securityGroup', id, 'error', 'adminGroupIds', nth)),
  instance(instance, refer) {
    refer('vpc', instance.vpcId, 'error', 'vpcId')
    refer('vpc', instance.classic?.linkedVpcId, 'error', 'classic', 'linkedVpcId')
    instance.classic?.securityGroupIds.forEach((id, nth) =>
      refer('securityGroup', id, 'error', 'classic', 'securityGroupIds', nth),
    )
  },
  networkInterface(eni, refer) {
    refer('vpc', eni.vpcId, 'error', 'vpcId')
    refer('subnet', eni.subnetId, 'error', 'subnetId')
    refer('instance', eni.instanceId, 'error', 'instanceId')
    if (eni.serves && eni.serves.kind !== 'service')
      refer(eni.serves.kind, eni.serves.id, 'warning', 'serves', 'id')
    const groups = eni.securityGroupIds
    for (let nth = 0; nth < groups.length; nth++) {
      refer('securityGroup', groups[nth], 'error', 'securityGroupIds', nth)
    }
  },
  securityGroup(group, refer) {
    refer('vpc', group.vpcId, 'error', 'vpcId')
    group.rules.forEach(({ peer, own = [] }, nth) => {
      for (const one of [...peersIn(peer), ...own]) referToPeer(one, refer, nth)
    })
  },
  networkAcl: (acl, refer) => refer('vpc', acl.vpcId, 'error', 'vpcId'),
  routeTable(table, refer) {
    refer('vpc', table.vpcId, 'error', 'vpcId')
    referToNextHops(table, refer)
    table.learnsFrom?.forEach((id, nth) => refer('vpnGateway', id, 'warning', 'learnsFrom', nth))
  },
  publicAddress({ boundTo }, refer) {
    if (boundTo) referToBinding(boundTo, refer)
  },
  natGateway(gateway, refer) {
    refer('vpc', gateway.vpcId, 'error', 'vpcId')
    refer('subnet', gateway.subnetId, 'error', 'subnetId')
    gateway.snat.forEach(({ sourceSubnetId, sourceNetworkInterfaceId: eni }, nth) => {
      refer('subnet', sourceSubnetId, 'warning', 'snat', nth, 'sourceSubnetId')
      refer('networkInterface', eni, 'warning', 'snat', nth, 'sourceNetworkInterfaceId')
    })
    gateway.addresses?.forEach(({ networkInterfaceId: eni }, nth) =>
      refer('networkInterface', eni, 'warning', 'addresses', nth, 'networkInterfaceId'),
    )
  },
  internetGateway(gateway, refer) {
    refer('vpc', gateway.vpcId, 'error', 'vpcId')
    refer('routeTable', gateway.routeTableId, 'error', 'routeTableId')
  },
  peering(peering, refer) {
    refer('vpc', peering.requesterVpcId, 'warning', 'requesterVpcId')
    refer('vpc', peering.accepterVpcId, 'warning', 'accepterVpcId')
  },
  routerInterface(end, refer) {
    refer('vpc', end.vpcId, 'error', 'vpcId')
    refer('routerInterface', end.oppositeId, 'warning', 'oppositeId')
    refer('vpc', end.oppositeVpcId, 'warning', 'oppositeVpcId')
  },
  haVip(haVip, refer) {
    refer('subnet', haVip.subnetId, 'error', 'subnetId')
    haVip.members.forEach((id, nth) => refer(members, id, 'error', 'members', nth))
    refer(members, haVip.master, 'error', 'master')
  },
  cloudService: (service, refer) => refer('vpc', service.vpcId, 'error', 'vpcId'),
  transitRouter: referToAttachments,
  vpnGateway: referToVpc,
  line: referToLineEnd,
  loadBalancer(balancer, refer) {
    referToVpc(balancer, refer)
    refer('subnet', balancer.subnetId, 'error', 'subnetId')
    referToFrontends(balancer, refer)
    balancer.listeners?.forEach(({ backends }, listener) =>
      backends.forEach(({ target }, nth) =>
        referToServer(target, refer, 'listeners', listener, 'backends', nth, 'target', 'id'),
      ),
    )
    for (const list of ['everyPort', 'outbound'] as const)
      balancer[list]?.forEach((target, nth) => referToServer(target, refer, list, nth, 'id'))
  },
  endpoint: referToServiceWays,
  bastion: referToVpc,
  applicationGateway: referToVpc,
  scaleSet: referToVpc,
}

/** Guests are not resources, so they stand outside the table. A classic NIC is no resource either. */
export function referFromGuest(guest: Guest, classic: boolean, refer: Refer): void {
  refer('instance', guest.instanceId, 'error', 'instanceId')
  if (classic) return
  for (const list of ['routes', 'devices'] as const) {
    guest[list]?.forEach(({ networkInterfaceId }, nth) =>
      refer('networkInterface', networkInterfaceId, 'warning', list, nth, 'networkInterfaceId'),
    )
  }
}

const members = ['instance', 'networkInterface'] as const

/** What stands behind a boundary is not analysed, so its VPC decides nothing. */
function referToVpc(boundary: Boundary, refer: Refer): void {
  refer('vpc', boundary.vpcId, 'warning', 'vpcId')
}

function referToServer(
  { kind, id }: BackendTarget,
  refer: Refer,
  ...path: readonly (string | number)[]
): void {
  if (kind !== 'address') refer(kind, id, 'error', ...path)
}

function referToFrontends(balancer: LoadBalancer, refer: Refer): void {
  balancer.frontends?.forEach(({ subnetId, networkInterfaceId: eni }, nth) => {
    refer('subnet', subnetId, 'error', 'frontends', nth, 'subnetId')
    refer('networkInterface', eni, 'error', 'frontends', nth, 'networkInterfaceId')
  })
  balancer.securityGroupIds?.forEach((id, nth) =>
    refer('securityGroup', id, 'error', 'securityGroupIds', nth),
  )
}

/** Attachments of other accounts are seen, what they attach is not. */
function referToAttachments(router: TransitRouter, refer: Refer): void {
  referToVpc(router, refer)
  router.attachments?.forEach(({ kind, resourceId, subnetIds = [] }, nth) => {
    if (kind === 'vpc' || kind === 'line')
      refer(kind, resourceId, 'warning', 'attachments', nth, 'resourceId')
    subnetIds.forEach((id, place) =>
      refer('subnet', id, 'warning', 'attachments', nth, 'subnetIds', place),
    )
  })
}

function referToLineEnd(line: Line, refer: Refer): void {
  referToVpc(line, refer)
  if (line.attachedTo)
    refer(line.attachedTo.kind, line.attachedTo.id, 'warning', 'attachedTo', 'id')
}

function referToServiceWays(endpoint: ServiceEndpoint, refer: Refer): void {
  referToVpc(endpoint, refer)
  refer('prefixList', endpoint.prefixListId, 'warning', 'prefixListId')
  endpoint.networkInterfaceIds?.forEach((id, nth) =>
    refer('networkInterface', id, 'warning', 'networkInterfaceIds', nth),
  )
}

function referToPeer(peer: OnePeer, refer: Refer, nth: number): void {
  switch (peer.kind) {
    case 'cidr':
    case 'serviceTag':
      return
    case 'group':
      return refer('securityGroup', peer.groupId, 'warning', 'rules', nth, 'peer', 'groupId')
    case 'prefixList':
      return refer('prefixList', peer.prefixListId, 'error', 'rules', nth, 'peer', 'prefixListId')
  }
}

function referToNextHops({ routes }: RouteTable, refer: Refer): void {
  routes.forEach(({ nextHops }, route) =>
    nextHops.forEach(({ target }, hop) => {
      if (isResourceTarget(target)) {
        refer(target.kind, target.id, 'warning', 'routes', route, 'nextHops', hop, 'target', 'id')
      }
    }),
  )
}

const isResourceTarget = (target: RouteTarget): target is ResourceTarget =>
  'id' in target && target.kind !== 'unsupported'

function referToBinding({ kind, id }: PublicAddressBinding, refer: Refer): void {
  refer(kind, id, 'warning', 'boundTo', 'id')
}
