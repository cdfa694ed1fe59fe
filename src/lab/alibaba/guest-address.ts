import type { LivePublic } from './live-public.ts'
import type { NicPlace } from './survey.ts'

/** Addresses as a guest has them, the primary one of each family first. */
export interface GuestAddresses {
  readonly ipv4: readonly string[]
  readonly ipv6: readonly string[]
  /** Addresses that are the guest's only while it announces them. */
  readonly haVips: readonly string[]
}

/** A cut-through EIP stands in the guest where the private address stood (HELP EIP cut-through mode). */
export function guestAddresses(nic: NicPlace, publics: readonly LivePublic[]): GuestAddresses {
  const replaced = publics.find(
    (item) => item.kind === 'interface' && item.cutThrough && item.nic === nic,
  )
  return {
    ipv4: replaced ? [replaced.item.address] : nic.eni.addresses,
    ipv6: (nic.eni.ipv6Addresses ?? []).map(({ address }) => address),
    haVips: nic.haVips.map(({ address }) => address),
  }
}

/** All of them. */
export function allAddresses({ ipv4, ipv6, haVips }: GuestAddresses): readonly string[] {
  return [...ipv4, ...ipv6, ...haVips]
}
