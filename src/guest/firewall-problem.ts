/** Something in the text of a firewall that could not be read. */
export interface FirewallProblem {
  /** `line 7`, or the JSON pointer of the part, such as `/nftables/12/rule`. */
  readonly at: string
  /** A phrase in English without a full stop. */
  readonly says: string
}

/** Something of a firewall that is left out on purpose: it decides about none of these packets. */
export interface IgnoredPart {
  readonly at: string
  readonly says: string
}
