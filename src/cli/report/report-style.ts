import type { Answer, FindingRecord, Hop, Stage } from '#model'
import { languageOf } from '#findings'
import type { Labels, LanguageTag } from '#findings'

import { printable } from '../printable.ts'
import type { Paint, Tone } from './paint.ts'
import { wrapText } from './wrap-text.ts'

/** How much of the trace a report shows; each level adds to the one before. */
export type Detail = 'short' | 'wide' | 'trace'

/** How a report is to look. */
export interface ReportStyle {
  readonly language: LanguageTag
  readonly detail: Detail
  /** Columns to fit in; `Infinity`: lines are not broken. */
  readonly width: number
  readonly paint: Paint
}

/** A mark and what it stands for. The words beside it say the same. */
export interface Mark {
  readonly sign: string
  readonly tone: Tone
}

export const verdictMarks = {
  reachable: { sign: '✔', tone: 'good' },
  unreachable: { sign: '✖', tone: 'bad' },
  partial: { sign: '!', tone: 'unsure' },
  leaves_model: { sign: '→', tone: 'unsure' },
  undetermined: { sign: '?', tone: 'unsure' },
} as const satisfies Record<Answer['verdict'], Mark>

export const decisionMarks = {
  admit: { sign: '✔', tone: 'good' },
  refuse: { sign: '✖', tone: 'bad' },
  continue: { sign: '→', tone: 'good' },
  exempt: { sign: '-', tone: 'faint' },
  unknown: { sign: '?', tone: 'unsure' },
} as const satisfies Record<Stage['decision'], Mark>

export const effectMarks = {
  blocks: { sign: '✖', tone: 'bad' },
  undecides: { sign: '?', tone: 'unsure' },
  warns: { sign: '!', tone: 'unsure' },
  informs: { sign: '-', tone: 'faint' },
} as const satisfies Record<FindingRecord['effect'], Mark>

/** The worst that happened at a stop. */
export function markOfHop({ stages }: Hop): Mark {
  const worst = (['refuse', 'unknown'] as const).find((one) =>
    stages.some(({ decision }) => decision === one),
  )
  return decisionMarks[worst ?? 'admit']
}

export function labelsOf({ language }: ReportStyle): Labels {
  return languageOf(language).labels
}

/** A label and what it labels: `Fix: …`, `修复建议：…`. */
export function labelled({ language }: ReportStyle, label: string, text: string): string {
  return `${label}${language === 'zh-CN' ? '：' : ': '}${text}`
}

export function paintMark({ paint }: ReportStyle, { sign, tone }: Mark): string {
  return paint(tone, sign)
}

/** One paragraph: the first line behind `lead`, the others indented as far. */
export interface Paragraph {
  /** Columns before everything. */
  readonly indent: number
  /** What stands before the first line; coloured text may be longer than it looks. */
  readonly lead?: string
  readonly leadWidth?: number
  readonly text: string
  readonly tone?: Tone
}

/** Breaks a paragraph to the width. Its text comes from outside and is made safe to print here. */
export function paragraph(
  { width, paint }: ReportStyle,
  { indent, lead = '', leadWidth = lead.length, text, tone }: Paragraph,
): readonly string[] {
  const left = ' '.repeat(indent)
  const hanging = ' '.repeat(indent + leadWidth)
  const lines = wrapText(printable(text), Math.max(20, width - hanging.length))
  return lines.map((line, index) => {
    const shown = tone === undefined ? line : paint(tone, line)
    return (index === 0 ? left + lead + shown : hanging + shown).trimEnd()
  })
}
