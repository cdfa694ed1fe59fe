import type { Family, IpAddress } from '#net'
import type { FieldKey, MarkField } from './firewall-field.ts'
import type { NumberRange } from './number-range.ts'

/**
 * The firewall of one guest in one form, whichever tool printed it. Declarative on purpose: a rule
 * is data that can be evaluated for one packet, or compiled and evaluated for many.
 */
export interface FirewallRuleset {
  /** A chain's number is its place here. Base chains of equal priority run the last one first. */
  readonly chains: readonly FirewallChain[]
  /** Families whose rules were not seen, wholly or in part: no packet of theirs can be judged. */
  readonly unseenFamilies: readonly Family[]
}

/** `ip` and `ip6` chains see one family of packets, the others both. */
export type FirewallFamily = 'ip' | 'ip6' | 'inet' | 'netdev'

/** A list of rules: called by the kernel (a base chain) or by a rule of the same table. */
export interface FirewallChain {
  readonly family: FirewallFamily
  readonly table: string
  readonly name: string
  readonly base?: BaseChain
  readonly rules: readonly FirewallRule[]
}

/** The places in a packet's way through a guest where the kernel calls chains. */
export const firewallHooks = ['prerouting', 'input', 'forward', 'output', 'postrouting'] as const
/** One of `firewallHooks`. */
export type FirewallHook = (typeof firewallHooks)[number]

/** Where a chain is called from. */
export interface BaseChain {
  readonly hook: FirewallHook
  /** `nat` chains see the first packet of a connection only. */
  readonly type: 'filter' | 'nat' | 'route'
  /** Lower runs earlier. */
  readonly priority: number
  /** What becomes of a packet that no rule decides about. */
  readonly policy: 'accept' | 'drop'
}

/** A rule: its steps are taken in order until one does not match or gives a verdict. */
export interface FirewallRule {
  /**
   * Counted from 1 within the chain, as the tools count. 0 is no rule of theirs: it stands before a
   * chain that may not be in use at all.
   */
  readonly position: number
  /** The number nftables knows the rule by. */
  readonly handle?: number
  readonly comment?: string
  /** The line of `iptables-save`. */
  readonly text?: string
  readonly steps: readonly RuleStep[]
}

/** A condition (the rule ends here for packets that do not match) or something to be done. */
export type RuleStep =
  | FieldMatch
  | TupleMatch
  | UnknownMatch
  | VerdictStep
  | VerdictLookup
  | SetMark
  | ForgetMark
  | Untrack
  | Translate

/** A field lies in one of the ranges, which are joined; or, negated, in none. */
export interface FieldMatch {
  readonly kind: 'match'
  readonly key: FieldKey
  readonly ranges: readonly NumberRange[]
  readonly negated: boolean
}

/** Several fields together lie in one of the boxes; or, negated, in none. */
export interface TupleMatch {
  readonly kind: 'match-tuple'
  readonly keys: readonly FieldKey[]
  /** One range per key. */
  readonly boxes: readonly (readonly NumberRange[])[]
  readonly negated: boolean
}

/** A condition that the facts cannot decide: it may hold or not. */
export interface UnknownMatch {
  readonly kind: 'unknown-match'
  /** What was asked for, in the tool's own words, such as `limit`. */
  readonly because: string
}

/** The end of the rule. */
export interface VerdictStep {
  readonly kind: 'verdict'
  readonly verdict: FirewallVerdict
}

/** A verdict map: the first box that holds the packet gives the verdict; none: the rule ends. */
export interface VerdictLookup {
  readonly kind: 'lookup'
  readonly keys: readonly FieldKey[]
  readonly entries: readonly LookupEntry[]
}

/** One line of a verdict map; `box` has one range per key of the map. */
export interface LookupEntry {
  readonly box: readonly NumberRange[]
  readonly verdict: FirewallVerdict
}

/** `field` becomes `from` AND `keep`, XOR `flip`; a constant has `keep` 0. */
export interface SetMark {
  readonly kind: 'set-mark'
  readonly field: MarkField
  readonly from: MarkField
  readonly keep: bigint
  readonly flip: bigint
}

/** A mark becomes something the facts cannot tell. */
export interface ForgetMark {
  readonly kind: 'forget-mark'
  readonly field: MarkField
}

/** The packet will belong to no connection, unless it already does. */
export interface Untrack {
  readonly kind: 'untrack'
}

/** The packet gets another source or destination, and is accepted by this chain. */
export interface Translate {
  readonly kind: 'translate'
  readonly to: Translation
}

/** The new source or destination. */
export interface Translation {
  readonly end: 'source' | 'destination'
  /** `own`: an address of the guest's choosing, as masquerading does. */
  readonly address: IpAddress | 'kept' | 'own' | 'unknown'
  readonly port: number | 'kept' | 'unknown'
}

/** What a rule says at its end. `chain` is the number of a chain of the same ruleset. */
export type FirewallVerdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'reject'; readonly with: RejectWith }
  | { readonly kind: 'continue' }
  | { readonly kind: 'return' }
  | { readonly kind: 'jump'; readonly chain: number }
  | { readonly kind: 'goto'; readonly chain: number }
  | { readonly kind: 'unknown'; readonly because: string }

/** What the sender of a rejected packet is told, by ICMP unless it is a TCP reset. */
export const rejectReplies = [
  'tcp-reset',
  'net-unreachable',
  'host-unreachable',
  'proto-unreachable',
  'port-unreachable',
  'net-prohibited',
  'host-prohibited',
  'admin-prohibited',
  'no-route',
  'address-unreachable',
  'policy-fail',
  'reject-route',
  'unknown',
] as const
/** One of `rejectReplies`. */
export type RejectWith = (typeof rejectReplies)[number]
