import { PACKET as P, PUBLIC, UNREAD } from '#fabric'
import { choose } from './choose.ts'
import { sourceText } from './header.ts'
import { identityOf, ipMappingFrom, reportUnreadPublic } from './identity.ts'
import { leaveOpen, note, refuse, report, reportMissing } from './record.ts'
import { cameFromInternet } from './retrace.ts'
import type { Run } from './run.ts'

/**
 * The public record that a NAT gateway sends a packet out with: its own address, then an IP mapping,
 * then SNAT. `LOST` where there is none, which is written down; `UNREAD` where that is not known.
 */
export function drawIdentity(run: Run, port: number, nat: number): number {
  const { publics, nats, flags } = run.fabric
  const own = identityOf(run, port)
  const mapped = own >= 0 && publics.kind[own] === PUBLIC.port
  if (mapped && flags.natOwnAddressFirst) return own
  const { domains, ports } = run.fabric
  if (domains.publicsUnread[ports.domain[port]] && !cameFromInternet(run)) {
    const component = run.show.nat(nat)
    leaveOpen(run, 'translate', component, reportUnreadPublic(run, port, component))
    return UNREAD
  }
  const mapping = ipMappingFrom(run, own, nat)
  if (mapping >= 0) return mapping
  if (nats.unread[nat]) {
    reportUnreadNat(run, nat)
    return UNREAD
  }
  const entry = entryFor(run, nat)
  if (entry >= 0) return drawFrom(run, port, nat, entry)
  return mapped ? own : withoutEntry(run, nat)
}

/** No public identity, and none to suppose: the walk ends here. */
export const LOST = -3

/** The entries of a NAT gateway are not in the input. */
export function reportUnreadNat(run: Run, nat: number): void {
  const component = run.show.nat(nat)
  const item = run.fabric.network.natGateway?.[nat]
  const found = reportMissing(run, 'natGateway', item, component, item?.id)
  leaveOpen(run, 'translate', component, found)
}

/** A VPC NAT gateway translates between private networks. */
export function reportVpcNat(run: Run, nat: number): void {
  const component = run.show.nat(nat)
  const facts = { feature: 'VPC NAT gateway' }
  leaveOpen(run, 'gateway', component, report(run, 'query.unsupported-feature', component, facts))
}

/** The SNAT entry that decides about the packet's source; -1. */
function entryFor({ fabric, packet }: Run, nat: number): number {
  const { nats } = fabric
  const rank = packet[P.source]
  for (let i = nats.snatOffsets[nat]; i < nats.snatOffsets[nat + 1]; i++) {
    const range = nats.snatRange[i]
    if (range.low <= rank && rank <= range.high) return i
  }
  return -1
}

function drawFrom(run: Run, port: number, nat: number, entry: number): number {
  const { nats, network } = run.fabric
  const component = run.show.nat(nat)
  const addresses = nats.snatPublics[entry]
  const rule = network.natGateway?.[nat]?.snat[nats.snatEntry[entry]]?.id
  const unread = nats.snatUnread[entry]
  const drawn = choose(run, Math.max(1, addresses.length + unread))
  if (drawn < addresses.length) {
    note(run, 'translate', component, 'continue', rule)
    return addresses[drawn]
  }
  if (unread) {
    leaveOpen(run, 'translate', component, reportUnreadPublic(run, port, component))
    return UNREAD
  }
  const found = report(run, 'nat.no-addresses', component, { source: sourceText(run) }, rule)
  refuse(run, 'translate', component, found)
  if (run.state.leg === 'forward') run.state.outNat = nat
  return LOST
}

/** Without an entry for the source, the walk goes on by the address of another entry. */
function withoutEntry(run: Run, nat: number): number {
  const { flags } = run.fabric
  const spare = spareAddress(run, nat)
  if (!flags.natSnatNeeded && spare >= 0) return spare
  const component = run.show.nat(nat)
  const found = report(run, 'nat.snat-missing', component, { source: sourceText(run) })
  refuse(run, 'translate', component, found)
  if (run.state.leg === 'forward') run.state.outNat = nat
  return spare >= 0 ? spare : LOST
}

function spareAddress({ fabric }: Run, nat: number): number {
  const { snatOffsets, snatPublics } = fabric.nats
  const entries = snatPublics.slice(snatOffsets[nat], snatOffsets[nat + 1])
  return entries.find((list) => list.length > 0)?.[0] ?? -1
}
