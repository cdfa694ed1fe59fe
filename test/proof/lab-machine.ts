import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** A process by number and start: nothing else is ever ended. */
export interface Living {
  readonly pid: number
  readonly ticks: string
}

/** Processes, this one aside, that were started with this variable in their environment. */
export function processesWith(variable: string): readonly Living[] {
  return numbers().flatMap((pid) => {
    if (pid === process.pid) return []
    const found = attempt(() => readFileSync(`/proc/${pid}/environ`, 'utf8'))
    const ticks = ticksOf(pid)
    const isOne = found?.split('\0').includes(variable) === true && ticks !== undefined
    return isOne ? [{ pid, ticks }] : []
  })
}

/** Ends a process if it is still that one. */
export function end({ pid, ticks }: Living, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (ticksOf(pid) === ticks) attempt(() => process.kill(pid, signal))
}

/** The namespaces that a lab's process lives in or keeps by name. */
export function namespacesOf({ pid }: Living): readonly string[] {
  const own = ['net', 'mnt'].map((kind) => attempt(() => readlinkSync(`/proc/${pid}/ns/${kind}`)))
  const machine = ['net', 'mnt'].map((kind) => readlinkSync(`/proc/self/ns/${kind}`))
  const named = mountsOf(pid).match(/net:\[\d+\]/g) ?? []
  return [...own, ...named].flatMap((item) =>
    item === undefined || machine.includes(item) ? [] : [item],
  )
}

/** Those of them that some process still lives in, has mounted, or has open. */
export function stillHeld(namespaces: readonly string[]): readonly string[] {
  const held = new Set<string>()
  for (const pid of numbers()) {
    const own = ['net', 'mnt'].map((kind) => attempt(() => readlinkSync(`/proc/${pid}/ns/${kind}`)))
    const mounted = mountsOf(pid).match(/net:\[\d+\]/g) ?? []
    const open = (attempt(() => readdirSync(`/proc/${pid}/fd`)) ?? []).map((fd) =>
      attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`)),
    )
    for (const item of [...own, ...mounted, ...open]) if (item !== undefined) held.add(item)
  }
  return namespaces.filter((item) => held.has(item))
}

/** The devices of the machine's own network. */
export function machineDevices(): readonly string[] {
  return readdirSync('/sys/class/net').toSorted()
}

/** What the machine has mounted. */
export function machineMounts(): string {
  return readFileSync('/proc/self/mountinfo', 'utf8')
}

function mountsOf(pid: number): string {
  return attempt(() => readFileSync(`/proc/${pid}/mountinfo`, 'utf8')) ?? ''
}

function numbers(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

function ticksOf(pid: number): string | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  return state === 'Z' || state === 'X' ? undefined : fields[18]
}

/** Processes come and go while they are looked at. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
