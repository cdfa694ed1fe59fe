import { type Figures, percent } from './figures.ts'
import { type Mismatch, type Report, unexplained } from './run-conformance.ts'

/** Everything a run has to say, for a terminal. */
export function reportLines(report: Report, figures: Figures): readonly string[] {
  const { probes, blocked, through } = figures
  return [
    `${figures.networks} networks, seed ${figures.seed}, ${figures.seconds} s on ${figures.machine}`,
    `deciding rule named: ${percent(figures.sameRule, blocked)} of ${blocked} blocked probes, named first: ${percent(figures.firstRule, blocked)}`,
    `blocked where the answer leaves it open, not comparable: ${figures.incomparable ?? 0}`,
    `same stops: ${percent(figures.sameHops, through)} of ${through} probes that got through`,
    'features by share of probes:',
    ...Object.entries(figures.features).map(
      ([name, count]) => `  ${percent(count, probes).padStart(7)}  ${name}`,
    ),
    ...faultLines(figures),
    ...unexplained(report).slice(0, 20).flatMap(mismatchLines),
  ]
}

function faultLines({ faults }: Figures): readonly string[] {
  if (!faults) return []
  return [
    'mistakes planted in the fabric, and the probes that show them:',
    ...faults.fabric.map(
      ({ semantic, shownBy }) => `  ${String(shownBy).padStart(6)}  ${semantic}`,
    ),
    'mistakes planted in the lab, and the probes until one shows it:',
    ...faults.lab.map(
      ({ name, noticedAfter }) => `  ${String(noticedAfter ?? 'unseen').padStart(6)}  ${name}`,
    ),
  ]
}

/** What both sides say about one packet. */
export function mismatchLines({ seed, question, probed }: Mismatch): readonly string[] {
  const { answer } = probed.candidate
  const { blocker, told } = probed.evidence
  const { from } = question
  const origin = from.kind === 'address' ? from.address : from.id
  const reasons = answer.findings.map(({ leg = '', code }) => `${leg} ${code}`.trim())
  const stopped = blocker ? `${blocker.leg} ${blocker.code} at ${blocker.component.id}` : 'no trace'
  return [
    `differs: seed ${seed}, ${origin} to ${question.to}, protocol ${question.protocol}, port ${question.destinationPort}`,
    `  paper: ${answer.verdict}; ${reasons.join(', ') || 'no finding'}`,
    `  wire:  ${told.outcome.kind}; ${stopped}`,
  ]
}
