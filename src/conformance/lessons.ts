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
  {
    shown: 'a guest takes what is for any of its addresses, by whichever interface it comes in',
    mended: 'fabric: semantic `guest.any-interface`',
  },
  {
    shown:
      'over IPv4 a guest looks up its route once more when it has a source, over IPv6 only where it found none',
    mended: 'fabric: semantic `guest.second-lookup`',
  },
  {
    shown:
      'a guest discards what comes in from outside with an IPv4 address of its own as its source',
    mended: 'fabric: semantic `guest.martian-source`',
  },
  {
    shown: 'a NAT gateway knows the connection of a reply, whichever entry would serve it anew',
    mended: 'analyzer: a reply is held against the translation of its request',
  },
  {
    shown:
      'a guest without an IPv6 address on its primary interface sends by another one, or with the address of another one',
    mended: 'analyzer: only interfaces with an IPv6 address send IPv6 (decision 0004)',
  },
  {
    shown: 'a reply that is translated otherwise than its request is a new connection to a group',
    mended: 'analyzer: groups know a connection by the ends it had there',
  },
  {
    shown:
      'of two IPv6 routes of a guest that differ in their device only, an echo reply takes the one by the device that its request came in by',
    mended: 'fabric: semantic `guest.equal-routes`',
  },
  {
    shown: 'of two equal next hops each had a fault of its own, and the answer named one',
    mended: 'analyzer: every branch that fails is explained',
  },
  {
    shown:
      'a backend waits for ARP before it answers a client of another VPC that has an address of its own vSwitch',
    mended: 'lab: the answer goes to the load balancer whatever its address (decision 0010, 6)',
  },
  {
    shown:
      'where the local route of a public-looking VPC range is out of service, a NAT gateway took packets to it for ones to a host on the Internet',
    mended: 'fabric: semantic `internet.vpc-ranges-private` holds at every gateway',
  },
]
