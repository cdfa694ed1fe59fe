import type { GuestJudge } from './guest-fact.ts'

/** The components of a fabric, each answering for the packet in hand and shrinking its box. */
export interface Judge {
  readonly packet: Int32Array
  /**
   * A port's security groups. `peer` is the port behind the far address as the walk knows it, or
   * -1. Returns an entry, or one of `JUDGED` (intra-group acceptance by group g: -4 - g).
   */
  groups(port: number, egress: boolean, peer: number): number
  /** The entry that may match and so left the last judgement `unread`; negative: a membership does. */
  openEntry(): number
  /** One filter of a port's chain. Returns an entry, `defaultDrop`, `defaultAccept` or `unread`. */
  filter(filter: number, port: number, egress: boolean, peer: number): number
  /** Whether no filter behind the one that said so is asked. */
  isFinal(judged: number): boolean
  /** A stateless list. Returns an entry, `defaultDrop` or `defaultAccept`. */
  list(list: number, egress: boolean): number
  accepts(judged: number): boolean
  /** Value of a map at the packet's destination; shrinks the destination. */
  lookUp(map: number): number
  /** Value of a map at the packet's source; shrinks the source. */
  lookBack(map: number): number
  /** Whether the far end is exempt from ACLs; shrinks it to the stretch of which that holds. */
  filterExempt(egress: boolean): boolean
  /** Value of a map at a rank, without shrinking anything. */
  valueAt(map: number, rank: number): number
  /** Port that owns a rank inside a domain, `NO_MASTER`, -1 (not read) or `NOBODY`. */
  owner(domain: number, rank: number): number
  /** Public record of a rank, or -1; shrinks the destination to the stretch before the next one. */
  publicAt(rank: number): number
  /** The public identity of a port's address: its own before an IP mapping; -1. */
  mapping(port: number, inside: number): number
  /** Operating systems. Asked only where `instances.system` names one: it takes its time. */
  readonly guest: GuestJudge
}
