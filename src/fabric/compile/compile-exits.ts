import type { Boundary, Line, Route } from '#model'
import type { Exits } from '../ways.ts'
import type { CompiledTables } from './compile-subnets.ts'
import type { Draft } from './draft.ts'
import { gatewaysOf, mayHavePeers } from './neighbours.ts'

/** What is known of the customer's side: the ranges behind lines, and whether there may be more. */
export function compileExits(draft: Draft, tables: CompiledTables): Exits {
  const gateways = draft.network.vpnGateway ?? []
  const lines = draft.network.line ?? []
  const known = [
    ...gateways.map((gateway) => behindGateway(draft, gateway)),
    ...lines.map((line) => behind(draft, [line])),
  ]
  const via = [...gateways.keys(), ...lines.map((line, nth) => endOf(draft, line, nth))]
  return {
    kind: [...gateways.map(() => 'vpnGateway' as const), ...lines.map(() => 'line' as const)],
    position: Int32Array.from([...gateways.keys(), ...lines.keys()]),
    map: Int32Array.from(known, ({ map }) => map),
    complete: Uint8Array.from(known, ({ complete }) => (complete ? 1 : 0)),
    domain: Int32Array.from(via, (exit) => domainOf(draft, gateways[exit])),
    lentTo: via.map((exit) => borrowers(draft, gateways[exit])),
    lentUnread: Uint8Array.from(via, (exit) => (mayLend(draft, gateways[exit]) ? 1 : 0)),
    table: Int32Array.from(via, (exit) => gatewayTable(draft, tables, gateways[exit])),
    via: Int32Array.from(via),
  }
}

/** Whether a peer that was not read may use the gateway. */
const mayLend = (draft: Draft, gateway: Boundary | undefined): boolean =>
  gateway !== undefined &&
  draft.on('azure.peering.gateway-transit') &&
  mayHavePeers(draft, domainOf(draft, gateway))

/** Feature `route.effective`: the table of the subnet that holds the gateway, if users made one. */
function gatewayTable(draft: Draft, tables: CompiledTables, gateway: Boundary | undefined): number {
  if (!gateway || !draft.on('route.effective')) return -1
  const subnet = draft.network.subnet?.find(
    ({ id, vpcId }) => vpcId === gateway.vpcId && /(^|\/)GatewaySubnet$/i.test(id),
  )
  return subnet?.routeTableId === undefined ? -1 : tables.of(subnet)
}

/** VPCs that use the gateway of a peer. */
function borrowers(draft: Draft, gateway: Boundary | undefined): readonly number[] {
  if (!gateway || !draft.on('azure.peering.gateway-transit')) return []
  const own = domainOf(draft, gateway)
  return [...(draft.network.vpc ?? []).keys()].filter(
    (vpc) => vpc !== own && gatewaysOf(draft, vpc).includes(gateway),
  )
}

function domainOf({ ids }: Draft, gateway: Boundary | undefined): number {
  return gateway?.vpcId === undefined ? -1 : ids.vpc.find(gateway.vpcId, gateway)
}

/** The gateway, or the line, that a line ends at; one of a router ends at itself. */
function endOf(draft: Draft, line: Line, nth: number, depth = 0): number {
  const { vpnGateway: gateways = [], line: lines = [] } = draft.network
  const { attachedTo } = line
  const own = gateways.length + nth
  if (attachedTo?.kind !== 'vpnGateway' && attachedTo?.kind !== 'line') return own
  const end = exitOf(draft, attachedTo.kind, attachedTo.id)
  if (end < gateways.length) return end < 0 ? own : end
  const next = end - gateways.length
  return depth > lines.length ? own : endOf(draft, lines[next], next, depth + 1)
}

interface Behind {
  readonly map: number
  readonly complete: boolean
}

/** A gateway knows what its lines know. Where some line may not have been read, there may be more. */
function behindGateway(draft: Draft, gateway: Boundary): Behind {
  const own = (draft.network.line ?? []).filter(
    ({ attachedTo }) => attachedTo?.kind === 'vpnGateway' && attachedTo.id === gateway.id,
  )
  const learners = (draft.network.routeTable ?? []).filter(({ learnsFrom = [] }) =>
    learnsFrom.includes(gateway.id),
  )
  const learned = learners.flatMap(({ routes }) => routes.filter(isLearnedFrom(gateway.id)))
  const { map, complete } = behind(
    draft,
    own,
    learned.map(({ destination }) => destination),
  )
  // A table that learns from the gateway shows all that it knows, from whatever line.
  const listed = learners.length > 0 || draft.index.lack('line', gateway) === undefined
  return { map, complete: complete && listed }
}

const isLearnedFrom =
  (id: string) =>
  ({ origin, nextHops }: Route): boolean =>
    origin === 'dynamic' &&
    nextHops.some(({ target }) => target.kind === 'vpnGateway' && target.id === id)

function behind(draft: Draft, lines: readonly Line[], learned: readonly string[] = []): Behind {
  const cidrs = [...learned, ...lines.flatMap(({ routes = [] }) => routes)]
  return {
    map: draft.maps.add(cidrs.map((cidr) => ({ ...draft.range(cidr), value: 1 }))),
    complete: lines.length > 0 && lines.every(({ routesComplete }) => routesComplete === true),
  }
}

/** Number of a VPN gateway or line among the exits; -1. */
export function exitOf(
  { network }: Pick<Draft, 'network'>,
  kind: 'vpnGateway' | 'line',
  id: string,
): number {
  const gateways = network.vpnGateway ?? []
  if (kind === 'vpnGateway') return gateways.findIndex((item) => item.id === id)
  const line = (network.line ?? []).findIndex((item) => item.id === id)
  return line < 0 ? -1 : gateways.length + line
}
