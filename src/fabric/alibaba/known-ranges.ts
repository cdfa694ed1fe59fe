import type { KnownRanges } from '../feature.ts'

/** Ranges with a meaning of their own (semantics `internet.*`, `acl.service-exempt`, `classiclink.*`). */
export const knownRanges: KnownRanges = {
  private4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  private6: ['fc00::/7', 'fe80::/10'],
  services: '100.64.0.0/10',
  exempt: ['100.100.2.128/28', '100.100.2.112/28', '100.100.100.200/32'],
  classic: '10.0.0.0/8',
  classicCovered: '10.111.0.0/16',
}
