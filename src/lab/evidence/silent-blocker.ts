import type { FindingCode } from '#findings'
import type { Component, LegName } from '#model'
import type { Ask, Told } from '../host/request.ts'
import { WORLD } from '../alibaba/lay-internet.ts'
import { isIpv6 } from '../nft-text.ts'
import type { LabPlan } from '../plan.ts'
import type { Blocker } from './blocker.ts'
import { holderOf, isOwnAddress, seatOf } from './crossed-seat.ts'
import type { Journey, Visit } from './journey.ts'

/**
 * What stopped a packet that no rule dropped: it went round in a circle, never left its guest, or
 * was never answered by the one that it reached. Undefined where the trace tells nothing: of one that
 * lacks messages, what is not in it may have happened all the same.
 */
export function silentBlocker(
  plan: LabPlan,
  ask: Ask | undefined,
  { outcome, incomplete }: Told,
  journey: Journey,
): Blocker | undefined {
  const sender = plan.spaces.find(({ name }) => name === ask?.space)
  // A drop is known to the kernel, if not to the plan; and somebody who refused was not silent.
  const ended = journey.decided !== undefined || outcome.kind === 'refused'
  if (!sender || !ask || ended) return undefined
  const missing = silence('forward', 'guest.route-missing', sender.of)
  if (incomplete) return isUnrouted(outcome) && outcome.stage !== 'wait' ? missing : undefined
  const forged = forgedAt(plan, journey)
  if (forged) return forged
  const loop = loopOf(journey)
  if (loop) return silence(loop.leg, 'route.loop', sender.of)
  if (journey.forward.every(({ space }) => space.startsWith('i'))) {
    return isUnrouted(outcome) ? missing : unheard(plan, ask)
  }
  return journey.return.length > 0
    ? lostOnReturn(plan, ask, journey)
    : lostInside(plan, ask, lastOutside(journey.forward))
}

type Outcome = Told['outcome']

/** The sender's own kernel says so before it sends; `wait` may be the word of a router far away. */
function isUnrouted(outcome: Outcome): outcome is Extract<Outcome, { kind: 'error' }> {
  return outcome.kind === 'error' && outcome.errno === 'ENETUNREACH'
}

/** A packet that came back into the guest whose address it has as its source (a martian). */
function forgedAt(plan: LabPlan, journey: Journey): Blocker | undefined {
  const leg = journey.return.length > 0 ? journey.return : journey.forward
  const last = lastOutside(leg)
  if (last?.direction !== 'in' || isIpv6(last.source)) return undefined
  const seat = seatOf(plan, last)
  if (!seat || !isOwnAddress(plan, seat, last.source)) return undefined
  return silence(last.leg, 'guest.martian-source', holderOf(seat))
}

/** The last place outside the guests: what they saw themselves says less about where it ended. */
function lastOutside(leg: readonly Visit[]): Visit | undefined {
  return leg.findLast(({ space }) => !space.startsWith('i'))
}

/** A packet that went into a guest and nothing came out: the guest relays it, or answers it. */
function lostInside(plan: LabPlan, ask: Ask, last: Visit | undefined): Blocker | undefined {
  if (last?.direction !== 'in') return undefined
  const seat = seatOf(plan, last)
  if (!seat?.at) return undefined
  const of = holderOf(seat)
  const space = plan.spaces.find(({ name }) => name === seat.at?.space)
  if (isOwnAddress(plan, seat, last.destination)) {
    if (last.leg === 'forward' && isDeaf(space, ask, last)) {
      return silence('forward', 'guest.not-listening', of)
    }
    return isFiltered(plan, last)
      ? silence(last.leg, 'guest.rp-filter', of)
      : silence('return', 'guest.route-missing', of)
  }
  const family = isIpv6(last.destination) ? 'net/ipv6/conf/all/forwarding' : 'net/ipv4/ip_forward'
  const off = space?.sysctls.some(({ path, value }) => path === family && value === '0')
  return silence(last.leg, off ? 'instance.ip-forward-disabled' : 'guest.route-missing', of)
}

/** No socket takes this datagram; the ICMP error that says so may be lost and leaves no trace. */
function isDeaf(
  space: LabPlan['spaces'][number] | undefined,
  { protocol }: Ask,
  { destination, destinationPort }: Visit,
): boolean {
  if (protocol !== 'udp' || !space?.sockets) return false
  const any = isIpv6(destination) ? ['::'] : ['0.0.0.0', '::']
  return !space.sockets.some(
    (socket) =>
      socket.protocol === 'udp' &&
      socket.port === destinationPort &&
      (socket.address === destination || any.includes(socket.address)),
  )
}

/** The kernel says nothing of a packet that its reverse path filter drops. */
function isFiltered(plan: LabPlan, visit: Visit): boolean {
  const at = seatOf(plan, visit)?.at
  const space = plan.spaces.find(({ name }) => name === at?.space)
  const path = `net/ipv4/conf/${at?.device ?? ''}/rp_filter`
  const filter = space?.deviceSysctls.find((item) => item.path === path)
  return filter !== undefined && filter.value !== '0' && !isIpv6(visit.destination)
}

/** A reply that came back to its asker and was none: it had missed a translation on its way. */
function lostOnReturn(plan: LabPlan, ask: Ask, journey: Journey): Blocker | undefined {
  const { space } = ask
  const last = lastOutside(journey.return)
  const home = last?.space === space || (last && seatOf(plan, last)?.at?.space === space)
  // A reply that went out to the Internet under the asker's private address, or for want of a link.
  if (!home && last?.space !== WORLD) return lostInside(plan, ask, last)
  const of: Component = plan.spaces.find(({ name }) => name === space)?.of ?? {
    kind: 'guest',
    id: space,
  }
  const filtered = last && isFiltered(plan, last)
  return silence('return', filtered ? 'guest.rp-filter' : 'nat.return-bypass', of)
}

function silence(leg: LegName, code: FindingCode, component: Component): Blocker {
  return { leg, code, component, by: 'silence' }
}

/** Nobody in the vSwitch answered to the destination: it has no owner, or one that is down. */
function unheard(plan: LabPlan, { destination, space }: Ask): Blocker | undefined {
  const vpcId = plan.seats.find(({ at }) => at?.space === space)?.vpcId
  if (vpcId === undefined) return undefined
  const owner = plan.seats.find(
    (seat) => seat.vpcId === vpcId && seat.addresses.includes(destination),
  )
  if (!owner) return silence('forward', 'address.not-assigned', { kind: 'vpc', id: vpcId })
  // It is there: the lab's own cable may not be up yet.
  if (!owner.absentBecause) return undefined
  const of: Component = { kind: 'networkInterface', id: owner.interfaceId }
  return silence('forward', owner.absentBecause.code, of)
}

/** Passages of one place by one device after which a way is a circle. */
const CIRCLE = 3

/** Where a packet goes round: it comes back in by an interface it left by, or passes ever again. */
function loopOf({ forward, return: back }: Journey): Visit | undefined {
  for (const leg of [forward, back]) {
    const passed = new Map<string, number>()
    const left = new Set<string>()
    for (const visit of leg) {
      const { space, entered = '', direction } = visit
      const count = (passed.get(`${space} ${entered}`) ?? 0) + 1
      passed.set(`${space} ${entered}`, count)
      if (count >= CIRCLE || (direction === 'in' && left.has(entered.slice(1)))) return visit
      if (direction === 'out') left.add(entered.slice(1))
    }
  }
  return undefined
}
