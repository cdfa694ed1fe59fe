import type { Probe, ProbeOutcome } from './probe.ts'
import type { ListenResult, Listener } from './prober.ts'

/** A probe as it goes to a namespace's process: its port chosen, its inode as text for JSON. */
export type OrderedProbe = Omit<Probe, 'inode'> & {
  readonly inode: string
  readonly payload: string
}

/** A listener as it goes to a namespace's process. */
export type OrderedListener = Omit<Listener, 'inode'> & { readonly inode: string }

/** What a namespace's process is told to do: one line of JSON on its standard input. */
export type Order =
  | {
      readonly kind: 'probe'
      readonly order: number
      readonly probe: OrderedProbe
      readonly timeoutMs: number
    }
  | { readonly kind: 'listen'; readonly order: number; readonly listener: OrderedListener }

/** What it answers: one line of JSON on its standard output, in any order. */
export type Reply =
  | { readonly kind: 'probed'; readonly order: number; readonly outcome: ProbeOutcome }
  | { readonly kind: 'listened'; readonly order: number; readonly result: ListenResult }
