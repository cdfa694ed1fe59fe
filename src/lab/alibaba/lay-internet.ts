import type { FindingCode } from '#findings'
import type { Component } from '#model'
import { isIpv6, rule } from '../nft-text.ts'
import type { Mark } from '../plan.ts'
import type { PlanDraft, SpaceDraft } from '../plan-draft.ts'
import { BLACK_HOLE, layBlackHole, overLink, setRouter } from './link.ts'
import type { DeadPublic, LivePublic } from './live-public.ts'
import { INTERNET, type Router } from './router.ts'
import type { Survey, VpcPlace } from './survey.ts'

/** Name of the namespace that is everything outside. */
export const WORLD = 'w'

/** The table that a namespace without policy rules looks in. */
const MAIN_TABLE = 254

/** The Internet: hosts on its loopback device, and a way to every public address that works. */
export function layInternet(
  plan: PlanDraft,
  routers: readonly Router[],
  publicHosts: readonly string[],
): SpaceDraft {
  const of: Component = { kind: 'internet', id: 'internet' }
  const space = plan.space(WORLD, 'internet', of)
  setRouter(space)
  space.ip('link set lo up')
  space.ip('addr add 198.18.255.1/32 dev lo')
  for (const host of publicHosts) {
    space.ip(`addr add ${host}/${isIpv6(host) ? '128 nodad' : '32'} dev lo`)
  }
  layBlackHole(space)
  for (const router of routers) {
    const device = deviceTo(router)
    router.links.join(router.of, { space: router.space, device: INTERNET }, { space, device })
  }
  for (const everything of ['0.0.0.0/0', '::/0']) {
    space.ip(`route add ${everything} dev ${BLACK_HOLE} metric 9999`)
    plan.route({
      space: WORLD,
      table: MAIN_TABLE,
      destination: everything,
      mark: { stage: 'gateway', decision: 'refuse', component: of, code: 'route.none' },
    })
  }
  layWorldFilter(plan, space)
  return space
}

/** The device of the Internet towards a VPC. */
export function deviceTo({ place }: Router): string {
  return place.space
}

function layWorldFilter(plan: PlanDraft, space: SpaceDraft): void {
  const component: Component = { kind: 'platform', id: 'platform' }
  const mail = plan.mark({
    stage: 'gateway',
    decision: 'refuse',
    component,
    code: 'policy.platform-blocked',
  })
  const lost = plan.mark({
    stage: 'gateway',
    decision: 'refuse',
    component: space.of,
    code: 'route.none',
  })
  space.nft('table inet world {')
  // HELP TCP port 25: on its way out to the Internet, and no rule opens it.
  space.nft('chain pre { type filter hook prerouting priority -200;')
  space.nft(rule(['iifname != "lo"', 'tcp dport 25'], 'drop', mail))
  space.nft('}')
  space.nft('chain forward { type filter hook forward priority 0; policy accept;')
  space.nft(rule([`oifname "${BLACK_HOLE}"`], 'drop', lost))
  space.nft('}')
  space.nft('chain output { type filter hook output priority 0; policy accept;')
  space.nft(rule([`oifname "${BLACK_HOLE}"`], 'drop', lost))
  space.nft('}')
  space.nft('}')
}

/** Where the Internet sends what is addressed to a public address. */
export function layPublicRoutes(
  plan: PlanDraft,
  space: SpaceDraft,
  survey: Survey,
  routers: readonly Router[],
  publics: readonly (LivePublic | DeadPublic)[],
): void {
  for (const item of publics) {
    const of: Component = { kind: 'publicAddress', id: item.item.id }
    const device = deviceOf(routers, item)
    const way = device === undefined ? `dev ${BLACK_HOLE}` : overLink(device, false)
    space.ip(`route replace ${item.item.address}/32 ${way}`, of)
    const code = item.kind === 'dead' ? item.code : 'igw.absent'
    plan.route({
      space: WORLD,
      table: MAIN_TABLE,
      destination: `${item.item.address}/32`,
      mark: markOf(of, device === undefined ? code : undefined),
    })
  }
  for (const { eni, vpc } of survey.nics) {
    const router = routers.find(({ place }) => place === vpc)
    const open = router && vpc.gateway6 !== undefined
    for (const { address } of eni.ipv6Addresses ?? []) {
      const of: Component = { kind: 'networkInterface', id: eni.id }
      const way = open ? overLink(deviceTo(router), true) : `dev ${BLACK_HOLE}`
      space.ip(`route replace ${address}/128 ${way}`, of)
      plan.route({
        space: WORLD,
        table: MAIN_TABLE,
        destination: `${address}/128`,
        mark: markOf(of, open ? undefined : 'igw.absent'),
      })
    }
  }
}

function markOf(component: Component, code: FindingCode | undefined): Mark {
  if (code === undefined) return { stage: 'gateway', decision: 'continue', component }
  return { stage: 'gateway', decision: 'refuse', component, code }
}

function deviceOf(routers: readonly Router[], item: LivePublic | DeadPublic): string | undefined {
  if (item.kind === 'dead') return undefined
  const vpc = vpcOf(item)
  const router = routers.find(({ place }) => place === vpc)
  if (!router?.outside) return undefined
  const direct = item.kind === 'natGateway' && vpc.mode === 'bypass'
  return direct ? item.nat.space : deviceTo(router)
}

function vpcOf(item: LivePublic): VpcPlace {
  switch (item.kind) {
    case 'interface':
      return item.nic.vpc
    case 'natGateway':
      return item.nat.vpc
    case 'loadBalancer':
      return item.balancer.vpc
  }
}
