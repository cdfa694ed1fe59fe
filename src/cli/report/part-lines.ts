import { fill, languageOf, serviceName, serviceText } from '#findings'
import type { AnswerPart } from '#model'

import { labelsOf, paintMark, paragraph, verdictMarks } from './report-style.ts'
import type { ReportStyle } from './report-style.ts'

/** Parts that a short report shows of a longer list; one more takes no more room than saying so. */
const mostShown = 8

/** Which of the asked packets share which verdict; what is the same in all parts goes unsaid. */
export function partLines(parts: readonly AnswerPart[], style: ReportStyle): readonly string[] {
  const told = fields.filter((field) => new Set(parts.map((part) => part[field])).size > 1)
  const shown = style.detail === 'short' ? choose(parts) : parts
  const lines = shown.flatMap((part) => {
    const lead = `${paintMark(style, verdictMarks[part.verdict])} `
    return paragraph(style, { indent: 2, lead, leadWidth: 2, text: partText(part, told, style) })
  })
  if (shown.length === parts.length) return lines
  const more = `${fill(labelsOf(style).folded, () => String(parts.length - shown.length))} (--wide)`
  return [...lines, ...paragraph(style, { indent: 2, text: more, tone: 'faint' })]
}

/** What may tell parts apart besides the service, which is always said. */
const fields = ['source', 'sourcePorts', 'destination'] as const

type Field = (typeof fields)[number]

/** The first parts, and the first of each verdict: none may be folded away altogether. */
function choose(parts: readonly AnswerPart[]): readonly AnswerPart[] {
  if (parts.length <= mostShown + 1) return parts
  const verdicts = [...new Set(parts.map(({ verdict }) => verdict))]
  const firsts = verdicts.map((verdict) => parts.find((part) => part.verdict === verdict))
  const others = parts.filter((part) => !firsts.includes(part))
  const left = new Set(others.slice(mostShown - firsts.length))
  return parts.filter((part) => !left.has(part))
}

function partText(part: AnswerPart, told: readonly Field[], style: ReportStyle): string {
  const labels = labelsOf(style)
  const { words } = languageOf(style.language)
  const details = told.flatMap((field) => {
    const value = part[field]
    return value === undefined ? [] : [`${labels[field]} ${value}`]
  })
  const service = serviceName(serviceText(part.protocol, part.ports), words)
  return [labels.verdicts[part.verdict], service, ...details].join(' · ')
}
