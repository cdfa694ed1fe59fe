import { rmSync, writeFileSync } from 'node:fs'
import type { LabPlan } from '../plan.ts'
import type { HostAnswers, HostRequest } from '../host/request.ts'
import { type Connection, openConnection } from './connection.ts'
import { filesOf, isLabName, livingHost, makeFolder, sweep } from './lab-folder.ts'
import { startHost } from './start-host.ts'

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
 * Starts an empty lab under a name, after clearing away what killed runs have left. Rejects if the
 * name is taken or the machine cannot hold a lab.
 */
export async function startLab(name: string): Promise<Lab> {
  if (!isLabName(name)) throw new Error(`"${name}" is no name for a lab`)
  sweep()
  if (livingHost(name)) throw new Error(`a lab named ${name} is up already`)
  const files = makeFolder(name)
  try {
    const { child } = await startHost(files)
    const connection = await openConnection(files.socket)
    return labOver(name, connection, () => {
      child.stdin?.destroy()
      child.stdout?.destroy()
      child.stderr?.destroy()
      child.unref()
    })
  } catch (error) {
    rmSync(files.folder, { recursive: true, force: true })
    throw error
  }
}

/** The lab of a name that is up. Rejects if there is none. */
export async function joinLab(name: string): Promise<Lab> {
  if (!livingHost(name)) throw new Error(`no lab named ${name} is up`)
  return labOver(name, await openConnection(filesOf(name).socket), () => undefined)
}

/** Keeps the plan and the network beside a lab that stays, for later commands. */
export function keepFiles(name: string, plan: LabPlan, network: string): void {
  writeFileSync(filesOf(name).plan, JSON.stringify(plan))
  writeFileSync(filesOf(name).network, network)
}

function labOver(name: string, connection: Connection, letGo: () => void): Lab {
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
      await connection.ask({ op: 'quit' })
      connection.close()
      letGo()
      await gone(name)
      rmSync(filesOf(name).folder, { recursive: true, force: true })
    },
  }
}

async function gone(name: string): Promise<void> {
  for (let waited = 0; waited < 200 && livingHost(name); waited++) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
