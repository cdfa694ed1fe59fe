import { addressesOf, type Fabric, rankFamily } from '#fabric'
import type { Component } from '#model'
import { formatAddress, formatIpv4 } from '#net'
import { keep, listed, named } from './keep.ts'
import { type PlaceEvidence, placeEvidence } from './place-evidence.ts'
import { type RuleEvidence, ruleEvidence } from './rule-evidence.ts'
import { type SaidEvidence, saidEvidence } from './said-evidence.ts'

/**
 * From the fabric's numbers back to what a person can point at. Components are made once and kept:
 * equal numbers give the same object.
 */
export interface Evidence extends PlaceEvidence, RuleEvidence, SaidEvidence {
  readonly group: (group: number) => Component
  /** The groups of a set; all of them are listed where `setUnread` is 0. */
  readonly groupsOf: (set: number) => readonly number[]
  readonly nat: (nat: number) => Component
  readonly gateway: (gateway: number) => Component
  readonly link: (link: number) => Component
  readonly publicAddress: (at: number) => Component
  /** A service of the input by its position; else one of the provider's own by its address. */
  readonly service: (position: number, address: string) => Component
  /** Text of a rank: an address of the network, or the first address of the stretch. */
  readonly address: (rank: number) => string
}

export function createEvidence(fabric: Fabric): Evidence {
  const { network } = fabric
  const places = placeEvidence(fabric)
  const services = listed(network.cloudService, 'cloudService')
  const rules = ruleEvidence(fabric, places.aclItem)
  const group = listed(network.securityGroup, 'securityGroup', fabric.groups.unreadIds)
  const link = keep((at) => linkComponent(fabric, at))
  return {
    ...places,
    ...rules,
    ...saidEvidence(fabric, { ...rules, group, link }),
    group,
    groupsOf: keep((set) => groupsOf(fabric, set)),
    nat: listed(network.natGateway, 'natGateway'),
    gateway: listed(network.internetGateway, 'internetGateway'),
    link,
    publicAddress: keep((at) => publicComponent(fabric, at)),
    service: (position, address) =>
      position < 0 ? { kind: 'service', id: address } : services(position),
    address: keep((rank) => addressText(fabric, rank)),
  }
}

function groupsOf({ groups: { setOffsets, members } }: Fabric, set: number): readonly number[] {
  return Array.from(members.subarray(setOffsets[set], setOffsets[set + 1]))
}

function linkComponent({ network, links }: Fabric, link: number): Component {
  const position = links.position[link]
  const kind = links.kind[link]
  const item =
    kind === 'peering' ? network.peering?.[position] : network.routerInterface?.[position]
  return item ? named(kind, item) : { kind, id: String(link) }
}

/** IPv6 addresses and those of the classic network are no resources of their own. */
function publicComponent(fabric: Fabric, at: number): Component {
  const { network, publics } = fabric
  const item = network.publicAddress?.[publics.resource[at]]
  if (item) return named('publicAddress', item)
  return { kind: 'publicAddress', id: addressText(fabric, publics.rank[at]) }
}

function addressText({ line }: Fabric, rank: number): string {
  if (rank < 0) return 'none'
  if (rankFamily(line, rank) === 4) return formatIpv4(line.starts4[rank])
  return formatAddress({ family: 6, value: addressesOf(line, rank).low })
}
