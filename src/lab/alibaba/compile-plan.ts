import type { Network } from '#model'
import type { LabPlan } from '../plan.ts'
import { PlanDraft } from '../plan-draft.ts'
import { type GuestAddresses, guestAddresses, allAddresses } from './guest-address.ts'
import { layFilters } from './lay-filters.ts'
import { layGuests, markOfDevice } from './lay-guests.ts'
import { layHypervisor } from './lay-hypervisor.ts'
import { layInternet, layPublicRoutes } from './lay-internet.ts'
import {
  layBypass,
  layInternetExit,
  layTranslation,
  mappedIn,
  type NatExit,
} from './lay-internet-exit.ts'
import { layLinks } from './lay-links.ts'
import { layStrays } from './lay-strays.ts'
import { joinOutside, layNatGateway, type OwnAddress } from './lay-nat-gateway.ts'
import { layArrivals, layNatReturn } from './lay-arrivals.ts'
import { layBalancers } from './lay-balancer-ways.ts'
import { layRouter } from './lay-router.ts'
import { layRoutes, type RouteContext, type Ways } from './lay-routes.ts'
import { layRoutedNeighbours } from './lay-routed-neighbours.ts'
import { leaveOutUnknown } from './leave-out-unknown.ts'
import { layServices } from './lay-services.ts'
import { LinkLayer } from './link.ts'
import { isSecondOf, type LivePublic, surveyPublics } from './live-public.ts'
import type { Router } from './router.ts'
import { type NicPlace, type Survey, surveyNetwork, type VpcPlace } from './survey.ts'
import type { SpaceDraft } from '../plan-draft.ts'

/** What a plan is made for beside the network itself. */
export interface PlanOptions {
  /** Addresses outside every VPC that answer. */
  readonly publicHosts?: readonly string[]
}

/**
 * The second reading of the documents: an Alibaba Cloud network as namespaces, cables, routes and
 * nftables rules. Pure; it shares nothing with room fabric, so that a misreading there is not
 * repeated here.
 */
export function compilePlan(network: Network, options: PlanOptions = {}): LabPlan {
  const plan = new PlanDraft()
  const survey = surveyNetwork(network)
  const publics = surveyPublics(survey)
  const working = publics.filter((item) => item.kind !== 'dead')
  const live = working.filter((item, nth) => !isSecondOf(item, working.slice(0, nth)))
  const addressesOf = remember((nic) => guestAddresses(survey, nic))
  leaveOutUnknown(plan, survey)
  layHypervisor(plan, survey)
  const links = new LinkLayer(plan)
  const routers = new Map(
    survey.vpcs.map(
      (place) => [place, layRouter(plan, links, survey, place, addressesOf)] as const,
    ),
  )
  for (const router of routers.values()) layServices(plan, router)
  const hosts = options.publicHosts ?? []
  const world = layInternet(plan, [...routers.values()], hosts)
  layVpcs({ plan, survey, live, addressesOf, routers, world })
  layPublicRoutes(plan, world, survey, [...routers.values()], publics)
  layGuests(plan, survey, addressesOf)
  for (const nic of survey.nics) laySeat(plan, survey, nic, addressesOf(nic))
  return plan.finish(hosts)
}

function remember(of: (nic: NicPlace) => GuestAddresses): (nic: NicPlace) => GuestAddresses {
  const known = new Map<NicPlace, GuestAddresses>()
  return (nic) => {
    const found = known.get(nic) ?? of(nic)
    known.set(nic, found)
    return found
  }
}

interface VpcLayers {
  readonly plan: PlanDraft
  readonly survey: Survey
  readonly live: readonly LivePublic[]
  readonly addressesOf: (nic: NicPlace) => GuestAddresses
  readonly routers: ReadonlyMap<VpcPlace, Router>
  readonly world: SpaceDraft
}

function layVpcs(layers: VpcLayers): void {
  const { plan, survey, routers, live, addressesOf } = layers
  const between = layLinks(plan, survey, routers)
  for (const [place, router] of routers) {
    const nats = layNats(layers, router)
    const ways: Ways = {
      ...between,
      nat(id, near) {
        const gateway = survey.find('natGateway', id, near)
        const exit = nats.find(({ nat }) => nat.gateway === gateway && nat.vpc === place)
        return exit ? { device: exit.device } : { code: 'route.next-hop-unresolved' }
      },
    }
    const context: RouteContext = { plan, survey, router, ways, addressesOf }
    const mapped = mappedIn(context, live)
    layTranslation(context, mapped)
    layBypass(context, mapped, nats)
    layStrays(context, live, nats)
    layRoutes(context)
    layArrivals(context, nats)
    layBalancers(context)
    layFilters(context, () => layInternetExit(context, mapped, nats))
    layRoutedNeighbours(context)
  }
}

function layNats({ plan, survey, live, world }: VpcLayers, router: Router): NatExit[] {
  const own = ownAddressesIn(router, live)
  return survey.nats
    .filter(({ vpc }) => vpc === router.place)
    .map((nat) => {
      const { exit, space } = layNatGateway(plan, router, nat, live, own)
      if (!router.outside) return exit
      const outer =
        exit.back === undefined
          ? { space: world, device: nat.space }
          : { space: router.space, device: exit.back }
      joinOutside(router, space, outer)
      if (exit.back !== undefined) layNatReturn(plan, survey, router, nat, exit.back, live)
      return exit
    })
}

/** Whoever in a VPC has a public address of its own. */
function ownAddressesIn({ place }: Router, live: readonly LivePublic[]): readonly OwnAddress[] {
  return live.flatMap((one) => {
    const outside = one.item.address
    if (one.kind === 'interface' && one.nic.vpc === place) {
      return [{ inside: one.cutThrough ? outside : one.inside, outside }]
    }
    if (one.kind === 'loadBalancer' && one.balancer.vpc === place) {
      return [{ inside: one.balancer.address, outside }]
    }
    return []
  })
}

function laySeat(plan: PlanDraft, survey: Survey, nic: NicPlace, addresses: GuestAddresses): void {
  const { eni, absentBecause } = nic
  const guest = survey.guests.find(({ nics }) => nics.includes(nic))
  const nth = guest?.nics.indexOf(nic) ?? -1
  const seen = guest?.seen?.devices?.find(({ networkInterfaceId }) => networkInterfaceId === eni.id)
  plan.seat({
    interfaceId: eni.id,
    port: nic.nth,
    vpcId: eni.vpcId,
    addresses: allAddresses(addresses),
    ...(eni.instanceId === undefined ? {} : { instanceId: eni.instanceId }),
    ...(guest
      ? { at: { space: guest.space, device: seen?.name ?? `eth${nth}`, mark: markOfDevice(nth) } }
      : {}),
    ...(absentBecause === undefined ? {} : { absentBecause }),
  })
}
