import { hasPortWords, MODE, PUBLIC, PACKET as P, publicOf } from '#fabric'
import { arriveIpv6 } from './arrive-ipv6.ts'
import { deliver, deliverAt } from './deliver.ts'
import { destinationText, isIpv6, setDestination, setSource } from './header.ts'
import { internet } from './places.ts'
import { arriveAt, noteTranslation } from './record.ts'
import { enterDomain } from './redirect.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** A reply on the Internet: at the client outside, or at the exit of a client of this network. */
export function replyOutside(run: Run): LegEnd {
  const { outPublic, outNat, originDomain } = run.state
  if (outPublic < 0 && outNat < 0 && !(isIpv6(run) && originDomain >= 0)) {
    arriveAt(run, internet, destinationText(run))
    return 'delivered'
  }
  arriveAt(run, internet)
  restoreCalled(run)
  if (!isIpv6(run)) return fromSession(run)
  const at = publicOf(run.fabric, run.packet[P.destination])
  return at < 0 ? deliver(run, originDomain, -1) : arriveIpv6(run, at)
}

/** The client sees the reply come from the address and port that it called. */
function restoreCalled(run: Run): void {
  const { state, packet, fabric } = run
  if (isIpv6(run)) return
  const called = state.inPublic >= 0 ? fabric.publics.rank[state.inPublic] : -1
  const rank = state.inNat >= 0 ? state.calledRank : called
  if (rank < 0) return
  setSource(run, rank)
  state.sourcePeer = -1
  if (!hasPortWords(packet[P.protocol])) return
  packet[P.sourcePort] -= state.portShift
  packet[P.sourcePortHigh] -= state.portShift
}

/** A reply from the Internet: the forward leg's translation is undone. */
export function fromSession(run: Run): LegEnd {
  const { state, fabric } = run
  const { publics, domains } = fabric
  const { originDomain, outPublic, outNat } = state
  state.retraced = true
  setDestination(run, state.originSource)
  if (originDomain < 0) return 'delivered'
  noteUndone(run)
  const kind = outNat < 0 && outPublic >= 0 ? publics.kind[outPublic] : -1
  if (kind === PUBLIC.port && domains.mode[originDomain] !== MODE.bypass) {
    return enterDomain(run, originDomain)
  }
  if (kind === PUBLIC.classic) return deliverAt(run, publics.port[outPublic], -1)
  return deliver(run, originDomain, -1)
}

/** Which translation is undone, where there was one. */
function noteUndone(run: Run): void {
  const { outPublic, outNat } = run.state
  const { publics } = run.fabric
  if (outNat >= 0) {
    arriveAt(run, run.show.nat(outNat))
    noteTranslation(run, run.show.nat(outNat))
  } else if (outPublic >= 0 && publics.kind[outPublic] !== PUBLIC.classic) {
    if (publics.kind[outPublic] === PUBLIC.ipMapping) {
      arriveAt(run, run.show.nat(publics.nat[outPublic]))
    }
    noteTranslation(run, run.show.publicAddress(outPublic))
  }
}
