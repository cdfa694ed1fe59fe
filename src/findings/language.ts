import type {
  Component,
  Decision,
  FindingRecord,
  GapKind,
  LegOutcome,
  StageName,
  Verdict,
} from '#model'

import type { FindingCode } from './catalogue.ts'
import type { Effect } from './finding-row.ts'
import type { Sentence } from './template.ts'

/** BCP 47 tags of the languages that are written. */
export type LanguageTag = 'en' | 'zh-CN'

/** Everything that is said in one language. */
export interface Language {
  readonly findings: Readonly<Record<FindingCode, Sentence>>
  readonly verdicts: Readonly<Record<Verdict, VerdictSentence>>
  readonly words: Words
  readonly labels: Labels
  /** What every answer is subject to. */
  readonly caveat: string
}

/**
 * Whole sentences. Placeholders: `{from}`, `{to}`, `{service}` and, in the second, `{reason}`. The
 * first is for an answer without a finding that explains it.
 */
export interface VerdictSentence {
  readonly plain: string
  readonly because: string
}

/** Nouns with a name of their own: every component, and every kind of missing input. */
export type NamedKind = Component['kind'] | GapKind

/** Why a packet passed without a rule of the input. */
export type ImpliedRule =
  | 'intra-group'
  | 'same-subnet'
  | 'cut-through'
  | 'service'
  | 'direct'
  | 'supposed'

/** The pieces that sentences are made of. */
export interface Words {
  /** Singular; where clouds differ, Alibaba Cloud's word. */
  readonly kinds: Readonly<Record<NamedKind, string>>
  /** Closer nouns by the part of an id before its first hyphen. */
  readonly kindsByPrefix: { readonly [K in NamedKind]?: Readonly<Record<string, string>> }
  /** Components that are named without an id. */
  readonly places: { readonly [K in Component['kind']]?: string }
  /** `{kind}`, `{id}`, `{name}`. */
  readonly named: string
  readonly namedWithName: string
  /** The system inside an instance; `{id}`. */
  readonly guest: string
  /** Stands in a command for an id that the finding does not hold; `{kind}`, `{id}`. */
  readonly idToFill: string
  /** `{id}`, where there is one. */
  readonly rule: Readonly<
    Record<'rule' | 'route' | 'someRule' | 'someRoute' | 'default' | 'session', string>
  >
  /** By the word that stands for a rule where nothing in the input decided. */
  readonly impliedRules: Readonly<Record<ImpliedRule, string>>
  /** What has no id of its own: the network that classic instances share, and all beyond a VPC. */
  readonly classicNetwork: string
  readonly beyond: string
  /** A state of a component, where it is a word of ours; `{reason}`. */
  readonly locked: string
  readonly unknownState: string
  readonly legs: Readonly<Record<'forward' | 'return', string>>
  /** A protocol without a keyword; `{number}`. */
  readonly protocolNumber: string
  readonly everyProtocol: string
  /** The service in a verdict, with ports (`on TCP 3306`) and without; `{service}`. */
  readonly onPort: string
  readonly overProtocol: string
  /** `{reason}` that struck the reply. */
  readonly onTheWayBack: string
  /** `{reason}` that is the first of `{count}` blockers. */
  readonly firstOf: string
  /** A record whose code this release does not know; `{component}`, `{code}`, `{facts}`. */
  readonly unknownCode: Sentence
}

/** What a report prints around the sentences. */
export interface Labels {
  readonly verdict: string
  readonly path: string
  readonly forward: string
  readonly return: string
  readonly findings: string
  readonly noFindings: string
  readonly fix: string
  readonly alternatives: string
  readonly assumptions: string
  readonly caveat: string
  readonly parts: string
  readonly source: string
  readonly destination: string
  readonly protocol: string
  readonly ports: string
  readonly sourcePorts: string
  readonly packet: string
  /** A `{packet}` as it is after a translation. */
  readonly packetNow: string
  readonly component: string
  readonly evidence: string
  readonly candidates: string
  readonly details: string
  readonly stages: Readonly<Record<StageName, string>>
  readonly decisions: Readonly<Record<Decision, string>>
  readonly outcomes: Readonly<Record<LegOutcome, string>>
  /** Outcomes of a leg that no packet has begun. */
  readonly supposedOutcomes: Readonly<Record<LegOutcome, string>>
  /** Stands behind the outcome of a leg whose path goes on after a drop. */
  readonly supposing: string
  /** `{count}` lines that are not shown here. */
  readonly folded: string
  /** `{count}` findings that change nothing about the verdict. */
  readonly foldedFindings: string
  readonly verdicts: Readonly<Record<Verdict, string>>
  readonly severities: Readonly<Record<FindingRecord['severity'], string>>
  readonly effects: Readonly<Record<Effect, string>>
  readonly sets: SetLabels
}

/** What is printed around an answer about a set of pairs; `{place}` is the one that was named. */
export interface SetLabels {
  readonly to: string
  readonly from: string
  readonly exposed: string
  readonly matrix: string
  readonly nobody: string
  readonly source: string
  readonly destination: string
  /** What takes the packets behind the address that they were sent to. */
  readonly receiver: string
  readonly because: string
  /** Protocols that nothing in the network names. */
  readonly otherProtocols: string
}
