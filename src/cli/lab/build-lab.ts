import type { RuleNames } from '#conformance'
import { offersFor } from '#lab'
import type { Lab, LabPlan } from '#lab'

import type { Complaint } from '../complaint.ts'
import type { Progress } from '../progress.ts'
import { explainMachine } from './explain-machine.ts'
import type { LabMachine } from './lab-machine.ts'
import { undoOnSignal } from './undo-on-signal.ts'

/** A lab that has just been built. It ends with this process until it is told to stay. */
export interface BuiltLab {
  readonly lab: Lab
  readonly names: RuleNames
  /** Milliseconds. */
  readonly took: number
  /** Call it once the lab may outlive a signal to this process, or has ended. */
  readonly forget: () => void
}

/** A port that guests of which no sockets were seen are to listen on. */
export interface WantedPort {
  readonly protocol: 'tcp' | 'udp'
  readonly port: number
}

/** What is built, under which name. */
export interface BuildOrder {
  readonly name: string
  readonly plan: LabPlan
  readonly ports: readonly WantedPort[]
}

/** Builds a lab, or says why this machine cannot; then nothing is left of it, nor after Ctrl-C. */
export async function buildLab(
  machine: LabMachine,
  { name, plan, ports }: BuildOrder,
  progress: Progress,
): Promise<
  | { readonly ok: true; readonly value: BuiltLab }
  | { readonly ok: false; readonly complaint: Complaint }
> {
  const begun = performance.now()
  progress.report('starting the lab…')
  // First of all: a signal that nobody listens to ends the process where it stands. It is served only
  // after `start` has taken the name or failed, so that only our own lab is ever undone.
  const forget = undoOnSignal(() => machine.endNow(name))
  const starting = machine.start(name)
  let lab: Lab | undefined
  try {
    lab = await starting
    progress.report(`building ${plan.spaces.length} namespaces…`)
    const { handles, guestRules } = await lab.ask({ op: 'build', plan })
    await lab.ask({ op: 'listen', offers: offersFor(plan, ports) })
    const took = Math.round(performance.now() - begun)
    return { ok: true, value: { lab, names: { handles, guestRules }, took, forget } }
  } catch (error) {
    forget()
    await lab?.end().catch(() => machine.endNow(name))
    return { ok: false, complaint: explainMachine(error) }
  }
}
