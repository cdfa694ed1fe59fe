/** What a lab's process writes about itself. */
export interface LabState {
  readonly pid: number
  /** Clock ticks since boot at which it was started. */
  readonly started: string
}

/** Reads a state file; undefined where it was cut off in the middle of writing. */
export function parseState(text: string): LabState | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    const { pid, started } = value as Partial<LabState>
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined
  } catch {
    return undefined
  }
}
