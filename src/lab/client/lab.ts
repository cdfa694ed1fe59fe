import type { ChildProcess } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { explainLacks } from '../ability.ts'
import { endProcess, isAlive, type ProcessName } from '../host/process-start.ts'
import type { HostAnswers, HostRequest } from '../host/request.ts'
import type { LabPlan } from '../plan.ts'
import { type Connection, openConnection } from './connection.ts'
import { explainStart, missingPrograms } from './lab-ability.ts'
import { claimName } from './claim-name.ts'
import { clearName, filesOf, isLabName, type LabFiles, livingHost, sweep } from './lab-folder.ts'
import { LabTaken } from './lab-taken.ts'
import { type StartedHost, startHost } from './start-host.ts'

/** A lab and the line to it. */
export interface Lab {
  readonly name: string
  ask<R extends HostRequest>(request: R): Promise<HostAnswers[R['op']]>
  /** Leaves it running when this process ends. */
  stay(): Promise<void>
  /** Lets go of the line; a lab that was not told to stay ends with it. */
  release(): void
  /** Ends it and removes what it left. */
  end(): Promise<void>
}

/**
 * Starts an empty lab under a name, after clearing away what killed runs have left. Rejects with
 * `LabTaken`, `UnusableFolder` or, if the machine cannot hold a lab, with everything it lacks.
 */
export async function startLab(name: string): Promise<Lab> {
  if (!isLabName(name)) throw new Error(`"${name}" is no name for a lab`)
  sweep()
  const files = claimName(name)
  if (!files) throw new LabTaken(name, livingHost(name) !== undefined)
  try {
    const { child } = await startAble(files)
    const host = livingHost(name)
    if (!host) throw new Error('the lab’s process has ended')
    return labOver(name, host, await openConnection(files), () => letGo(child))
  } catch (error) {
    clearOwn(files, name)
    throw error
  }
}

async function startAble({ state }: LabFiles): Promise<StartedHost> {
  const lacks = missingPrograms()
  if (lacks.length > 0) throw new Error(explainLacks(lacks))
  const task = { kind: 'hold', folder: dirname(state) } as const
  const started = await startHost(task).catch((error: unknown) => {
    throw new Error(explainLacks([explainStart(error)]), { cause: error })
  })
  if (started.greeting.kind === 'unable') throw new Error(explainLacks(started.greeting.lacks))
  return started
}

function clearOwn({ state }: LabFiles, name: string): void {
  rmSync(dirname(state), { recursive: true, force: true })
  clearName(name)
}

function letGo(child: ChildProcess): void {
  child.stdin?.destroy()
  child.stdout?.destroy()
  child.stderr?.destroy()
  child.unref()
}

/** The lab of a name that is up. Rejects if there is none. */
export async function joinLab(name: string): Promise<Lab> {
  const host = livingHost(name)
  if (!host) throw new Error(`no lab named ${name} is up`)
  return labOver(name, host, await openConnection(filesOf(name)), () => undefined)
}

/**
 * Ends the lab of a name, whether or not it still answers, and removes what it left. False if there
 * was none.
 */
export async function endLab(name: string): Promise<boolean> {
  const host = livingHost(name)
  if (host) await outlive(host, 0)
  clearName(name)
  return host !== undefined
}

/** Keeps the plan and the network beside a lab that stays, for later commands. */
export function keepFiles(name: string, plan: LabPlan, network: string): void {
  writeFileSync(filesOf(name).plan, JSON.stringify(plan))
  writeFileSync(filesOf(name).network, network)
}

function labOver(name: string, host: ProcessName, connection: Connection, letGo: () => void): Lab {
  return {
    name,
    ask: (request) => connection.ask(request),
    async stay() {
      await connection.ask({ op: 'stay' })
    },
    release() {
      connection.close()
      letGo()
    },
    async end() {
      void connection.ask({ op: 'quit' }).catch(() => undefined)
      await outlive(host, PATIENCE_MS)
      connection.close()
      letGo()
      clearName(name)
    },
  }
}

/** A host in the middle of a batch answers late; what it holds goes with it either way. */
const PATIENCE_MS = 2000

/** Waits for the end of a process, and after some time ends it. Rejects if it cannot be ended. */
async function outlive(host: ProcessName, patienceMs: number): Promise<void> {
  const begun = performance.now()
  for (let isTold = false; isAlive(host);) {
    const waited = performance.now() - begun
    if (waited > patienceMs + END_MS) throw new Error(`process ${host.pid} cannot be ended`)
    if (waited >= patienceMs && !isTold) {
      endProcess(host)
      isTold = true
    }
    await setTimeout(LOOK_MS)
  }
}

const LOOK_MS = 2

/** From a signal to the end of a process that waits for the kernel. */
const END_MS = 20_000
