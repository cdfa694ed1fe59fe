import type { FindingRecord, Hop, Stage } from '#model'

/**
 * The hops of a walk with their stages pointing into an answer's findings, which come in another
 * order than they were met in and leave out what another one hides.
 */
export function numberFindings(
  hops: readonly Hop[],
  met: readonly FindingRecord[],
  listed: readonly FindingRecord[],
): readonly Hop[] {
  const positions = met.map((record) => positionOf(record, listed))
  if (positions.every((position, i) => position === i)) return hops
  return hops.map((hop) =>
    hop.stages.some(({ finding }) => finding !== undefined)
      ? { ...hop, stages: hop.stages.map((stage) => renumber(stage, positions)) }
      : hop,
  )
}

/** Of the record, else of one that says the same; -1 where it is hidden. */
function positionOf(record: FindingRecord, listed: readonly FindingRecord[]): number {
  const position = listed.indexOf(record)
  return position >= 0 ? position : listed.findIndex((other) => saysTheSame(record, other))
}

const saysTheSame = (a: FindingRecord, b: FindingRecord): boolean =>
  a.code === b.code &&
  a.leg === b.leg &&
  a.rule === b.rule &&
  a.component.kind === b.component.kind &&
  a.component.id === b.component.id

function renumber(stage: Stage, positions: readonly number[]): Stage {
  const { finding, ...rest } = stage
  const position = finding === undefined ? -1 : positions[finding]
  return position < 0 ? rest : { ...rest, finding: position }
}
