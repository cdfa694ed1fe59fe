import { rule, set } from '../nft-text.ts'
import type { PlanDraft, SpaceDraft } from '../plan-draft.ts'
import { balancerComponent } from './lay-balancer.ts'
import type { BalancerPlace } from './place-balancers.ts'
import type { NicPlace, Survey } from './survey.ts'

/** An interface behind a load balancer, and the others of its guest. */
interface Balanced {
  readonly place: BalancerPlace
  readonly nic: NicPlace
  readonly others: readonly NicPlace[]
}

function balancedNics(survey: Survey): readonly Balanced[] {
  return survey.balancers.flatMap((place) => {
    const behind = place.ports.flatMap(({ backends }) => backends.map(({ nic }) => nic))
    return [...new Set(behind)]
      .filter(({ absentBecause }) => absentBecause === undefined)
      .map((nic) => ({ place, nic, others: othersOf(survey, nic) }))
  })
}

function othersOf({ guests }: Survey, nic: NicPlace): readonly NicPlace[] {
  const guest = guests.find(({ nics }) => nics.includes(nic))
  return (guest?.nics ?? []).filter((other) => other !== nic)
}

/**
 * In chain `judge`, ahead of all verdicts: the session remembers the load balancer that handed the
 * request on, and the reply is sent to it, whatever the guest's neighbour was to be (decision 0010,
 * 6). `mark` is that of a packet to the guest, and of one from it.
 */
export function layRememberedWay(
  space: SpaceDraft,
  survey: Survey,
  mark: { readonly inward: number; readonly outward: number },
): void {
  if (survey.balancers.length === 0) return
  // The last to hand the guest a packet of the session counts; errors of routers are not of it.
  space.nft(`meta mark ${mark.inward} ct state { new, established } ct mark set 0`)
  for (const place of survey.balancers) {
    const of = balancerComponent(place)
    const own = place.nth + 1
    space.nft(`meta mark ${mark.inward} ether saddr ${place.backMac} ct mark set ${own}`, of)
    space.nft(`meta mark ${mark.outward} ct mark ${own} ether daddr set ${place.backMac}`, of)
  }
}

/** Sets that remember, for guests with several interfaces, what one of them was handed. */
export function layHandedFlows(space: SpaceDraft, survey: Survey): void {
  const type = 'ipv4_addr . inet_proto . inet_service . ipv4_addr . inet_service'
  for (const item of balancedNics(survey)) {
    if (item.others.length === 0) continue
    const text = `set ${nameOf(item)} { type ${type}; flags dynamic, timeout; timeout 5m; size 65535; }`
    space.nft(text, balancerComponent(item.place))
  }
}

/**
 * The load balancer waits for the answer where it sent the request: by another interface it is lost
 * (decision 0010, 6). Ahead of the source/destination check, which would only see a foreign address.
 */
export function layStrayReplies(
  plan: PlanDraft,
  space: SpaceDraft,
  survey: Survey,
  devicesOf: (nic: NicPlace) => { readonly guest: string; readonly uplink: string },
): void {
  const [back, out] = [
    'ip daddr . meta l4proto . th dport . ip saddr . th sport',
    'ip saddr . meta l4proto . th sport . ip daddr . th dport',
  ]
  for (const item of balancedNics(survey)) {
    const { place, nic, others } = item
    if (others.length === 0) continue
    const component = balancerComponent(place)
    const comment = plan.mark({
      stage: 'translate',
      decision: 'refuse',
      component,
      code: 'lb.return-bypass',
    })
    const carried = 'meta l4proto { 6, 17 }'
    const came = `iifname "${devicesOf(nic).uplink}" ether saddr ${place.backMac} ${carried}`
    space.nft(`${came} update @${nameOf(item)} { ${back} }`, component)
    const elsewhere = `iifname ${set(others.map((other) => `"${devicesOf(other).guest}"`))}`
    space.nft(rule([elsewhere, carried, `${out} @${nameOf(item)}`], 'drop', comment), component)
  }
}

function nameOf({ place, nic }: Balanced): string {
  return `handed${place.nth}_${nic.nth}`
}
