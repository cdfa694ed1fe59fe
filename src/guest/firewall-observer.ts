import type { FirewallField } from './firewall-field.ts'

/**
 * Is told every comparison that a judgement rests on, and so learns for how many other packets it
 * holds: for all that differ in watched fields only, and in each of them not beyond what was said.
 */
export interface FirewallObserver {
  /** Fields that are compared for others too; those that are the same for all of them are not told. */
  readonly watched: ReadonlySet<FirewallField>
  /** The comparison says the same for every value of the field from the packet's own up to this. */
  readonly compared: (field: FirewallField, upTo: bigint) => void
}
