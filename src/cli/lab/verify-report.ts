import { componentName, fill, languageOf, serviceName, serviceText } from '#findings'
import type { MeasuredQuestion } from '#conformance'
import { formatProtocol } from '#net'

import { displayWidth } from '../report/display-width.ts'
import { labelled, paintMark, paragraph } from '../report/report-style.ts'
import type { Mark, ReportStyle } from '../report/report-style.ts'
import { disagreementLines } from './disagreement-lines.ts'
import { unmeasuredLines } from './unmeasured-lines.ts'
import { aspects, countAspect, measuredOf, tallyOf } from './verification.ts'
import type { Verification } from './verification.ts'
import { wordsOf } from './verify-words.ts'

/** The report of a verification for a terminal; its last line is the same in every language. */
export function verifyReport(verification: Verification, style: ReportStyle): string {
  const { results } = verification
  const measured = measuredOf(results)
  const apart = measured.filter(({ disagrees }) => disagrees.length > 0)
  const words = wordsOf(style)
  const sections = [
    [...headLines(verification, style), ...chosenLines(verification, style)],
    measured.length > 0 ? tableLines(measured, style) : [],
    titled(
      words.disagreements,
      apart.flatMap((one, nth) => disagreementLines(one, nth, verification, style)),
      style,
    ),
    titled(words.unmeasured, unmeasuredLines(verification, style), style),
    titled(words.notInLab, leftOutLines(verification, style), style),
    [lastLine(verification)],
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** `lab verify: 240 asked, 131 reachable, 0 disagree, 12 not measured`, for scripts and for people. */
function lastLine(verification: Verification): string {
  const { asked, reachable, disagree, unmeasured } = tallyOf(verification)
  return `lab verify: ${asked} asked, ${reachable} reachable, ${disagree} disagree, ${unmeasured} not measured`
}

const marks = {
  agree: { sign: '✔', tone: 'good' },
  disagree: { sign: '✖', tone: 'bad' },
  nothing: { sign: '?', tone: 'unsure' },
} as const satisfies Record<string, Mark>

function headLines(verification: Verification, style: ReportStyle): readonly string[] {
  const { asked, reachable, disagree, unmeasured } = tallyOf(verification)
  const measured = asked - unmeasured
  const kind = measured === 0 ? 'nothing' : disagree > 0 ? 'disagree' : 'agree'
  const values: Record<string, string> = {
    measured: String(measured),
    reachable: String(reachable),
    disagree: String(disagree),
  }
  return paragraph(style, {
    indent: 0,
    lead: `${paintMark(style, marks[kind])} `,
    leadWidth: 2,
    text: fill(wordsOf(style)[kind], (name) => values[name]),
    tone: 'strong',
  })
}

function chosenLines({ usual }: Verification, style: ReportStyle): readonly string[] {
  if (!usual || usual.questions.length === 0) return []
  const words = wordsOf(style)
  const { words: nouns } = languageOf(style.language)
  const nameOf = (protocol: number, port: number | undefined): string =>
    serviceName(serviceText(formatProtocol(protocol), port), nouns)
  const named = usual.services.map(({ protocol, port }) => nameOf(protocol, port))
  const { protocol, port } = usual.unnamed
  const unnamed = nameOf(protocol, port)
  const values: Record<string, string> = {
    count: String(usual.questions.length),
    possible: String(usual.possible),
    senders: String(usual.senders),
    destinations: String(usual.destinations),
    services: shortened([...named, unnamed], MOST_SERVICES, style).join(', '),
    unnamed,
  }
  const sampled = usual.questions.length < usual.possible
  const text = [words.chosen, ...(sampled ? [words.sampled] : [])].join(
    style.language === 'zh-CN' ? '' : ' ',
  )
  return paragraph(style, { indent: 2, text: fill(text, (name) => values[name]) })
}

function tableLines(measured: readonly MeasuredQuestion[], style: ReportStyle): readonly string[] {
  const words = wordsOf(style)
  const rows = aspects.map((aspect) => {
    const { compared, agree, disagree } = countAspect(measured, aspect)
    return [words.aspects[aspect], ...[compared, agree, disagree].map(String)]
  })
  const all = [['', words.compared, words.agreeing, words.disagreeing], ...rows]
  const widths = [0, 1, 2, 3].map((at) => Math.max(...all.map((row) => displayWidth(row[at]))))
  return all.map((row) =>
    row
      .map((cell, at) => {
        const padding = ' '.repeat(widths[at] - displayWidth(cell))
        return at === 0 ? `  ${cell}${padding}` : padding + cell
      })
      .join('   '),
  )
}

function titled(title: string, lines: readonly string[], style: ReportStyle): readonly string[] {
  return lines.length === 0
    ? []
    : [...paragraph(style, { indent: 0, text: title, tone: 'strong' }), ...lines]
}

/** More are counted only. */
const MOST_SERVICES = 12
const MOST_LEFT_OUT = 12

function leftOutLines({ leftOut }: Verification, style: ReportStyle): readonly string[] {
  const told = leftOut.map(({ component, reason }) =>
    labelled(style, componentName(component, style.language), reason),
  )
  return shortened(told, MOST_LEFT_OUT, style).flatMap((text) =>
    paragraph(style, { indent: 2, text }),
  )
}

function shortened(items: readonly string[], most: number, style: ReportStyle): readonly string[] {
  if (items.length <= most + 1) return items
  const rest = fill(wordsOf(style).others, () => String(items.length - most))
  return [...items.slice(0, most), rest]
}
