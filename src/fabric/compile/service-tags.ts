import type { ComputedTag, RouteTable, Subnet } from '#model'
import type { RankRange } from '../address-line.ts'
import type { Draft } from './draft.ts'
import {
  behindGateway,
  gatewaysOf,
  mayHavePeers,
  mayLearnMore,
  neighboursOf,
  rangesOfVpc,
} from './neighbours.ts'

/** What the computed service tags mean to a filter at an interface of some subnet. */
export interface TagRanges extends Readonly<Record<ComputedTag, readonly RankRange[]>> {
  /** What VirtualNetwork may hold as well, as far as was read. */
  readonly unsure: readonly RankRange[]
}

const PLATFORM = '168.63.129.16/32'
const METADATA = '169.254.169.254/32'

/** Semantics `azure.tag.*`, for a subnet of a VPC at a position. */
export function tagRangesOf(draft: Draft, subnet: Subnet | undefined, vpc: number): TagRanges {
  const inside = insideOf(draft, vpc)
  const routed = draft.on('azure.tag.routes') ? routedBy(draft, subnet) : []
  const ranges = (cidrs: readonly string[]): readonly RankRange[] =>
    merged(cidrs.map((cidr) => draft.range(cidr)))
  return {
    VirtualNetwork: ranges([...inside, ...routed, PLATFORM]),
    Internet: draft.on('azure.tag.internet')
      ? outside(draft, [...inside, ...draft.known.private4, ...draft.known.private6, PLATFORM])
      : [everything(draft)],
    AzureLoadBalancer: ranges([PLATFORM]),
    AzurePlatformDNS: ranges([PLATFORM]),
    AzurePlatformIMDS: ranges([METADATA]),
    unsure: unsureOf(draft, subnet, vpc),
  }
}

/** An unread table may name any prefix; an unread gateway or peer is taken to have private ones. */
function unsureOf(draft: Draft, subnet: Subnet | undefined, vpc: number): readonly RankRange[] {
  const { network, ids, index } = draft
  if (draft.on('azure.tag.routes') && subnet?.routeTableId !== undefined) {
    const table = network.routeTable?.[ids.routeTable.find(subnet.routeTableId, subnet)]
    if (!table || index.isDoubted('routeTable', table)) return [everything(draft)]
  }
  const more = mayLearnMore(draft, vpc) || mayHavePeers(draft, vpc)
  return more ? draft.known.private4.map((cidr) => draft.range(cidr)) : []
}

/** Everything that counts as the virtual network, whatever the routes say. */
function insideOf(draft: Draft, vpc: number): readonly string[] {
  const own = rangesOfVpc(draft, vpc)
  const peered = draft.on('azure.tag.peered')
    ? neighboursOf(draft, vpc)
        .filter(({ access }) => access)
        .flatMap(({ far }) => rangesOfVpc(draft, far))
    : []
  const gateways = draft.on('azure.tag.gateway') ? gatewaysOf(draft, vpc) : []
  return [...own, ...peered, ...gateways.flatMap((gateway) => behindGateway(draft, gateway))]
}

/** Destinations of the user-defined routes of a subnet; a route to `0.0.0.0/0` is one, too. */
function routedBy({ network, ids }: Draft, subnet: Subnet | undefined): readonly string[] {
  const table: RouteTable | undefined =
    subnet && network.routeTable?.[ids.routeTable.find(subnet.routeTableId, subnet)]
  return table?.routes.map(({ destination }) => destination) ?? []
}

const everything = ({ line }: Draft): RankRange => ({
  low: 0,
  high: line.starts4.length + line.starts6.length - 1,
})

/** In order, without overlaps. */
function merged(ranges: readonly RankRange[]): readonly RankRange[] {
  const found: RankRange[] = []
  for (const range of ranges.toSorted((a, b) => a.low - b.low)) {
    const last = found.at(-1)
    if (last && range.low <= last.high + 1)
      found[found.length - 1] = { low: last.low, high: Math.max(last.high, range.high) }
    else found.push(range)
  }
  return found
}

/** All ranks that are in none of some prefixes. */
function outside(draft: Draft, cidrs: readonly string[]): readonly RankRange[] {
  const found: RankRange[] = []
  let next = 0
  for (const { low, high } of merged(cidrs.map((cidr) => draft.range(cidr)))) {
    if (low > next) found.push({ low: next, high: low - 1 })
    next = high + 1
  }
  const { high } = everything(draft)
  if (next <= high) found.push({ low: next, high })
  return found
}
