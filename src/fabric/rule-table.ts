import type { PortInterval, RuleProtocol } from '#model'
import type { RankRange } from './address-line.ts'

/**
 * Filter rules as integers: lists of entries in the order in which the first match decides.
 * An entry is four words (reference: 16 bytes, one stream per list):
 * ports `low << 16 | high`; protocol, action and kind of peer; low rank or group; high rank.
 */
export interface RuleTable {
  /** List l occupies entries `offsets[l]` to `offsets[l + 1] - 1`. */
  readonly offsets: Int32Array
  readonly words: Int32Array
  /** Rank of an entry among the lists it is judged with: lower decides. */
  readonly keys: Int32Array
  /** Position of the entry's rule in its resource's own array. */
  readonly rules: Int32Array
  /** Source ports and own addresses of the few entries that narrow them. */
  readonly narrowings: ReadonlyMap<number, Narrowing>
}

export interface Narrowing {
  readonly sourceLow: number
  readonly sourceHigh: number
  readonly local?: RankRange
  /** The port itself has to be in this group. */
  readonly group?: number
  /** Whether its own addresses are these was not read: the entry may match. */
  readonly unread?: boolean
}

/** In place of a protocol number: the entry is for every protocol. */
export const ALL_PROTOCOLS = 256
/** Bit of an entry's second word: it lets packets through. */
export const ACCEPT = 1 << 9
/** Bit of an entry's second word: its peer is a group. */
export const GROUP_PEER = 1 << 10
/** Bit of an entry's second word: source ports or own addresses narrow it. */
export const NARROWED = 1 << 11
/** The peer is a list or a group that was not read: the entry may match. */
export const UNREAD_PEER = 1 << 12
/** What the entry accepts, no filter behind it is asked about. */
export const FINAL = 1 << 13
/** The bits of an entry's second word that hold its protocol. */
export const PROTOCOL_MASK = 0x1ff

/** One entry before packing; `rank` orders it inside its list. */
export interface RuleEntry {
  readonly accept: boolean
  readonly protocol: RuleProtocol
  readonly ports: PortInterval
  readonly peer:
    | { readonly kind: 'ranks'; readonly range: RankRange }
    | { readonly kind: 'group'; readonly group: number; readonly unread: boolean }
    /** A list that was not read, of anything in `range`. */
    | { readonly kind: 'unread'; readonly range: RankRange }
  readonly key: number
  readonly rule: number
  readonly narrowing?: Narrowing
  readonly final?: boolean
}

export const everyPort: PortInterval = { from: 0, to: 65535 }

export class RuleTableBuilder {
  private readonly offsets: number[] = [0]
  private readonly words: number[] = []
  private readonly keys: number[] = []
  private readonly rules: number[] = []
  private readonly narrowings = new Map<number, Narrowing>()

  /** Adds a list whose entries are already in deciding order; returns its number. */
  add(entries: readonly RuleEntry[]): number {
    for (const entry of entries) this.pack(entry)
    this.offsets.push(this.keys.length)
    return this.offsets.length - 2
  }

  build(): RuleTable {
    return {
      offsets: Int32Array.from(this.offsets),
      words: Int32Array.from(this.words),
      keys: Int32Array.from(this.keys),
      rules: Int32Array.from(this.rules),
      narrowings: this.narrowings,
    }
  }

  private pack(entry: RuleEntry): void {
    const protocol = entry.protocol === 'all' ? ALL_PROTOCOLS : entry.protocol
    const { peer, narrowing } = entry
    const flags =
      (entry.accept ? ACCEPT : 0) |
      (peer.kind === 'group' ? GROUP_PEER : 0) |
      (peer.kind === 'unread' || (peer.kind === 'group' && peer.unread) ? UNREAD_PEER : 0) |
      (narrowing ? NARROWED : 0) |
      (entry.final ? FINAL : 0)
    if (narrowing) this.narrowings.set(this.keys.length, narrowing)
    this.words.push(
      (entry.ports.from << 16) | entry.ports.to | 0,
      protocol | flags,
      peer.kind === 'group' ? peer.group : peer.range.low,
      peer.kind === 'group' ? 0 : peer.range.high,
    )
    this.keys.push(entry.key)
    this.rules.push(entry.rule)
  }
}
