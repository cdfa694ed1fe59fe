import type { RuleNames } from '#conformance'
import type { LabPlan } from '#lab'

/** What people are told about a lab that stands. */
export interface LabLabel {
  /** The network's file or folder, as an absolute path. */
  readonly source: string
  /** RFC 3339, UTC. */
  readonly since: string
  readonly instances: number
  readonly interfaces: number
  readonly vpcs: number
}

/** What is kept beside a lab that stays, for later commands. */
export interface KeptLab {
  readonly label: LabLabel
  readonly plan: LabPlan
  /** The text of its network file. */
  readonly network: string
  /** How the host named the rules when it built them. */
  readonly names: RuleNames
}
