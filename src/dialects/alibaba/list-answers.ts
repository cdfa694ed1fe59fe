import { listRecords } from './sighting.ts'
import type { Listing, Sighting } from './sighting.ts'
import { child, descend, textOf, textsOf } from '../spot.ts'
import type { Answer } from './unfold.ts'

/**
 * Lists the records of all answers. A few answers do not say whom they are about: an empty list of
 * routes or NAT entries, the entries of a port list or a gateway table. They are given to the only
 * candidate, if there is one; otherwise they stay without an owner and prove nothing.
 */
export function listAnswers(answers: readonly Answer[]): readonly Listing[] {
  const first = answers.map((answer) => listRecords(answer))
  const sightings = first.flatMap((listing) => listing.sightings)
  return first.map((listing) => {
    const { call } = listing.answer
    if (!call.about || listing.owners.length > 0) return listing
    const spoken = first.flatMap((other) => (other.answer.call === call ? other.owners : []))
    const open = candidates(call.name, sightings).filter((id) => !spoken.includes(id))
    const rivals = first.filter((other) => other.answer.call === call && other.owners.length === 0)
    const [owner] = open
    return open.length === 1 && rivals.length === 1 && owner !== undefined
      ? listRecords(listing.answer, owner)
      : listing
  })
}

/** Everyone whom an answer of the call could be about. */
function candidates(call: string, sightings: readonly Sighting[]): readonly string[] {
  const named = sightings.flatMap((sighting) => candidatesIn(call, sighting))
  return [...new Set(named)]
}

function candidatesIn(call: string, { kind, id, spot }: Sighting): readonly string[] {
  const text = (key: string): string[] => [textOf(child(spot, key)) ?? []].flat()
  switch (call) {
    case 'DescribePortRangeListEntries':
      return kind === 'permission' ? text('PortRangeListId') : []
    case 'GetVpcPrefixListEntries':
      return kind === 'prefixList' ? [id] : []
    case 'DescribeSnatTableEntries':
    case 'DescribeForwardTableEntries':
      return kind === 'natGateway' ? [id] : []
    case 'ListGatewayRouteTableEntries':
      if (kind === 'ipv4Gateway') return text('Ipv4GatewayRouteTableId')
      return kind === 'routeTable' && text('AssociateType')[0]?.toLowerCase() === 'gateway'
        ? [id]
        : []
    case 'DescribeRouteEntryList':
      if (kind === 'routeTable') return [id]
      if (kind === 'vpc') return textsOf(child(spot, 'RouterTableIds'), 'RouterTableIds')
      return kind === 'subnet'
        ? [textOf(descend(spot, 'RouteTable', 'RouteTableId')) ?? []].flat()
        : []
    default:
      return []
  }
}
