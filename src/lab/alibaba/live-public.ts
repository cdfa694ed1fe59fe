import type { FindingCode } from '#findings'
import type { PublicAddress } from '#model'
import type { BalancerPlace } from './place-balancers.ts'
import type { NatPlace, NicPlace, Survey } from './survey.ts'

/** A public address that carries packets, and where it leads. */
export type LivePublic =
  | {
      readonly kind: 'interface'
      readonly item: PublicAddress
      readonly nic: NicPlace
      /** The private address it stands for. */
      readonly inside: string
      /** Whether it replaces that address in the guest. */
      readonly cutThrough: boolean
    }
  | { readonly kind: 'natGateway'; readonly item: PublicAddress; readonly nat: NatPlace }
  | {
      readonly kind: 'loadBalancer'
      readonly item: PublicAddress
      readonly balancer: BalancerPlace
    }

/** A public address that leads nowhere. */
export interface DeadPublic {
  readonly kind: 'dead'
  readonly item: PublicAddress
  readonly code: FindingCode
}

/** Where each public address leads (S1 §4.1; SDK AssociateEipAddress). */
export function surveyPublics(survey: Survey): readonly (LivePublic | DeadPublic)[] {
  return (survey.network.publicAddress ?? []).map((item) => follow(survey, item))
}

function follow(survey: Survey, item: PublicAddress): LivePublic | DeadPublic {
  const dead = (code: FindingCode): DeadPublic => ({ kind: 'dead', item, code })
  const { boundTo, state, locks = [] } = item
  if (!boundTo) return dead('eip.not-bound')
  if (state !== 'InUse') return dead('eip.bad-state')
  if (locks.length > 0) return dead('eip.bad-state')
  if (item.mode === 'multi-visible') return dead('query.unsupported-feature')
  switch (boundTo.kind) {
    case 'instance':
    case 'networkInterface':
      return toInterface(survey, item, boundTo.id, boundTo.privateAddress)
    case 'haVip':
      return toHaVip(survey, item, boundTo.id)
    case 'natGateway': {
      const gateway = survey.find('natGateway', boundTo.id, item)
      const nat = survey.nats.find((place) => place.gateway === gateway)
      return nat ? { kind: 'natGateway', item, nat } : dead('eip.not-bound')
    }
    case 'loadBalancer': {
      const found = survey.find('loadBalancer', boundTo.id, item)
      const balancer = survey.balancers.find((place) => place.balancer === found)
      return balancer ? { kind: 'loadBalancer', item, balancer } : dead('query.unsupported-feature')
    }
  }
}

/** One private address has one public one (SDK AssociateEipAddress): of several, the first counts. */
export function isSecondOf(one: LivePublic, earlier: readonly LivePublic[]): boolean {
  return earlier.some((other) => {
    if (one.kind === 'interface' && other.kind === 'interface') {
      return other.nic === one.nic && other.inside === one.inside
    }
    return (
      one.kind === 'loadBalancer' &&
      other.kind === 'loadBalancer' &&
      one.balancer === other.balancer
    )
  })
}

function toInterface(
  survey: Survey,
  item: PublicAddress,
  member: string,
  privateAddress: string | undefined,
): LivePublic | DeadPublic {
  const nic = survey.nicOf(member, item)
  const inside = privateAddress ?? nic?.eni.addresses.at(0)
  if (!nic || inside === undefined) {
    return { kind: 'dead', item, code: 'eip.not-bound' }
  }
  return { kind: 'interface', item, nic, inside, cutThrough: item.mode === 'cut-through' }
}

function toHaVip(survey: Survey, item: PublicAddress, id: string): LivePublic | DeadPublic {
  const haVip = survey.find('haVip', id, item)
  const nic = haVip && survey.nicOf(haVip.master, haVip)
  if (!haVip || !nic) return { kind: 'dead', item, code: 'havip.no-master' }
  return { kind: 'interface', item, nic, inside: haVip.address, cutThrough: false }
}
