import type { Component } from '#model'
import type { SpaceDraft } from '../plan-draft.ts'
import type { LinkLayer } from './link.ts'
import type { SubnetPlace, VpcPlace } from './survey.ts'

/** Tables of a router. */
export const TABLE = {
  /** Delivery inside the VPC and nowhere else. */
  deliver: 800,
  /** To the Internet. */
  internet: 900,
  /** What arrives from the Internet, where a gateway route table says more. */
  gateway: 950,
  /** Straight to a NAT gateway, by its number. */
  nat: 2000,
  /** Back to a load balancer, by its number. */
  balancer: 5000,
  /** The route tables of the network file, by their number. */
  custom: 10_000,
} as const

/**
 * Marks of packets that pass the route table by: to the Internet (HELP IPv4 gateway), and between a
 * load balancer and its backends (decision 0010).
 */
export const MARK = { internet: 1, nat: 1000, balancer: 1_000_000 } as const

/** Device towards the Internet. */
export const INTERNET = 'inet'

/** The namespace of a VPC's router, and what other files add to it. */
export interface Router {
  readonly place: VpcPlace
  readonly space: SpaceDraft
  readonly links: LinkLayer
  readonly of: Component
  /** Whether there is a way out to the Internet. */
  readonly outside: boolean
}

/** The resource of a vSwitch. */
export function subnetComponent({ subnet: { id, name } }: SubnetPlace): Component {
  return { kind: 'subnet', id, ...(name === undefined ? {} : { name }) }
}

/** The ranges of a vSwitch. */
export function rangesOf({ subnet: { cidr, ipv6Cidr } }: SubnetPlace): readonly string[] {
  return ipv6Cidr === undefined ? [cidr] : [cidr, ipv6Cidr]
}
