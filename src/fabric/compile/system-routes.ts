import { HOP } from '../ways.ts'
import { neighboursOf, rangesNear, rangesOfVpc } from './neighbours.ts'
import { covers } from './prefix-length.ts'
import type { Hop } from './route-list.ts'
import type { Making, Placed } from './table-making.ts'

/** Ranges that Azure sends nowhere unless something else routes them. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']

/** What Azure implies: the VPC, its peers, the Internet, and nowhere. */
export function systemRoutes(making: Making): readonly Placed[] {
  const { draft, routes, vpc, neighbours } = making
  const place = (destination: string, word: string, hop: Hop): Placed => ({
    destination,
    rank: 0,
    number: routes.imply(`${destination} ${word}`, hop),
  })
  const nowhere = { kind: HOP.blackhole, target: -1 }
  // A gateway that was not read may know another way there.
  const toInternet = { kind: opensTo(making) ? HOP.unread : HOP.outbound, target: -1 }
  return [
    place('0.0.0.0/0', 'Internet', toInternet),
    place('::/0', 'Internet', { kind: HOP.unsupported, target: -1 }),
    ...(hasDefault(making) ? [] : privateRanges).map((cidr) => place(cidr, 'None', nowhere)),
    ...neighbours.flatMap(({ far, link }) =>
      rangesOfVpc(draft, far).map((cidr) =>
        place(cidr, 'VNetPeering', { kind: HOP.link, target: link }),
      ),
    ),
    ...behindPeers(making).map(({ cidr, link }) =>
      place(cidr, 'VNetPeering', { kind: HOP.link, target: link }),
    ),
    ...rangesOfVpc(draft, vpc).map((cidr) =>
      place(cidr, 'VirtualNetwork', { kind: HOP.local, target: -1 }),
    ),
  ]
}

/** Only with the semantic `azure.peering.not-transitive` off: what the peers of a peer have. */
function behindPeers(making: Making): readonly { readonly cidr: string; readonly link: number }[] {
  const { draft, vpc, neighbours } = making
  if (draft.on('azure.peering.not-transitive')) return []
  const near = new Set([vpc, ...neighbours.map(({ far }) => far)])
  return neighbours.flatMap(({ far, link }) =>
    neighboursOf(draft, far)
      .filter((next) => !near.has(next.far))
      .flatMap((next) => rangesOfVpc(draft, next.far).map((cidr) => ({ cidr, link }))),
  )
}

/** Semantic `azure.route.private-with-default`: whether something replaces the way to the Internet. */
function hasDefault(making: Making): boolean {
  const { draft, table, learned } = making
  if (!draft.on('azure.route.private-with-default')) return false
  const own = table === undefined ? undefined : draft.network.routeTable?.[table]
  const user = own?.routes.some(({ destination }) => destination === '0.0.0.0/0')
  const told = learned.some(({ destination }) => destination === '0.0.0.0/0')
  return user === true || (told && takesLearned(making))
}

/** The platform's own addresses, which no table leads elsewhere. */
export function platformRoutes({ draft, routes }: Making): readonly Placed[] {
  return draft.known.exempt.map((destination) => ({
    destination,
    rank: 0,
    number: routes.imply(`${destination} platform`, { kind: HOP.service, target: -1 }),
  }))
}

/**
 * Private ranges to which a gateway, or a peer that is not known, may lead. What these know of the
 * public space is taken to be at most a default route (decision 0014).
 */
export function unreadRoutes(making: Making): readonly Placed[] {
  const { routes } = making
  if (!opensTo(making) && !making.mayHavePeers) return []
  return privateRanges.map((destination) => ({
    destination,
    rank: 0,
    number: routes.imply(`${destination} unread`, { kind: HOP.unread, target: -1 }),
  }))
}

/** Whether a gateway may know routes that were not read, and the subnet would take them. */
const opensTo = (making: Making): boolean => making.mayLearn && takesLearned(making)

/** Semantic `azure.route.gateway-propagation`. */
function takesLearned({ draft, table }: Making): boolean {
  const item = table === undefined ? undefined : draft.network.routeTable?.[table]
  return item?.takesGatewayRoutes !== false || !draft.on('azure.route.gateway-propagation')
}

/** Semantic `azure.route.local-before-learned`. */
export function learnedRoutes(making: Making): readonly Placed[] {
  const { draft, routes, learned } = making
  if (!takesLearned(making)) return []
  const local = rangesNear(draft, making)
  const hidden = (cidr: string): boolean =>
    draft.on('azure.route.local-before-learned') &&
    local.some((outer) => covers(outer, draft.range(cidr)))
  return learned
    .filter(({ destination }) => !hidden(destination))
    .map(({ destination, exit }) => ({
      destination,
      rank: 1,
      number: routes.imply(`${destination} VirtualNetworkGateway`, {
        kind: HOP.leaves,
        target: exit,
      }),
    }))
}
