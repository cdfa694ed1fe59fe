import type { PublicAddress } from '#model'
import type { NicPlace, Survey } from './survey.ts'

/** Addresses as a guest has them, the primary one of each family first. */
export interface GuestAddresses {
  readonly ipv4: readonly string[]
  readonly ipv6: readonly string[]
  /** Addresses that are the guest's only while it announces them. */
  readonly haVips: readonly string[]
}

/**
 * The cut-through EIP of an interface: as long as it is bound it stands in the guest where the
 * private address stood, whatever its own state (HELP EIP cut-through mode).
 */
export function cutThroughOf(survey: Survey, nic: NicPlace): PublicAddress | undefined {
  return (survey.network.publicAddress ?? []).find(
    (item) =>
      item.mode === 'cut-through' &&
      item.boundTo !== undefined &&
      survey.nicOf(item.boundTo.id, item) === nic,
  )
}

/** The addresses of an interface. */
export function guestAddresses(survey: Survey, nic: NicPlace): GuestAddresses {
  const replaced = cutThroughOf(survey, nic)
  return {
    ipv4: replaced ? [replaced.address] : nic.eni.addresses,
    ipv6: (nic.eni.ipv6Addresses ?? []).map(({ address }) => address),
    haVips: nic.haVips.map(({ address }) => address),
  }
}

/** All of them. */
export function allAddresses({ ipv4, ipv6, haVips }: GuestAddresses): readonly string[] {
  return [...ipv4, ...ipv6, ...haVips]
}
