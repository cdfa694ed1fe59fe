import { IPV6_SPACE, PACKET as P, PUBLIC, publicOf } from '#fabric'
import type { Component } from '#model'
import { parseAddress, parsePrefix, prefixContains } from '#net'
import { arrive } from './arrive.ts'
import { delivered } from './deliver.ts'
import { destinationText, isIpv6, serviceOf, setSource, sourceText } from './header.ts'
import { homeOf, internet, platform } from './places.ts'
import {
  arriveAt,
  describing,
  leaveOpen,
  note,
  noteTranslation,
  refuse,
  report,
  reportMissing,
} from './record.ts'
import { reportBypass, retraces } from './retrace.ts'
import { RECEIVER, type Run } from './run.ts'
import { replyOutside } from './session.ts'
import { checkIdentity, checkInternetAccess } from './translation.ts'
import type { LegEnd } from './walk.ts'

/** Out to the Internet under a public identity. */
export function leaveBy(run: Run, port: number, identity: number): LegEnd {
  if (isIpv6(run)) return leaveOverIpv6(run, port, internet)
  const { state, fabric } = run
  const component = run.show.publicAddress(identity)
  passMapping(run, identity)
  checkInternetAccess(run, fabric.ports.domain[port])
  const owed = state.leg === 'return' && !state.retraced && fabric.flags.natReturnThrough
  if (owed && !retraces(run, identity)) reportBypass(run, component)
  checkIdentity(run, identity)
  return toInternet(run, identity)
}

/** An IP mapping is the work of its NAT gateway, also past the route table. */
function passMapping(run: Run, identity: number): void {
  const { kind, nat } = run.fabric.publics
  if (kind[identity] !== PUBLIC.ipMapping) return
  const gateway = run.show.nat(nat[identity])
  if (run.hops.at(-1)?.at.id !== gateway.id) arriveAt(run, gateway)
}

/** IPv6 is not translated: the source's own assignment says whether it may leave. */
export function leaveOverIpv6(run: Run, port: number, component: Component): LegEnd {
  const { publics } = run.fabric
  const identity = publicOf(run.fabric, run.packet[P.source])
  const kind = identity < 0 ? PUBLIC.ipv6Private : publics.kind[identity]
  if (kind === PUBLIC.ipv6Private) {
    const facts = { source: sourceText(run) }
    const found = report(run, 'igw.no-public-mapping.egress', component, facts)
    refuse(run, 'gateway', component, found)
  } else if (kind === PUBLIC.ipv6Unread) {
    const found = reportMissing(run, 'ipv6Internet', homeOf(run, port), run.show.port(port))
    leaveOpen(run, 'gateway', component, found)
  } else note(run, 'gateway', component, 'continue')
  return toInternet(run, identity)
}

/** On the Internet as `identity`, or untranslated (-1): a host outside, or an address of ours. */
export function toInternet(run: Run, identity: number): LegEnd {
  if (run.state.leg === 'return') return replyOutside(run)
  checkPlatform(run)
  run.state.outPublic = identity
  if (identity >= 0 && !isIpv6(run)) {
    setSource(run, run.fabric.publics.rank[identity])
    run.state.sourcePeer = -1
    noteTranslation(run, run.show.publicAddress(identity))
  }
  if (run.asked.outside) return delivered(run, RECEIVER.outside)
  const at = run.judge.publicAt(run.packet[P.destination])
  if (at < 0) return toStranger(run)
  // Between two places of this network, the Internet is a stop of its own.
  arriveAt(run, internet)
  return arrive(run, at)
}

/** A packet from outside meets whoever has its destination. */
export function throughInternet(run: Run): LegEnd {
  const at = run.judge.publicAt(run.packet[P.destination])
  return at >= 0 ? arrive(run, at) : toStranger(run)
}

/** An unlisted address may be one that was not read; IPv6 addresses come with their interfaces. */
function toStranger(run: Run): LegEnd {
  if (run.asked.target >= 0) return toAnother(run)
  const { flags, network, ipv6Space } = run.fabric
  const six = isIpv6(run)
  const space = six ? run.judge.lookUp(ipv6Space) : IPV6_SPACE.strangers
  if (space === IPV6_SPACE.nobodys) return toNobodys(run)
  const unread = six ? space === IPV6_SPACE.unread : flags.publicsUnread
  if (!unread) return delivered(run, RECEIVER.outside)
  const kinds = six ? ['networkInterface', 'haVip'] : ['publicAddress', 'instance']
  const gap = kinds.flatMap((kind) => network.gaps?.find((one) => one.kind === kind) ?? []).at(0)
  const missing = `${gap?.kind ?? 'publicAddress'} ${destinationText(run)}`
  report(run, 'query.input-missing', internet, {
    missing,
    call: gap?.call ?? describing('public addresses'),
  })
  return 'stuck'
}

/** Out there, the address of what was meant is somebody else's. */
function toAnother(run: Run): LegEnd {
  const { ports } = run.fabric
  const vpc = run.show.domain(ports.domain[run.asked.target]).id
  const facts = { destination: destinationText(run), vpc }
  arriveAt(run, internet, facts.destination)
  refuse(run, 'deliver', internet, report(run, 'peer.cidr-overlap', internet, facts))
  return 'dead'
}

/** The range is a VPC's, and none of its interfaces has the address (`ipv6.range-of-vpc`). */
function toNobodys(run: Run): LegEnd {
  const address = destinationText(run)
  const parsed = parseAddress(address)
  const vpc = run.fabric.network.vpc?.find(({ ipv6Cidrs = [] }) =>
    ipv6Cidrs.some((cidr) => {
      const prefix = parsePrefix(cidr)
      return prefix !== undefined && parsed !== undefined && prefixContains(prefix, parsed)
    }),
  )
  const component: Component = { kind: 'vpc', id: vpc?.id ?? 'unknown' }
  const facts = { address, vpc: component.id }
  refuse(run, 'deliver', component, report(run, 'address.not-assigned', component, facts))
  return 'dead'
}

/** Mail that the provider never lets out. */
function checkPlatform(run: Run): void {
  const { packet, fabric } = run
  const { blockedProtocol, blockedPort } = fabric.flags
  if (packet[P.protocol] !== blockedProtocol || packet[P.port] !== blockedPort) return
  const facts = { service: serviceOf(run), destination: destinationText(run) }
  refuse(run, 'gateway', platform, report(run, 'policy.platform-blocked', platform, facts))
}
