import { peersIn } from '#model'
import type { GapKind, OnePeer } from '#model'

import { ask, askTags } from './ask.ts'
import { miss } from './reading.ts'
import type { Reading } from './reading.ts'
import type { Resources } from './read-resources.ts'

/** A resource that another one names. */
interface Named {
  readonly kind: GapKind
  readonly id: string | undefined
}

/** Reports resources that are named but not in the network. */
export function reportDangling(reading: Reading, resources: Resources): void {
  const present = new Map<string, Set<string>>(
    Object.entries(resources).map(([kind, list]) => [kind, new Set(list.map(({ id }) => id))]),
  )
  const stated = new Set(reading.gaps.map(({ kind, id }) => `${kind}|${id ?? ''}`))
  for (const { kind, id } of namedIn(resources)) {
    if (id === undefined || present.get(kind)?.has(id) || stated.has(`${kind}|${id}`)) continue
    stated.add(`${kind}|${id}`)
    const region = resources.vpc?.[0]?.region
    miss(reading, kind, { id }, kind === 'prefixList' ? askTags(region) : ask(id))
  }
}

function namedIn(resources: Resources): readonly Named[] {
  return [
    ...placesIn(resources),
    ...filtersIn(resources),
    ...gatewaysIn(resources),
    ...balancersIn(resources),
  ]
}

function placesIn({ subnet = [], networkInterface = [], endpoint = [] }: Resources): Named[] {
  return [
    ...subnet.flatMap((from): Named[] => [
      { kind: 'vpc', id: from.vpcId },
      { kind: 'routeTable', id: from.routeTableId },
      { kind: 'securityGroup', id: from.securityGroupId },
      { kind: 'natGateway', id: from.natGatewayId },
      ...named('prefixList', from.serviceEndpoints),
    ]),
    ...networkInterface.flatMap((from): Named[] => [
      { kind: 'vpc', id: from.vpcId },
      { kind: 'subnet', id: from.subnetId },
      { kind: 'instance', id: from.instanceId },
      ...named('securityGroup', from.securityGroupIds),
      ...(from.serves?.kind === 'endpoint' ? named('endpoint', [from.serves.id]) : []),
    ]),
    ...endpoint.flatMap((from): Named[] => [
      { kind: 'vpc', id: from.vpcId },
      ...named('networkInterface', from.networkInterfaceIds),
    ]),
  ]
}

function filtersIn({ securityGroup = [], instance = [] }: Resources): Named[] {
  const peers = securityGroup.flatMap(({ rules }) =>
    rules.flatMap(({ peer, own = [] }) => [...peersIn(peer), ...own].map(peerOf)),
  )
  return [
    ...peers.flatMap((each) => each ?? []),
    ...instance.map((from): Named => ({ kind: 'vpc', id: from.vpcId })),
  ]
}

function peerOf(peer: OnePeer): Named | undefined {
  if (peer.kind === 'group') return { kind: 'securityGroup', id: peer.groupId }
  return peer.kind === 'prefixList' ? { kind: 'prefixList', id: peer.prefixListId } : undefined
}

function gatewaysIn(resources: Resources): Named[] {
  const { publicAddress = [], natGateway = [], peering = [], line = [] } = resources
  const { vpnGateway = [], bastion = [], applicationGateway = [], scaleSet = [] } = resources
  return [
    ...publicAddress.flatMap(({ boundTo }): Named[] =>
      boundTo ? [{ kind: boundTo.kind, id: boundTo.id }] : [],
    ),
    ...natGateway.map((from): Named => ({ kind: 'vpc', id: from.vpcId })),
    ...peering.flatMap((from) => named('vpc', [from.requesterVpcId, from.accepterVpcId])),
    ...line.map(({ attachedTo }): Named => ({ kind: 'vpnGateway', id: attachedTo?.id })),
    ...[...vpnGateway, ...bastion, ...applicationGateway, ...scaleSet].map((from): Named => ({
      kind: 'vpc',
      id: from.vpcId,
    })),
  ]
}

function balancersIn({ loadBalancer = [] }: Resources): Named[] {
  return loadBalancer.flatMap((from): Named[] => {
    const backends = (from.listeners ?? []).flatMap((each) => each.backends)
    const targets = [
      ...backends.map(({ target }) => target),
      ...(from.everyPort ?? []),
      ...(from.outbound ?? []),
    ]
    return [
      { kind: 'vpc', id: from.vpcId },
      { kind: 'subnet', id: from.subnetId },
      ...targets.flatMap(({ kind, id }): Named[] => (kind === 'address' ? [] : [{ kind, id }])),
    ]
  })
}

function named(kind: GapKind, ids: readonly (string | undefined)[] = []): Named[] {
  return ids.map((id) => ({ kind, id }))
}
