import type { GapKind, Network, Resource } from '#model'

import { ask, askAbout } from './ask.ts'
import type { AskableKind } from './ask.ts'
import { miss } from './reading.ts'
import type { Reading } from './reading.ts'

/** A resource that names another one. */
interface Reference {
  readonly kind: AskableKind
  readonly id: string
  readonly from: Resource
  /** It can only be in the same place: where that was listed, it is not there at all. */
  readonly near?: true
}

type Resources = Omit<Network, 'kind' | 'capturedAt' | 'guests' | 'gaps'>

/**
 * Reports resources that are named but not in the network. A next hop that is missing from a
 * complete listing of its place is known to be gone, and is no gap.
 */
export function reportDangling(reading: Reading, resources: Resources): void {
  const present = new Map<string, Set<string>>(
    Object.entries(resources).map(([kind, list]) => [kind, new Set(list.map(({ id }) => id))]),
  )
  const stated = new Set(reading.gaps.map(({ kind, id }) => `${kind}|${id ?? ''}`))
  for (const { kind, id, from, near } of referencesIn(resources)) {
    if (present.get(kind)?.has(id) || stated.has(`${kind}|${id}`)) continue
    if (near && isListed(reading, kind, from, id)) continue
    stated.add(`${kind}|${id}`)
    const call = isIpv6Gateway(id) ? askAbout.ipv6Gateway(id) : ask[kind](id)
    miss(reading, kind, { id }, call, from.region)
  }
}

function isListed(
  { gaps }: Reading,
  kind: GapKind,
  { account, region }: Resource,
  id: string,
): boolean {
  const kinds = isIpv6Gateway(id) ? ['ipv6Internet'] : [kind]
  return !gaps.some(
    (gap) =>
      kinds.includes(gap.kind) &&
      gap.id === undefined &&
      (gap.account ?? account) === account &&
      (gap.region ?? region) === region,
  )
}

/** Their listing is another one than that of IPv4 gateways. */
function isIpv6Gateway(id: string): boolean {
  return id.startsWith('ipv6gw-')
}

function referencesIn(resources: Resources): readonly Reference[] {
  return [
    ...(resources.subnet ?? []).flatMap((from) => [
      { kind: 'vpc', id: from.vpcId, from } as const,
      ...optional('routeTable', from.routeTableId, from),
      ...optional('networkAcl', from.networkAclId, from),
    ]),
    ...(resources.instance ?? []).flatMap((from) => [
      ...optional('vpc', from.vpcId, from),
      ...optional('vpc', from.classic?.linkedVpcId, from),
      ...(from.classic?.securityGroupIds ?? []).flatMap((id) =>
        optional('securityGroup', id, from),
      ),
    ]),
    ...(resources.networkInterface ?? []).flatMap((from) => [
      { kind: 'vpc', id: from.vpcId, from } as const,
      { kind: 'subnet', id: from.subnetId, from } as const,
      ...optional('instance', from.instanceId, from),
      ...from.securityGroupIds.flatMap((id) => optional('securityGroup', id, from)),
    ]),
    ...(resources.securityGroup ?? []).flatMap((from) => [
      ...optional('vpc', from.vpcId, from),
      ...from.rules.flatMap(({ peer }) => {
        if (peer.kind === 'group') return optional('securityGroup', peer.groupId, from)
        return peer.kind === 'prefixList' ? optional('prefixList', peer.prefixListId, from) : []
      }),
    ]),
    ...(resources.networkAcl ?? []).flatMap((from) => optional('vpc', from.vpcId, from)),
    ...routeReferences(resources),
    ...gatewayReferences(resources),
  ]
}

function routeReferences({ routeTable = [] }: Resources): readonly Reference[] {
  return routeTable.flatMap((from) => [
    ...optional('vpc', from.vpcId, from),
    ...from.routes.flatMap(({ nextHops }) =>
      nextHops.flatMap(({ target }) => {
        if (!('id' in target) || !isHop(target.kind)) return []
        return [{ kind: target.kind, id: target.id, from, near: true } as const]
      }),
    ),
  ])
}

const hopKinds = [
  'instance',
  'networkInterface',
  'haVip',
  'natGateway',
  'peering',
  'routerInterface',
  'internetGateway',
] as const

function isHop(kind: string): kind is (typeof hopKinds)[number] {
  return hopKinds.some((each) => each === kind)
}

function gatewayReferences(resources: Resources): readonly Reference[] {
  return [
    ...(resources.publicAddress ?? []).flatMap((from) => {
      const { boundTo } = from
      return boundTo && boundTo.kind !== 'loadBalancer'
        ? optional(boundTo.kind, boundTo.id, from)
        : []
    }),
    ...(resources.natGateway ?? []).flatMap((from) => [
      { kind: 'vpc', id: from.vpcId, from } as const,
      ...optional('subnet', from.subnetId, from),
      ...from.snat.flatMap(({ sourceSubnetId, sourceNetworkInterfaceId }) => [
        ...optional('subnet', sourceSubnetId, from),
        ...optional('networkInterface', sourceNetworkInterfaceId, from),
      ]),
    ]),
    ...(resources.internetGateway ?? []).flatMap((from) => [
      { kind: 'vpc', id: from.vpcId, from } as const,
      ...optional('routeTable', from.routeTableId, from),
    ]),
    ...(resources.peering ?? []).flatMap((from) => [
      { kind: 'vpc', id: from.requesterVpcId, from } as const,
      { kind: 'vpc', id: from.accepterVpcId, from } as const,
    ]),
    ...(resources.routerInterface ?? []).flatMap((from) => [
      ...optional('vpc', from.vpcId, from),
      ...optional('vpc', from.oppositeVpcId, from),
      ...optional('routerInterface', from.oppositeId, from),
    ]),
    ...(resources.haVip ?? []).flatMap((from) => [
      { kind: 'subnet', id: from.subnetId, from } as const,
      ...[...from.members, ...(from.master === undefined ? [] : [from.master])].flatMap((id) =>
        optional(memberKind(id), id, from),
      ),
    ]),
  ]
}

function memberKind(id: string): 'networkInterface' | 'instance' {
  return id.startsWith('eni-') ? 'networkInterface' : 'instance'
}

function optional(kind: AskableKind, id: string | undefined, from: Resource): readonly Reference[] {
  return id === undefined ? [] : [{ kind, id, from }]
}
