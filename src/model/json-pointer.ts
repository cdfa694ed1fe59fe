/** Appends one step to a JSON pointer, escaped as RFC 6901 §3 asks. */
export function pointerTo(base: string, step: PropertyKey): string {
  return `${base}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The JSON pointer of a path below `base`. */
export function pointerAlong(base: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(pointerTo, base)
}
