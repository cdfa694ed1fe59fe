import type { LabAbility } from '../ability.ts'

/** What a lab's folder says of the process that is responsible for it. */
export interface LabState {
  readonly pid: number
  /** Names it beyond its number: `startOf` in host/process-start. */
  readonly started: string
  /** Whether that process holds the lab; before, it is the one that starts it. */
  readonly isUp: boolean
}

/** Reads a state file; undefined where it is none. */
export function parseState(text: string): LabState | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    const { pid, started, isUp } = value as Partial<LabState>
    return typeof pid === 'number' && typeof started === 'string' && typeof isUp === 'boolean'
      ? { pid, started, isUp }
      : undefined
  } catch {
    return undefined
  }
}

/** What a starting host prints: that it can be asked, or why it cannot hold a lab. */
export type Greeting = { readonly kind: 'ready' } | LabAbility

/** Reads the line that a host of the same version prints; undefined for anything else. */
export function parseGreeting(line: string): Greeting | undefined {
  try {
    const value = JSON.parse(line) as Partial<Greeting> | null
    return value?.kind === undefined ? undefined : (value as Greeting)
  } catch {
    return undefined
  }
}
