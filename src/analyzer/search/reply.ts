import { isIcmp, PACKET as P } from '#fabric'
import { checkUsable, isInDoubt } from './attachment.ts'
import { deliver } from './deliver.ts'
import { emit } from './emit.ts'
import { assumePolicyRouting, guestPort, reportNoGuestRoute, reportOpenWay } from './guest.ts'
import { checkSameInterface, handBack } from './hand-back.ts'
import { askSender, isSeenInside } from './inside.ts'
import { isIpv6, sourceText, turnAround } from './header.ts'
import { internet } from './places.ts'
import { arriveAt, arriveAtPort, assume, report } from './record.ts'
import { RECEIVER, type Run } from './run.ts'
import { fromSession, replyOutside } from './session.ts'
import type { LegEnd } from './walk.ts'

/** The return leg, from whoever received the forward packet; what it takes for granted. */
export function walkBack(run: Run): LegEnd {
  run.state.leg = 'return'
  turnAround(run)
  const end = reply(run)
  if (end === 'delivered') assumeReceiver(run)
  return end
}

function reply(run: Run): LegEnd {
  const { receiver, lastDomain } = run.state
  if (receiver === RECEIVER.service) return deliver(run, lastDomain, -1)
  if (receiver !== RECEIVER.outside) return replyFrom(run, receiver)
  arriveAt(run, internet, sourceText(run))
  return isIpv6(run) ? replyOutside(run) : fromSession(run)
}

function replyFrom(run: Run, own: number): LegEnd {
  const { balancer } = run.state
  const component = run.show.instanceOf(own)
  arriveAtPort(run, own, sourceText(run))
  const cameBy = isIcmp(run.packet[P.protocol]) ? run.state.cameBy : -1
  let port = guestPort(run, run.fabric.ports.instance[own], own, false, cameBy)
  if (port < -1) return reportOpenWay(run, own, port)
  if (port < 0) {
    reportNoGuestRoute(run, own)
    port = own
  }
  if (port === own) assumePolicyRouting(run, own)
  else {
    const facts = { forward: run.show.port(own).id, return: run.show.port(port).id }
    report(run, 'route.return.asymmetric', component, facts)
    if (balancer) checkSameInterface(run, balancer)
    if (isInDoubt(run, port, 'start')) return 'stuck'
    checkUsable(run, port, 'start')
  }
  if (!askSender(run, port)) return 'stuck'
  return balancer ? handBack(run, port, balancer) : emit(run, port, true)
}

function assumeReceiver(run: Run): void {
  const { receiver, service, called } = run.state
  switch (receiver) {
    case RECEIVER.outside:
      return assume(run, 'assume.outside-answers', internet, { address: called })
    case RECEIVER.service: {
      const facts = { address: called }
      return assume(run, 'assume.service-answers', { kind: 'service', id: called }, facts)
    }
    default: {
      if (isSeenInside(run, receiver)) return
      const component = run.show.instanceOf(receiver)
      return assume(run, 'assume.guest-accepts', component, { service })
    }
  }
}
