import type { Fabric, RankRange } from '#fabric'

/** What the packets of a question are meant for; as in `AskedPacket`, -1 is none. */
export interface Receivers {
  readonly kind: 'receivers'
  readonly ranges: readonly RankRange[]
  readonly target: number
  readonly targetDomain: number
  readonly outside: boolean
  /** Added to the asked port: a DNAT entry is called by another port than the one it leads to. */
  readonly portOffset: number
}

/** One address, and the port it is meant for; -1: whoever has it. */
export const receiver = (
  { ports }: Fabric,
  rank: number,
  target: number,
  portOffset = 0,
): Receivers => ({
  kind: 'receivers',
  ranges: [{ low: rank, high: rank }],
  target,
  targetDomain: target < 0 ? -1 : ports.domain[target],
  outside: false,
  portOffset,
})

/** Several ranges, for whoever has their addresses. */
export const severalReceivers = (ranges: readonly RankRange[], outside: boolean): Receivers => ({
  kind: 'receivers',
  ranges,
  target: -1,
  targetDomain: -1,
  outside,
  portOffset: 0,
})
