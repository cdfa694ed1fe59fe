import type { Gap, Resource } from '#model'

import { ask } from './ask.ts'
import type { AskableKind } from './ask.ts'
import { isListed, miss } from './reading.ts'
import type { Reading } from './reading.ts'
import { listCall } from './prefix-list.ts'
import type { RecordKind } from './record-kind.ts'
import type { Resources } from './read-resources.ts'

/** A resource that names another one. */
interface Reference {
  readonly kind: AskableKind
  readonly id: string
  readonly from: Resource
  /** It can only be in the same place: where that was listed, it is not there at all. */
  readonly near?: true
}

/**
 * Reports resources that are named but not in the network. What is missing from a complete listing
 * of its place is known to be gone, and is no gap.
 */
export function reportDangling(reading: Reading, resources: Resources): void {
  const present = new Map<string, Set<string>>(
    Object.entries(resources).map(([kind, list]) => [kind, new Set(list.map(({ id }) => id))]),
  )
  const stated = new Set(reading.gaps.map(({ kind, id }) => `${kind}|${id ?? ''}`))
  for (const { kind, id, from, near } of referencesIn(resources)) {
    if (present.get(kind)?.has(id) || stated.has(`${kind}|${id}`)) continue
    if (near && isGone(reading, kind, from, id)) continue
    stated.add(`${kind}|${id}`)
    const call = kind === 'prefixList' ? listCall(reading, id) : ask[kind](id)
    miss(reading, kind, { id }, call, from.region)
  }
}

const listKinds: Partial<Record<AskableKind, RecordKind>> = {
  instance: 'instance',
  networkInterface: 'networkInterface',
  natGateway: 'natGateway',
  peering: 'peering',
  vpnGateway: 'vpnGateway',
  endpoint: 'endpoint',
  loadBalancer: 'loadBalancer',
}

function isGone(reading: Reading, kind: AskableKind, from: Resource, id: string): boolean {
  const list =
    kind === 'internetGateway'
      ? id.startsWith('eigw-')
        ? 'egressGateway'
        : 'internetGateway'
      : listKinds[kind]
  if (!list || !isListed(reading, list, from)) return false
  return !reading.gaps.some((gap) => gap.kind === kind && gap.id === undefined && covers(gap, from))
}

function covers(gap: Gap, from: Resource): boolean {
  return (
    (gap.account ?? from.account) === from.account && (gap.region ?? from.region) === from.region
  )
}

function referencesIn(resources: Resources): readonly Reference[] {
  return [
    ...(resources.subnet ?? []).flatMap((from) => [
      { kind: 'vpc', id: from.vpcId, from } as const,
      ...optional('routeTable', from.routeTableId, from),
      ...optional('networkAcl', from.networkAclId, from),
    ]),
    ...(resources.instance ?? []).flatMap((from) => optional('vpc', from.vpcId, from)),
    ...interfaceReferences(resources),
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
    ...transitReferences(resources),
    ...balancerReferences(resources),
  ]
}

function interfaceReferences({ networkInterface = [] }: Resources): readonly Reference[] {
  return networkInterface.flatMap((from) => {
    const { serves } = from
    return [
      { kind: 'vpc', id: from.vpcId, from } as const,
      { kind: 'subnet', id: from.subnetId, from } as const,
      ...optional('instance', from.instanceId, from),
      ...from.securityGroupIds.flatMap((id) => optional('securityGroup', id, from)),
      ...(serves && serves.kind !== 'service' ? optional(serves.kind, serves.id, from) : []),
    ]
  })
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
  'natGateway',
  'peering',
  'internetGateway',
  'transitRouter',
  'vpnGateway',
  'endpoint',
] as const

function isHop(kind: string): kind is (typeof hopKinds)[number] {
  return hopKinds.some((each) => each === kind)
}

function gatewayReferences(resources: Resources): readonly Reference[] {
  return [
    ...(resources.publicAddress ?? []).flatMap((from) => {
      const { boundTo } = from
      if (!boundTo || boundTo.kind === 'haVip') return []
      return optional(boundTo.kind, boundTo.id, from)
    }),
    ...(resources.natGateway ?? []).flatMap((from) => [
      { kind: 'vpc', id: from.vpcId, from } as const,
      ...optional('subnet', from.subnetId, from),
      ...(from.addresses ?? []).flatMap((each) =>
        optional('networkInterface', each.networkInterfaceId, from),
      ),
    ]),
    ...(resources.internetGateway ?? []).flatMap((from) => [
      { kind: 'vpc', id: from.vpcId, from } as const,
      ...optional('routeTable', from.routeTableId, from),
    ]),
    ...(resources.peering ?? []).flatMap((from) => [
      { kind: 'vpc', id: from.requesterVpcId, from } as const,
      { kind: 'vpc', id: from.accepterVpcId, from } as const,
    ]),
    ...(resources.vpnGateway ?? []).flatMap((from) => optional('vpc', from.vpcId, from)),
    ...(resources.endpoint ?? []).flatMap((from) => [
      ...optional('vpc', from.vpcId, from),
      ...optional('prefixList', from.prefixListId, from),
      ...(from.networkInterfaceIds ?? []).flatMap((id) => optional('networkInterface', id, from)),
    ]),
  ]
}

function transitReferences(resources: Resources): readonly Reference[] {
  return [
    ...(resources.transitRouter ?? []).flatMap((from) =>
      (from.attachments ?? []).flatMap(({ kind, resourceId, subnetIds = [] }) => [
        ...(kind === 'vpc' || kind === 'line' ? optional(kind, resourceId, from) : []),
        ...subnetIds.flatMap((id) => optional('subnet', id, from)),
      ]),
    ),
    ...(resources.line ?? []).flatMap((from) =>
      from.attachedTo ? optional(from.attachedTo.kind, from.attachedTo.id, from) : [],
    ),
  ]
}

function balancerReferences({ loadBalancer = [] }: Resources): readonly Reference[] {
  return loadBalancer.flatMap((from) => [
    ...optional('vpc', from.vpcId, from),
    ...(from.securityGroupIds ?? []).flatMap((id) => optional('securityGroup', id, from)),
    ...(from.frontends ?? []).flatMap(({ subnetId }) => optional('subnet', subnetId, from)),
    ...(from.listeners ?? []).flatMap(({ backends }) =>
      backends.flatMap(({ target: { kind, id } }) =>
        kind === 'address' ? [] : optional(kind, id, from),
      ),
    ),
  ])
}

function optional(kind: AskableKind, id: string | undefined, from: Resource): readonly Reference[] {
  return id === undefined ? [] : [{ kind, id, from }]
}
