import { HOP, PACKET as P } from '#fabric'
import type { Component, Home, RouterInterface } from '#model'
import { checkForeign, reportAccess } from './cross.ts'
import { deliver } from './deliver.ts'
import { detour } from './detour.ts'
import { destinationText } from './header.ts'
import { homeOf } from './places.ts'
import {
  leaveOpen,
  note,
  noteKept,
  refuse,
  report,
  reportLacking,
  reportMissing,
} from './record.ts'
import { MAX_RELAYS } from './relay.ts'
import { cameFromInternet, reportBypass } from './retrace.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** Over a peering or a router interface, into the VPC on its far side. */
export function overLink(run: Run, port: number, domain: number, link: number): LegEnd {
  const { links } = run.fabric
  switch (links.state[link]) {
    case 0:
      noteKept(run, run.show.linkCarries(link))
      break
    case 1:
      reportBadState(run, link)
      break
    case 4:
      reportAccess(run, link)
      break
    case 2:
      return outOfTheModel(run, link)
    default: {
      const component = run.show.link(link)
      const found = reportUnread(run, port, link)
      leaveOpen(run, 'gateway', component, found)
      return 'stuck'
    }
  }
  const far = links.domainA[link] === domain ? links.domainB[link] : links.domainA[link]
  const ours = links.domainA[link] === domain || links.domainB[link] === domain
  return far >= 0 && ours ? intoFar(run, port, far, link) : ofAnother(run, port, link)
}

/** The link itself is in doubt, or the VPC behind it was not read. */
function reportUnread(run: Run, port: number, link: number): number {
  const component = run.show.link(link)
  const kind = run.fabric.links.kind[link]
  const home = homeOf(run, port)
  const doubted = home && run.index.gap(kind, home, component.id)?.id !== undefined
  if (doubted) return reportMissing(run, kind, home, component, component.id)
  const far = run.fabric.network.routerInterface?.[run.fabric.links.position[link]]?.oppositeId
  if (home && far !== undefined && isUnread(run, far, home)) {
    return reportMissing(run, 'routerInterface', home, component, far)
  }
  return reportLacking(run, 'vpc', home, component)
}

/** Whether the router interface on the far side is in doubt, or not listed. */
function isUnread({ index }: Run, id: string, home: Home): boolean {
  const gap = index.gap('routerInterface', home, id)
  if (gap?.id !== undefined) return true
  return gap !== undefined && typeof index.get('routerInterface', id, home) !== 'object'
}

function reportBadState(run: Run, link: number): void {
  const { links, network } = run.fabric
  const at = links.position[link]
  const own = links.kind[link] === 'peering' ? undefined : network.routerInterface?.[at]
  const idle = own && own.state === 'Active' ? oppositeOf(run, own) : own
  const component = idle ? named(idle) : run.show.link(link)
  const state = idle?.state ?? network.peering?.[at]?.state ?? 'unknown'
  refuse(run, 'gateway', component, report(run, 'peer.bad-state', component, { state }))
}

/** A link of two router interfaces is idle if either is: the other one is named. */
function oppositeOf(run: Run, own: RouterInterface): RouterInterface | undefined {
  return run.fabric.network.routerInterface?.find(({ id }) => id === own.oppositeId) ?? own
}

const named = ({ id, name }: RouterInterface): Component =>
  name === undefined ? { kind: 'routerInterface', id } : { kind: 'routerInterface', id, name }

/** The far side is a line to a place that no input describes. */
function outOfTheModel(run: Run, link: number): LegEnd {
  const component = run.show.link(link)
  if (cameFromInternet(run)) {
    reportBypass(run, component)
    return 'dead'
  }
  const facts = { destination: destinationText(run) }
  const found = report(run, 'line.leaves-model', component, facts)
  note(run, 'gateway', component, 'continue', undefined, found)
  return 'left'
}

function intoFar(run: Run, port: number, far: number, link: number): LegEnd {
  const { links, domains, flags, ports } = run.fabric
  checkForeign(run, ports.domain[port], link)
  if (run.judge.valueAt(domains.subnetMap[far], run.packet[P.destination]) >= 0) {
    return deliver(run, far, -1)
  }
  const component = run.show.link(link)
  if (domains.subnetsUnread[far]) {
    const vpc = run.fabric.network.vpc?.[far]
    leaveOpen(run, 'gateway', component, reportLacking(run, 'subnet', vpc, run.show.domain(far)))
    return 'stuck'
  }
  const transitive =
    links.kind[link] === 'peering' ? flags.linksTransitive : flags.routersTransitive
  if (transitive) return onward(run, port, far, component)
  return detour(run, port, reportNotTransitive(run, component, far))
}

/** The link is not one of this VPC. */
function ofAnother(run: Run, port: number, link: number): LegEnd {
  const facts = { destination: destinationText(run), target: run.show.link(link).id }
  return detour(run, port, report(run, 'route.next-hop-unresolved', run.show.table(port), facts))
}

/** Only with a `not-transitive` semantic switched off: the far router looks the packet up again. */
function onward(run: Run, port: number, domain: number, through: Component): LegEnd {
  const { domains, routes } = run.fabric
  const { relays } = run.state
  const table = domains.systemTable[domain]
  const route = table < 0 ? -1 : run.judge.lookUp(table)
  const hop = route < 0 ? -1 : routes.hopOffsets[route]
  relays.push(-1)
  if (hop >= 0 && routes.hopKind[hop] === HOP.link && relays.length <= MAX_RELAYS) {
    return overLink(run, port, domain, routes.hopTarget[hop])
  }
  reportNotTransitive(run, through, domain)
  return 'dead'
}

function reportNotTransitive(run: Run, component: Component, far: number): number {
  const facts = { destination: destinationText(run), vpc: run.show.domain(far).id }
  return report(run, 'peer.not-transitive', component, facts)
}
