import { fill, say } from '#findings'
import type { Unmeasured } from '#conformance'

import { labelled, labelsOf, paragraph } from '../report/report-style.ts'
import type { ReportStyle } from '../report/report-style.ts'
import { packetName } from './packet-name.ts'
import { unmeasuredGroups } from './verification.ts'
import type { UnmeasuredGroup, Verification } from './verification.ts'
import type { PassedOver } from './verify-questions.ts'
import { wordsOf } from './verify-words.ts'

/** What was not measured, by reason, each with one of its questions. */
export function unmeasuredLines(verification: Verification, style: ReportStyle): readonly string[] {
  const groups = unmeasuredGroups(verification)
  const width = Math.max(0, ...groups.map(({ count }) => String(count).length))
  return groups.flatMap((group) => {
    const lead = `${String(group.count).padStart(width)}  `
    const text = reasonText(group.because, style)
    const example = labelled(style, wordsOf(style).example, exampleText(group, style))
    return [
      ...paragraph(style, { indent: 2, lead, text }),
      ...paragraph(style, { indent: 2 + lead.length, text: example, tone: 'faint' }),
    ]
  })
}

function reasonText(because: Unmeasured, style: ReportStyle): string {
  const words = wordsOf(style)
  switch (because.kind) {
    case 'left-out':
      return fill(words.leftOut, (name) => (name === 'id' ? because.id : because.reason))
    case 'open': {
      const { verdict, code } = because
      const labels: Readonly<Record<string, string>> = labelsOf(style).verdicts
      const said = labels[verdict] ?? labelsOf(style).verdicts.undetermined
      const sentence = code === undefined ? words.open : words.openBecause
      return fill(sentence, (name) => (name === 'code' ? code : said))
    }
    case 'other':
      return words.reasons[because.words] ?? because.words
  }
}

function exampleText({ example }: UnmeasuredGroup, style: ReportStyle): string {
  const { because } = example
  const reason = because.kind === 'open' ? because.reason : undefined
  const name =
    'kind' in example ? packetName(example.question, undefined, style) : askedName(example)
  return reason === undefined ? name : labelled(style, name, say(reason, style.language))
}

function askedName({ question: { from, to, protocol, port } }: PassedOver): string {
  return [`${from} → ${to}`, `${protocol} ${port ?? ''}`.trim()].join(' · ')
}
