import { resolve } from 'node:path'

import { namedServices, outsideHosts } from '#conformance'
import { compilePlan } from '#lab'
import type { LabPlan } from '#lab'
import type { Network } from '#model'
import { PROTOCOL } from '#net'

import { isGiven, optionText } from '../command.ts'
import type { Arguments } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { openProgress } from '../progress.ts'
import { choosePaint } from '../report/paint.ts'
import type { LabPlanDocument } from '../schema/lab-plan-schema.ts'
import type { Shell } from '../shell.ts'
import { buildLab } from './build-lab.ts'
import type { BuiltLab, WantedPort } from './build-lab.ts'
import { clearLeftovers } from './clear-leftovers.ts'
import { describeLab } from './describe-lab.ts'
import type { LabLabel } from './kept-lab.ts'
import { labPlanFormat } from './lab-formats.ts'
import { thisMachine } from './lab-machine.ts'
import type { LabMachine } from './lab-machine.ts'
import { readLabName } from './lab-name.ts'
import { openLabNetwork } from './open-lab-network.ts'
import type { LabNetwork } from './open-lab-network.ts'
import { planText } from './plan-text.ts'
import { refuseLab } from './refuse-lab.ts'
import { standingBalancers } from './standing-balancers.ts'
import { atWork, taken } from './taken-name.ts'

const speaker = 'hopwise lab up'

/** `hopwise lab up`: a network, made real, that stays. */
export async function labUp(
  given: Arguments,
  shell: Shell,
  machine: LabMachine = thisMachine,
): Promise<number> {
  const name = readLabName(optionText(given, 'name'))
  if (!name.ok) return refuseLab(name.complaint, speaker, given, shell)
  const [path = ''] = given.operands
  const progress = openProgress(shell)
  try {
    const opened = await openLabNetwork(path, shell, progress)
    if (!opened.ok) return refuseLab(opened.complaint, speaker, given, shell)
    const { network } = opened.value
    const plan = compilePlan(network, { publicHosts: outsideHosts(network) })
    if (isGiven(given, 'dry-run')) return await printPlan(plan, given, shell)
    clearLeftovers(machine, shell)
    if (machine.isUp(name.value)) {
      const label = machine.label(name.value)
      const { complaint } = label ? taken(name.value, label.source) : atWork(name.value)
      return refuseLab(complaint, speaker, given, shell)
    }
    const order = { name: name.value, plan, ports: portsToOffer(network) }
    const built = await buildLab(machine, order, progress)
    progress.end()
    if (!built.ok) return refuseLab(built.complaint, speaker, given, shell)
    const label = await leaveStanding(machine, built.value, plan, opened.value, path)
    const balancers = standingBalancers(network, plan)
    const facts = { name: name.value, path, label, plan, balancers, took: built.value.took }
    shell.stdout.write(
      describeLab(facts, isGiven(given, 'json'), choosePaint(shell.stdout, shell.env)),
    )
    // Until now Ctrl-C has meant that the lab is not wanted.
    built.value.forget()
    return exitCodes.done
  } finally {
    progress.end()
  }
}

/** Whoever was not seen listens on what the rules name, so that a shell can try it. */
export function portsToOffer(network: Network): readonly WantedPort[] {
  return namedServices(network).flatMap(({ protocol, port }) => {
    const word = protocol === PROTOCOL.udp ? 'udp' : 'tcp'
    return port === undefined ? [] : [{ protocol: word, port }]
  })
}

async function leaveStanding(
  machine: LabMachine,
  { lab, names }: BuiltLab,
  plan: LabPlan,
  { text }: LabNetwork,
  path: string,
): Promise<LabLabel> {
  const label = labelOf(plan, path)
  machine.keep(lab.name, { label, plan, network: text, names })
  await lab.stay()
  lab.release()
  return label
}

function labelOf({ spaces, seats }: LabPlan, path: string): LabLabel {
  const count = (role: string): number => spaces.filter((space) => space.role === role).length
  return {
    source: resolve(path),
    since: new Date().toISOString(),
    instances: count('guest'),
    interfaces: seats.filter(({ at }) => at).length,
    vpcs: count('router'),
  }
}

async function printPlan(plan: LabPlan, given: Arguments, { stdout }: Shell): Promise<number> {
  const document: LabPlanDocument = { kind: labPlanFormat, ...plan }
  const pieces = isGiven(given, 'json')
    ? [`${JSON.stringify(document, undefined, 2)}\n`]
    : planText(plan)
  for (const piece of pieces) {
    if (!stdout.write(piece)) await stdout.drained()
    if (stdout.closed()) break
  }
  return exitCodes.done
}
