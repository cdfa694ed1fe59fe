import type { ReachReason, ReachRow } from '#analyzer'
import {
  caveat,
  componentName,
  fill,
  languageOf,
  ruleName,
  say,
  serviceName,
  serviceText,
  shownId,
} from '#findings'

import { labelled, labelsOf, paintMark, paragraph, verdictMarks } from '../report/report-style.ts'
import type { ReportStyle } from '../report/report-style.ts'
import { foldSet, type Gathered, type Paragraph, type Side } from './fold-set.ts'
import type { Request } from './read-request.ts'

/** The answer about a set for a terminal: what is reachable first, then what is open, then what is not. */
export function renderSet(request: Request, rows: readonly ReachRow[], style: ReportStyle): string {
  const paragraphs = foldSet(rows, gatheredBy[request.kind])
  const sorted = verdictOrder.flatMap((verdict) =>
    paragraphs.filter((one) => one.verdict === verdict),
  )
  const sections = [
    [...titleLines(request, style), ...(sorted.length === 0 ? nobodyLines(style) : [])],
    ...sorted.map((one) => paragraphLines(request, one, style)),
    paragraph(style, {
      indent: 0,
      text: labelled(style, labelsOf(style).caveat, caveat(style.language)),
    }),
  ]
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

/** Of a matrix, lines are folded already. */
const gatheredBy = {
  to: 'from',
  from: 'to',
  exposed: 'to',
  matrix: 'to',
} as const satisfies Record<Request['kind'], Gathered>

const verdictOrder = [
  'reachable',
  'partial',
  'leaves_model',
  'undetermined',
  'unreachable',
] as const satisfies readonly ReachRow['parts'][number]['verdict'][]

function titleLines(request: Request, style: ReportStyle): readonly string[] {
  const place = 'place' in request ? request.place : ''
  const title = fill(labelsOf(style).sets[request.kind], () => place)
  return paragraph(style, { indent: 0, text: title, tone: 'strong' })
}

const nobodyLines = (style: ReportStyle): readonly string[] =>
  paragraph(style, { indent: 2, text: labelsOf(style).sets.nobody })

function paragraphLines(
  request: Request,
  { verdict, services, from, to, because, findings, at }: Paragraph,
  style: ReportStyle,
): readonly string[] {
  const { sets, verdicts } = labelsOf(style)
  const mark = verdictMarks[verdict]
  const service = services.map((one) => serviceWords(one, style)).join(', ')
  const text = verdict === 'reachable' ? service : labelled(style, verdicts[verdict], service)
  const names = (sides: readonly Side[]) => sides.map((side) => sideName(side, style)).join(', ')
  return [
    ...paragraph(style, {
      indent: 2,
      lead: `${paintMark(style, mark)} `,
      leadWidth: 2,
      text,
      tone: 'strong',
    }),
    ...(request.kind === 'from' ? [] : itemLines(style, sets.source, names(from))),
    ...(request.kind === 'to' ? [] : itemLines(style, sets.destination, names(to))),
    ...itemLines(
      style,
      sets.receiver,
      at.map((one) => componentName(one, style.language)).join(', '),
    ),
    ...itemLines(style, sets.because, reasonsText(because, style)),
    ...findings.flatMap((finding) =>
      paragraph(style, { indent: 6, lead: '- ', text: say(finding, style.language) }),
    ),
  ]
}

function itemLines(style: ReportStyle, label: string, text: string): readonly string[] {
  return text === '' ? [] : paragraph(style, { indent: 6, text: `${label} ${text}` })
}

function serviceWords(
  { protocol, ports }: Paragraph['services'][number],
  style: ReportStyle,
): string {
  if (protocol === 'other') return labelsOf(style).sets.otherProtocols
  const { words } = languageOf(style.language)
  const isEvery = ports === '1-65535'
  const text = isEvery ? serviceText(protocol) : serviceText(protocol, ports?.replaceAll(',', ', '))
  return serviceName(text, words)
}

/** `eni-web-1 (10.0.1.10)`; of a range its part, or its name where it is all of it. */
function sideName({ place, addresses }: Side, { language }: ReportStyle): string {
  if (addresses !== undefined) return addresses.replaceAll(',', ', ')
  if (place.kind === 'internet') return componentName(place, language)
  const id = shownId(place.id)
  return place.address === undefined ? id : `${id} (${place.address})`
}

/** Filters decide who gets in; routes and defaults are in `--json` and in `diagnose`. */
function reasonsText(reasons: readonly ReachReason[], { language }: ReportStyle): string {
  const told = reasons
    .filter(({ stage, rule }) => stage !== 'route' && rule !== 'default')
    .map(({ component, rule }) => {
      const name = componentName(component, language)
      return `${name}: ${ruleName(rule, component, language)}`
    })
  return [...new Set(told)].join('; ')
}
