import type { AlibabaSemantic } from './alibaba/semantics.ts'
import type { AzureSemantic } from './azure/semantics.ts'
import type { SemanticSwitch } from './semantic.ts'

/**
 * What the steps of a compilation ask about, by the ids of the cloud that has nearly all of them.
 * Another provider says in a table of its own which of them hold there, and by which of its
 * semantics. What only Azure has goes by Azure's ids.
 */
export type Feature = AlibabaSemantic | (typeof furtherFeatures)[number] | AzureSemantic

/** What only other providers have. */
export const furtherFeatures = [
  'lb.health',
  'lb.zones',
  'lb.own-acl',
  'nat.own-acl',
  'eni.nat',
  'internet.attached',
  'route.local-first',
  'sg.chain',
  'route.effective',
  'internet.outbound',
  'lb.public-frontend',
  'lb.return-routed',
] as const

/** What a provider does to packets, as far as a compilation asks. */
export interface ProviderRules {
  readonly on: SemanticSwitch<Feature>
  readonly known: KnownRanges
}

/** Ranges with a meaning of their own in a provider's networks. */
export interface KnownRanges {
  /** IPv4 ranges that no route to the Internet carries. */
  readonly private4: readonly string[]
  /** IPv6 ranges that no route to the Internet carries. */
  readonly private6: readonly string[]
  /** Where the provider's own services live. */
  readonly services: string
  /** Services in it that no list filters. */
  readonly exempt: readonly string[]
  /** The classic network, and the part of it that a VPC may overlap. */
  readonly classic: string
  readonly classicCovered: string
}
