import type { FlowKey, Probe, ProbeOutcome, ProbeProtocol } from './probe.ts'

/** The client ports that are handed out: Linux's own range (ip_local_port_range). */
export const CLIENT_PORTS = { low: 32_768, high: 60_999 } as const

/**
 * Hands out client ports, ICMP ids and GRE keys: none twice within a batch, and from batch to
 * batch as late again as possible, because connection tracking remembers a flow for a while.
 */
export class FlowKeys {
  readonly #next: Record<ProbeProtocol, number> = {
    tcp: ranges.tcp.low,
    udp: ranges.udp.low,
    icmp: ranges.icmp.low,
    gre: ranges.gre.low,
  }
  readonly #left: Record<ProbeProtocol, number> = { tcp: 0, udp: 0, icmp: 0, gre: 0 }
  #reserved: Record<ProbeProtocol, ReadonlySet<number>> = nothingReserved

  /** Begins a batch: everything may be handed out again, but for ports that probes ask for. */
  begin(batch: readonly Probe[]): void {
    for (const protocol of protocols) this.#left[protocol] = sizeOf(protocol)
    const asked = (protocol: ProbeProtocol) =>
      new Set(batch.flatMap((p) => (p.protocol === protocol ? (p.sourcePort ?? []) : [])))
    this.#reserved = { ...nothingReserved, tcp: asked('tcp'), udp: asked('udp') }
  }

  /** A number that no other probe of the batch has; undefined when all are handed out. */
  take(protocol: ProbeProtocol): number | undefined {
    while (this.#left[protocol] > 0) {
      this.#left[protocol]--
      const taken = this.#next[protocol]
      const { low, high } = ranges[protocol]
      this.#next[protocol] = taken === high ? low : taken + 1
      if (!this.#reserved[protocol].has(taken)) return taken
    }
    return undefined
  }
}

/** The outcome of a probe whose port is in use: the lab's own affair, not a verdict. */
export const portTaken = {
  kind: 'not_measured',
  why: 'the source port is in use in the namespace',
} as const satisfies ProbeOutcome

/** Whether a probe should be tried from another port. */
export function isPortTaken(outcome: ProbeOutcome): boolean {
  return outcome.kind === 'not_measured' && outcome.why === portTaken.why
}

/** Ports that are tried before a probe is given up. */
export const MOST_PORTS_TRIED = 16

/** The flow of a protocol with this port, id or key. */
export function flowKey(protocol: ProbeProtocol, number: number): FlowKey {
  if (protocol === 'icmp') return { kind: protocol, icmpId: number }
  if (protocol === 'gre') return { kind: protocol, greKey: number }
  return { kind: protocol, sourcePort: number }
}

const protocols = ['tcp', 'udp', 'icmp', 'gre'] as const

const ranges: Readonly<Record<ProbeProtocol, { readonly low: number; readonly high: number }>> = {
  tcp: CLIENT_PORTS,
  udp: CLIENT_PORTS,
  // Translations that had to choose an id took low ones, and their packets were told of other probes.
  icmp: { low: 20_000, high: 65_535 },
  gre: { low: 1, high: 65_535 },
}

const none: ReadonlySet<number> = new Set()
const nothingReserved = { tcp: none, udp: none, icmp: none, gre: none } as const

function sizeOf(protocol: ProbeProtocol): number {
  const { low, high } = ranges[protocol]
  return high - low + 1
}
