import type { Component, Subnet } from '#model'
import { reportMissing } from './record.ts'
import type { Run } from './run.ts'

/** Where the sources contradict each other about a subnet or its VPC, nothing of it is known. */
export function reportDoubted(run: Run, subnet: Subnet, at: Component): number | undefined {
  if (run.index.gap('subnet', subnet, subnet.id)?.id !== undefined) {
    return reportMissing(run, 'subnet', subnet, at, subnet.id)
  }
  if (run.index.gap('vpc', subnet, subnet.vpcId)?.id !== undefined) {
    return reportMissing(run, 'vpc', subnet, at, subnet.vpcId)
  }
  return undefined
}
