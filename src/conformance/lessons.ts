/** What real packets taught, and what was mended for it. */
export interface Lesson {
  /** What the wire showed. */
  readonly shown: string
  /** Which side was wrong, and what it does now. */
  readonly mended: string
}

/** In the order in which they came up. */
export const lessons: readonly Lesson[] = [
  {
    shown: 'a packet from one address of an instance to another one of it never leaves the guest',
    mended:
      'analyzer: such a question is settled as `query.same-endpoint`, whichever addresses name the ends',
  },
  {
    shown:
      'an IPv6 address in the range of a VPC that no interface has is nobody’s, not a stranger’s',
    mended: 'fabric: semantic `ipv6.range-of-vpc`',
  },
  {
    shown:
      'replies pass the NAT gateway again, and between two EIPs of one network the Internet is a stop',
    mended: 'analyzer: the path of an answer names both',
  },
  {
    shown: 'two GRE flows between the same addresses are one session to a stateful filter',
    mended: 'conformance: each pair of addresses is asked once in a network',
  },
  {
    shown: 'an interface with a cut-through EIP meets no ACL, over IPv6 either',
    mended: 'lab: the exemption is the interface’s, not the address’s',
  },
  {
    shown:
      'a source with a public address of its own keeps it at a NAT gateway, without a session there',
    mended: 'lab: such packets are rewritten one to one',
  },
  {
    shown:
      'a guest goes on sending by an interface that is being detached, and the packets are lost',
    mended: 'lab: its routes by that interface lead nowhere instead of missing',
  },
  {
    shown: 'a socket that is bound to a device does not hear answers that come in by another one',
    mended: 'lab: questions that name an interface are sent by a mark and a policy rule',
  },
]
