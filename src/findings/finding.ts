import type { Component, FindingRecord, LegName } from '#model'

import { catalogue } from './catalogue.ts'
import type { FindingCode } from './catalogue.ts'
import type { Effect, FindingRow } from './finding-row.ts'

/** Names of the facts that a code needs. */
export type FactName<C extends FindingCode = FindingCode> = (typeof catalogue)[C]['facts'][number]

/** The exact facts of a code, all of them text. */
export type Facts<C extends FindingCode> = [FactName<C>] extends [never]
  ? Readonly<Record<string, never>>
  : { readonly [F in FactName<C>]: string }

/** What the finder of a reason knows besides its code. */
export interface Given<C extends FindingCode> {
  /** What decided; `findingSubjects` says of which kind it should be. */
  readonly component: Component
  readonly facts: Facts<C>
  /** Absent: the finding belongs to neither leg. */
  readonly leg?: LegName | undefined
  /** The deciding rule or route by the provider's id, or `default`. */
  readonly rule?: string | undefined
}

/**
 * Makes the record of a finding; severity and effect come from its row. A missing fact does not
 * compile. Built for the walk: one small object, no copy of what it is given.
 */
export function finding<C extends FindingCode>(code: C, given: Given<C>): FindingRecord
export function finding(code: FindingCode, given: AnyGiven): FindingRecord {
  const { component, facts, leg, rule } = given
  const { effect } = rows[code]
  const severity = severityOf[effect]
  if (leg === undefined) {
    if (rule === undefined) return { code, severity, effect, component, facts }
    return { code, severity, effect, component, rule, facts }
  }
  if (rule === undefined) return { code, severity, effect, leg, component, facts }
  return { code, severity, effect, leg, component, rule, facts }
}

/** Whether text is a code of this catalogue; answers of other versions may hold codes that are not. */
export function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(catalogue, code)
}

/** Every code, in the order of the catalogue. */
export const findingCodes: readonly FindingCode[] = Object.keys(catalogue).filter(isFindingCode)

const severityOf = {
  blocks: 'error',
  undecides: 'error',
  warns: 'warning',
  informs: 'info',
} as const satisfies Record<Effect, FindingRecord['severity']>

const rows: Readonly<Record<FindingCode, FindingRow>> = catalogue

type AnyGiven = Omit<Given<FindingCode>, 'facts'> & Pick<FindingRecord, 'facts'>
