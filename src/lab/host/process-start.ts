import { readFileSync } from 'node:fs'

/**
 * When a process was started, in clock ticks since boot (proc(5), field 22 of stat): with the
 * number it names one process for good. Undefined where there is no such process.
 */
export function startTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name, in brackets, and may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
