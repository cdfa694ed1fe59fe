import { HOP, MODE, NOBODY, PACKET as P, UNREAD } from '#fabric'
import type { Component, InternetGateway } from '#model'
import { deliver } from './deliver.ts'
import { destinationText } from './header.ts'
import { reportUnreadMode } from './identity.ts'
import { report, reportMissing, reportUnreadTarget } from './record.ts'
import { mayBeOwned, throughRelay, toUnread } from './relay.ts'
import { targetId, targetOf } from './route-row.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/**
 * From the Internet into a VPC. With an activated IPv4 gateway, the gateway's route table may name
 * an interface that sees the packet first.
 */
export function enterDomain(run: Run, domain: number): LegEnd {
  const { domains, routes } = run.fabric
  const table = domains.mode[domain] === MODE.bypass ? -1 : domains.gatewayTable[domain]
  if (table === UNREAD) return withoutTable(run, domain)
  const route = table < 0 ? -1 : run.judge.lookUp(table)
  if (route < 0 || routes.hopOffsets[route] === routes.hopOffsets[route + 1]) {
    return deliver(run, domain, -1)
  }
  const hop = routes.hopOffsets[route]
  if (routes.hopKind[hop] !== HOP.relay) return pastTable(run, domain, route, hop)
  const relay = routes.hopTarget[hop]
  const owner = run.judge.owner(domain, run.packet[P.destination])
  if (owner === relay) return deliver(run, domain, -1)
  if (owner === NOBODY && mayBeOwned(run, domain)) return toUnread(run, relay)
  return throughRelay(run, -1, relay, hop)
}

/** A gateway table steers only to interfaces; what it names besides is local or lost. */
function pastTable(run: Run, domain: number, route: number, hop: number): LegEnd {
  const table = tableOf(run, domain)
  const target = targetId(run, hop)
  const destination = destinationText(run)
  const text = run.show.route(route)
  switch (run.fabric.routes.hopKind[hop]) {
    case HOP.blackhole:
      report(run, 'route.blackhole', table, { destination }, text)
      return 'dead'
    case HOP.unresolved:
      report(run, 'route.next-hop-unresolved', table, { destination, target }, text)
      return 'dead'
    case HOP.unread: {
      const named = targetOf(run, hop)
      const kind = named?.kind === 'instance' ? 'instance' : 'networkInterface'
      reportUnreadTarget(run, kind, target, gatewayOf(run, domain), table)
      return 'stuck'
    }
    default:
      return deliver(run, domain, -1)
  }
}

function withoutTable(run: Run, domain: number): LegEnd {
  if (run.fabric.domains.mode[domain] === MODE.unread) {
    reportUnreadMode(run, domain)
    return 'stuck'
  }
  const table = tableOf(run, domain)
  reportMissing(run, 'routeTable', gatewayOf(run, domain), table, table.id)
  return 'stuck'
}

const gatewayOf = ({ fabric }: Run, domain: number): InternetGateway | undefined =>
  fabric.network.internetGateway?.[fabric.domains.gateway4[domain]]

const tableOf = (run: Run, domain: number): Component => ({
  kind: 'routeTable',
  id: gatewayOf(run, domain)?.routeTableId ?? 'unknown',
})
