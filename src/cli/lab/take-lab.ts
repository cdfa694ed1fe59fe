import type { RuleNames } from '#conformance'
import { offersFor } from '#lab'
import type { Lab, LabPlan } from '#lab'

import { accept } from '../complaint.ts'
import type { Complaint } from '../complaint.ts'
import type { Progress } from '../progress.ts'
import type { Shell } from '../shell.ts'
import { buildLab } from './build-lab.ts'
import type { BuildOrder } from './build-lab.ts'
import { explainMachine } from './explain-machine.ts'
import type { LabMachine } from './lab-machine.ts'

/** A lab to ask, for as long as it is needed. */
export interface TakenLab {
  readonly lab: Lab
  readonly plan: LabPlan
  readonly names: RuleNames
  /** Ends it, or leaves it standing where it stood before. */
  readonly leave: () => Promise<void>
}

/** What lab is needed. */
export interface LabOrder extends BuildOrder {
  /** Text of its network. */
  readonly text: string
  /** Hosts outside that it has to have. */
  readonly hosts: readonly string[]
}

type Taken =
  | { readonly ok: true; readonly value: TakenLab }
  | { readonly ok: false; readonly complaint: Complaint }

/** The lab of that name, if it holds the same network; else one for the time being. */
export async function takeLab(
  machine: LabMachine,
  order: LabOrder,
  shell: Shell,
  progress: Progress,
): Promise<Taken> {
  const { name, hosts, text, ports } = order
  const kept = machine.isUp(name) ? machine.kept(name) : undefined
  if (!kept) return buildForNow(machine, order, progress)
  const why =
    kept.network !== text
      ? 'holds another network'
      : hosts.every((host) => kept.plan.publicHosts.includes(host))
        ? undefined
        : 'lacks hosts outside that these questions name'
  if (why !== undefined) {
    shell.stderr.write(
      `hopwise: lab ${name} ${why}; another one is brought up for the time being.\n`,
    )
    return buildForNow(machine, order, progress)
  }
  try {
    const lab = await machine.join(name)
    await lab.ask({ op: 'listen', offers: offersFor(kept.plan, ports) })
    const { plan, names } = kept
    return accept({ lab, plan, names, leave: async () => lab.release() })
  } catch (error) {
    return { ok: false, complaint: explainMachine(error) }
  }
}

async function buildForNow(
  machine: LabMachine,
  order: LabOrder,
  progress: Progress,
): Promise<Taken> {
  const name = `verify-${process.pid}`
  const built = await buildLab(machine, { ...order, name }, progress)
  if (!built.ok) return built
  const { lab, names, forget } = built.value
  const leave = async (): Promise<void> => {
    await lab.end()
    forget()
  }
  return accept({ lab, plan: order.plan, names, leave })
}
