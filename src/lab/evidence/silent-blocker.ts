import type { FindingCode } from '#findings'
import type { Component, LegName } from '#model'
import type { Ask, Told } from '../host/request.ts'
import { isIpv6 } from '../nft-text.ts'
import type { LabPlan, Seat } from '../plan.ts'
import type { Blocker } from './blocker.ts'
import type { Journey, Visit } from './journey.ts'

/**
 * What stopped a packet that no rule dropped: it went round in a circle, never left its guest, or
 * was never answered by the one that it reached. Undefined where the trace tells nothing.
 */
export function silentBlocker(
  plan: LabPlan,
  ask: Ask | undefined,
  { outcome }: Told,
  journey: Journey,
): Blocker | undefined {
  const sender = plan.spaces.find(({ name }) => name === ask?.space)
  if (!sender || !ask) return undefined
  const loop = loopOf(journey)
  if (loop) return silence(loop.leg, 'route.loop', sender.of)
  if (journey.forward.length === 0) {
    const unrouted = outcome.kind === 'error' && outcome.errno === 'ENETUNREACH'
    return unrouted ? silence('forward', 'guest.route-missing', sender.of) : unheard(plan, ask)
  }
  return journey.return.length > 0
    ? lostOnReturn(plan, ask, journey)
    : lostInside(plan, journey.forward.at(-1))
}

/** A packet that went into a guest and nothing came out: the guest relays it, or answers it. */
function lostInside(plan: LabPlan, last: Visit | undefined): Blocker | undefined {
  if (last?.direction !== 'in') return undefined
  const seat = seatOf(plan, last)
  const of: Component = { kind: 'instance', id: seat?.instanceId ?? seat?.interfaceId ?? '' }
  const own = plan.seats.filter(({ at }) => at?.space === seat?.at?.space)
  if (own.some(({ addresses }) => addresses.includes(last.destination))) {
    return silence('return', 'guest.route-missing', of)
  }
  const space = plan.spaces.find(({ name }) => name === seat?.at?.space)
  const family = isIpv6(last.destination) ? 'net/ipv6/conf/all/forwarding' : 'net/ipv4/ip_forward'
  const off = space?.sysctls.some(({ path, value }) => path === family && value === '0')
  return silence(last.leg, off ? 'instance.ip-forward-disabled' : 'guest.route-missing', of)
}

/** A reply that came back to its asker and was none: it had missed a translation on its way. */
function lostOnReturn(plan: LabPlan, { space }: Ask, journey: Journey): Blocker | undefined {
  const last = journey.return.at(-1)
  const home = last?.space === space || (last && seatOf(plan, last)?.at?.space === space)
  if (!home) return lostInside(plan, last)
  const of: Component = plan.spaces.find(({ name }) => name === space)?.of ?? {
    kind: 'guest',
    id: space,
  }
  return silence('return', 'nat.return-bypass', of)
}

function silence(leg: LegName, code: FindingCode, component: Component): Blocker {
  return { leg, code, component, by: 'silence' }
}

/** Nobody in the vSwitch answered to the destination: it has no owner, or one that is down. */
function unheard(plan: LabPlan, { destination, space }: Ask): Blocker {
  const vpcId = plan.seats.find(({ at }) => at?.space === space)?.vpcId
  const owner = plan.seats.find(
    (seat) => seat.vpcId === vpcId && seat.addresses.includes(destination),
  )
  if (!owner?.absentBecause) {
    return silence('forward', 'address.not-assigned', { kind: 'vpc', id: vpcId ?? '' })
  }
  const of: Component = { kind: 'networkInterface', id: owner.interfaceId }
  return silence('forward', owner.absentBecause.code, of)
}

/** The interface that a visit crossed. */
function seatOf(plan: LabPlan, { entered = '' }: Visit): Seat | undefined {
  return plan.seats.find(({ port }) => /^[gub]/.test(entered) && entered.slice(1) === String(port))
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
