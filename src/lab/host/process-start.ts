import { readFileSync } from 'node:fs'

/** A process, and no other that ever had or will have its number. */
export interface ProcessName {
  readonly pid: number
  /** Clock ticks from boot to its start, and the boot. */
  readonly started: string
}

/**
 * When a process was started (proc(5), field 22 of stat): with the boot and the number it names one
 * process for good. Undefined where there is no such process, or only its exit code is left.
 */
export function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name, in brackets, and may hold anything.
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z' || state === 'X') return undefined
    return `${fields[18]}-${bootName()}`
  } catch {
    return undefined
  }
}

/** Whether this very process still runs. */
export function isAlive({ pid, started }: ProcessName): boolean {
  return startOf(pid) === started
}

/** This process. */
export function ownName(): ProcessName {
  return { pid: process.pid, started: startOf(process.pid) ?? '' }
}

/** Ends this very process, if it still runs. */
export function endProcess(name: ProcessName): void {
  if (!isAlive(name)) return
  try {
    process.kill(name.pid, 'SIGKILL')
  } catch {
    // It has ended in between.
  }
}

let boot: string | undefined

function bootName(): string {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)
  return boot
}
