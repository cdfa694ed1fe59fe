import { type PlanFault, planFaults } from './plan-faults.ts'
import { runConformance } from './run-conformance.ts'

/** How a planted mistake of the lab was noticed. */
export interface NoticedFault {
  readonly name: PlanFault['name']
  readonly says: string
  /** Probes sent until the first difference; absent: a whole run showed none. */
  readonly noticedAfter?: number
}

/** Runs the lab with one mistake after the other until a packet contradicts the analyzer. */
export async function plantPlanFaults(
  probes: number,
  seed: number,
  faults: readonly PlanFault[] = planFaults,
): Promise<readonly NoticedFault[]> {
  const noticed: NoticedFault[] = []
  for (const { name, says, plant } of faults) {
    const report = await runConformance({
      probes,
      seed,
      plan: plant,
      enough: ({ mismatches }) => mismatches.length > 0,
    })
    const found = report.mismatches.length > 0
    noticed.push({ name, says, ...(found ? { noticedAfter: report.probes } : {}) })
  }
  return noticed
}
