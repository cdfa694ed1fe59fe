// table: settings of a namespace without which the kernel keeps to itself what a prober asks for

/** One file below `/proc/sys`, as a namespace of the lab should have it. */
export interface WireSetting {
  readonly key: string
  readonly value: string
  readonly why: string
}

/**
 * For every namespace that routes or is probed. Linux limits its own ICMP errors twice: by
 * destination (six, then one a second) and over all (50, then 1000 a second). Of 1000 probes in a
 * row 21 hear of an expired TTL or a closed port, with `icmp_ratelimit` at 0 about 490; only an empty
 * mask lifts both limits.
 */
export const wireSettings: readonly WireSetting[] = [
  {
    key: 'net/ipv4/icmp_ratemask',
    value: '0',
    why: 'no limit on ICMP errors, by destination or over all',
  },
  {
    key: 'net/ipv6/icmp/ratemask',
    value: '\n',
    why: 'the same for ICMPv6; the empty list is written as an empty line',
  },
]
