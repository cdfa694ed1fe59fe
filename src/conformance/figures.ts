import type { FabricFault } from './fabric-faults.ts'
import { featureNames } from './features.ts'
import type { NoticedFault } from './plant-plan-faults.ts'
import { type Report, unexplained } from './run-conformance.ts'

/** The figures of one run, as docs/conformance.json keeps them. */
export interface Figures {
  readonly seed: number
  readonly seconds: number
  readonly machine: string
  readonly networks: number
  readonly probes: number
  readonly reachable: number
  readonly mismatches: number
  readonly explained: number
  readonly blocked: number
  readonly sameRule: number
  readonly firstRule: number
  /** Blocked probes beside those of `blocked`; absent in figures from before they were counted. */
  readonly incomparable?: number
  readonly through: number
  readonly sameHops: number
  /** Probes by feature. */
  readonly features: Readonly<Record<string, number>>
  readonly faults?: PlantedFaults
}

/** What became of planted mistakes. */
export interface PlantedFaults {
  readonly fabric: readonly FabricFault[]
  readonly lab: readonly NoticedFault[]
}

/** Where and how a run was made. */
export interface Circumstances {
  readonly seed: number
  readonly seconds: number
  readonly machine: string
}

/** The figures of a report. */
export function figuresOf(
  report: Report,
  { seed, seconds, machine }: Circumstances,
  faults?: PlantedFaults,
): Figures {
  const { networks, probes, reachable, blocked, sameRule, firstRule, incomparable } = report
  const { through, sameHops } = report
  const mismatches = unexplained(report).length
  const features = featureNames.map((name) => [name, report.coverage.features.get(name) ?? 0])
  return {
    seed,
    seconds: Math.round(seconds),
    machine,
    networks,
    probes,
    reachable,
    mismatches,
    explained: report.mismatches.length - mismatches,
    blocked,
    sameRule,
    firstRule,
    incomparable,
    through,
    sameHops,
    features: Object.fromEntries(features),
    ...(faults ? { faults } : {}),
  }
}

/** The last line of a run, for people and machines. */
export function closingLine(report: Report): string {
  const differing = unexplained(report).length
  const explained = report.mismatches.length - differing
  return `conformance: ${report.probes} probes, ${report.reachable} reachable, ${differing} mismatches, ${explained} explained`
}

/** A share in words: `96.1 %`. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`
}
