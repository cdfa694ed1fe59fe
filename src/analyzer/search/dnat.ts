import { type DnatRow, PACKET as P } from '#fabric'
import { deliver } from './deliver.ts'
import { destinationText, serviceOf, setDestination } from './header.ts'
import { arriveAt, note, refuse, report } from './record.ts'
import type { Run } from './run.ts'
import { reportUnreadNat, reportVpcNat } from './snat.ts'
import { checkInService, checkInternetAccess, checkNatProtocol } from './translation.ts'
import type { LegEnd } from './walk.ts'

/** A packet from the Internet meets an address of a NAT gateway. */
export function arriveAtNat(run: Run, nat: number): LegEnd {
  const { nats } = run.fabric
  const component = run.show.nat(nat)
  arriveAt(run, component, destinationText(run))
  if (!nats.unread[nat]) checkInService(run, nat)
  checkNatProtocol(run, component)
  if (nats.state[nat] === 2 || nats.unread[nat]) {
    if (nats.state[nat] === 2) reportVpcNat(run, nat)
    else reportUnreadNat(run, nat)
    return 'stuck'
  }
  checkInternetAccess(run, nats.domain[nat])
  const row = rowFor(run, nat)
  if (row) return throughRow(run, nat, row)
  const facts = { address: destinationText(run), service: serviceOf(run) }
  refuse(run, 'translate', component, report(run, 'nat.dnat-missing', component, facts))
  return 'dead'
}

function throughRow(run: Run, nat: number, { inside, shift, entry }: DnatRow): LegEnd {
  const { flags, nats, network } = run.fabric
  const { state, packet } = run
  const component = run.show.nat(nat)
  if (state.outNat === nat && !flags.natHairpin) {
    const facts = { address: destinationText(run) }
    refuse(run, 'translate', component, report(run, 'nat.hairpin', component, facts))
  }
  state.inNat = nat
  state.calledRank = packet[P.destination]
  setDestination(run, inside)
  packet[P.port] += shift
  packet[P.portHigh] += shift
  state.portShift = shift
  note(run, 'translate', component, 'continue', network.natGateway?.[nat]?.dnat[entry]?.id)
  return deliver(run, nats.domain[nat], -1)
}

/** The DNAT entry that decides about a packet; rows come in deciding order. */
function rowFor({ fabric, packet }: Run, nat: number): DnatRow | undefined {
  const { dnat, dnatOffsets } = fabric.nats
  const rows = dnat.slice(dnatOffsets[nat], dnatOffsets[nat + 1])
  return rows.find(({ external, protocol, low, high }) => {
    if (external !== packet[P.destination]) return false
    if (protocol < 0) return true
    return protocol === packet[P.protocol] && low <= packet[P.port] && packet[P.port] <= high
  })
}
