/**
 * The packet that a walk carries, as integers: a point and, for the dimensions a question may
 * leave open, how far the point can grow upwards before a decision could change. Every judgement
 * shrinks those bounds, so that one walk answers for a whole box of packets.
 */
export const PACKET = {
  source: 0,
  sourceHigh: 1,
  destination: 2,
  destinationHigh: 3,
  protocol: 4,
  sourcePort: 5,
  sourcePortHigh: 6,
  port: 7,
  portHigh: 8,
} as const

/** Words of a packet. */
export const PACKET_WORDS = 9

/** Only TCP and UDP have ports. */
export const hasPortWords = (protocol: number): boolean => protocol === 6 || protocol === 17

/** ICMP or ICMPv6: the questions about them are about echoes. */
export const isIcmp = (protocol: number): boolean => protocol === 1 || protocol === 58
