/** A room's floor, and rooms below it that it must not use all the same. */
export type Room = { readonly floor: number; readonly shuns?: readonly string[] }

/** The floors of the house: a room imports only from rooms on lower floors, through their doors. */
export const rooms: Readonly<Record<string, Room>> = {
  net: { floor: 0 },
  model: { floor: 1 },
  findings: { floor: 2 },
  rules: { floor: 2 },
  guest: { floor: 2 },
  fabric: { floor: 3 },
  control: { floor: 3 },
  dialects: { floor: 3 },
  analyzer: { floor: 4 },
  probe: { floor: 4 },
  // The lab is the second, independent reading of a network: sharing an interpretation with the
  // fabric would hide exactly the mistakes it is there to find.
  lab: { floor: 4, shuns: ['fabric'] },
  service: { floor: 5 },
  store: { floor: 6 },
  api: { floor: 6 },
  cli: { floor: 7 },
  server: { floor: 7 },
  agent: { floor: 7 },
  // The design brief has it beside the command line, which shows what it finds.
  conformance: { floor: 6 },
}

/** The room a path lies in, or undefined for files outside `src/<room>/`. */
export function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1]
}
