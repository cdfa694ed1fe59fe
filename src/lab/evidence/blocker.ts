import type { FindingCode } from '#findings'
import type { Component, LegName } from '#model'

/** What stopped a packet: the reason in the words of an answer, and the rule or route that decided. */
export interface Blocker {
  readonly leg: LegName
  readonly code: FindingCode
  readonly component: Component
  readonly rule?: string
  /** How it is known: a traced rule, the route the kernel took, or only that nothing came. */
  readonly by: 'rule' | 'route' | 'silence'
}
