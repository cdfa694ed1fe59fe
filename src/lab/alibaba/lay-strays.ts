import { namedSet, set } from '../nft-text.ts'
import type { NatExit } from './lay-internet-exit.ts'
import type { RouteContext } from './lay-routes.ts'
import type { LivePublic } from './live-public.ts'

/** Tells a NAT gateway of a stray packet: marks do not leave a namespace, this field does. */
export const STRAY = 'ip dscp 1'

/**
 * A public address belongs to one interface or load balancer. Sent by another one, the private
 * address behind it is to a NAT gateway one like any other (S1 §4.4: replies have to leave where the
 * request came in).
 */
export function layStrays(
  { router: { space, place } }: RouteContext,
  publics: readonly LivePublic[],
  nats: readonly NatExit[],
): void {
  const own = publics.flatMap((one) => {
    if (one.kind === 'interface' && one.nic.vpc === place) {
      return [{ mac: one.nic.mac, address: one.cutThrough ? one.item.address : one.inside }]
    }
    if (one.kind !== 'loadBalancer' || one.balancer.vpc !== place) return []
    const { mac, address } = one.balancer
    return [{ mac, address }]
  })
  if (own.length === 0 || nats.length === 0) return
  const pairs = own.map(({ mac, address }) => `${mac} . ${address}`)
  const known = set([...new Set(own.map(({ address }) => address))])
  const towards = `oifname ${set(nats.map(({ device }) => `"${device}"`))}`
  space.nft('table ip stray {')
  space.nft(namedSet('own', 'ether_addr . ipv4_addr', pairs))
  space.nft('chain on { type filter hook forward priority -10;')
  space.nft(`${towards} ip saddr ${known} ether saddr . ip saddr != @own ip dscp set 1`)
  space.nft('}')
  space.nft('}')
}
