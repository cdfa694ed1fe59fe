import type { Space } from '../plan.ts'

/** Name of the tables that turn tracing on. */
export const WATCH = 'watch'

/**
 * Tables that turn tracing on for every packet of a namespace, ahead of all others. The kernel
 * writes trace messages only while somebody listens. Guests without a firewall decide nothing that
 * a rule could show.
 */
export function watchTables({ role, firewall }: Space): readonly string[] {
  const watch = 'meta nftrace set 1'
  const inet = [
    `table inet ${WATCH} {`,
    `chain pre { type filter hook prerouting priority -400; ${watch}; }`,
    `chain out { type filter hook output priority -400; ${watch}; }`,
    '}',
  ]
  const bridge = [
    `table bridge ${WATCH} {`,
    `chain pre { type filter hook prerouting priority -400; ${watch}; }`,
    '}',
  ]
  switch (role) {
    case 'guest':
      return firewall ? inet : []
    case 'hypervisor':
    case 'router':
      return [...inet, ...bridge]
    case 'natGateway':
    case 'loadBalancer':
    case 'internet':
    case 'services':
      return inet
  }
}
