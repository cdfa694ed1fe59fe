import type { FindingCode } from '#findings'
import type { GuestRuleHandle, Told } from '../host/request.ts'
import type { LabPlan } from '../plan.ts'
import type { Blocker } from './blocker.ts'
import { holderOf, isOwnAddress, seatOf } from './crossed-seat.ts'
import type { Decided, Journey, KernelRule, Visit } from './journey.ts'

/** What a guest did to a packet: its own firewall dropped it, or nothing listened. */
export function guestBlocker(
  plan: LabPlan,
  guestRules: readonly GuestRuleHandle[],
  told: Told,
  journey: Journey,
): Blocker | undefined {
  const { decided } = journey
  if (decided) {
    const { mark, rule } = decided
    return rule && !mark ? byFirewall(plan, guestRules, decided, rule) : undefined
  }
  // Of a trace that lacks messages nobody knows whether a firewall refused in the listener's place.
  const refused = told.outcome.kind === 'refused' && !told.incomplete
  return refused ? byNoListener(plan, journey) : undefined
}

function byFirewall(
  plan: LabPlan,
  guestRules: readonly GuestRuleHandle[],
  { leg, visit }: Decided,
  rule: KernelRule,
): Blocker | undefined {
  const space = plan.spaces.find(({ name }) => name === visit.space)
  if (space?.role !== 'guest') return undefined
  const text = textOf(guestRules, visit, rule)
  const code = codeOf(plan, visit)
  return {
    leg,
    code,
    component: space.of,
    by: 'rule',
    ...(text === undefined ? {} : { rule: text }),
  }
}

function codeOf({ seats }: LabPlan, { space, entered, destination }: Visit): FindingCode {
  if (entered === undefined) return 'guest.firewall.egress-deny'
  const own = seats.some(
    ({ at, addresses }) => at?.space === space && addresses.includes(destination),
  )
  return own ? 'guest.firewall.ingress-deny' : 'guest.firewall.forward-deny'
}

/**
 * `ip filter INPUT 3`, or `… policy`: as the analyzer names the rules of a guest. Undefined for a
 * rule that was not there when the guest was built.
 */
function textOf(
  guestRules: readonly GuestRuleHandle[],
  { space }: Visit,
  { family, table, chain, handle }: KernelRule,
): string | undefined {
  if (handle === undefined) return `${family} ${table} ${chain} policy`
  const found = guestRules.find(
    (item) =>
      item.space === space &&
      item.family === family &&
      item.table === table &&
      item.chain === chain &&
      item.handle === handle,
  )
  return found && `${family} ${table} ${chain} ${found.position}`
}

/** Whoever was reached last said that nothing listens there, if the packet was meant for it. */
function byNoListener(plan: LabPlan, { forward }: Journey): Blocker | undefined {
  const reached = forward.findLast(({ direction }) => direction === 'in')
  const seat = reached && seatOf(plan, reached)
  if (!seat || !isOwnAddress(plan, seat, reached.destination)) return undefined
  const component = holderOf(seat)
  return { leg: 'forward', code: 'guest.not-listening', component, by: 'silence' }
}
