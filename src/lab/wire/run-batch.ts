import { notMeasured } from './bench.ts'
import type { Bench, Flight, Launch } from './bench.ts'
import { isPortTaken, MOST_PORTS_TRIED } from './flow-keys.ts'
import { sentFrom } from './judge-socket-error.ts'
import { launchDatagram } from './launch-datagram.ts'
import { launchTcp } from './launch-tcp.ts'
import type { Probe, ProbeResult } from './probe.ts'
import type { ProbeOptions } from './prober.ts'
import { READY } from './socket-numbers.ts'
import { takeAim } from './take-aim.ts'

/**
 * Runs a batch to its end, which is no later than `timeoutMs` after the last launch. Answers,
 * listeners and evidence are all served by the one loop.
 */
export function runBatch(
  bench: Bench,
  batch: readonly Probe[],
  options: ProbeOptions,
): readonly ProbeResult[] {
  const { queue, ground, keys } = bench
  const { evidence } = options
  const run = new BatchRun(bench, batch, options)
  if (evidence) queue.watch(evidence.fd, READY.in, () => evidence.collect())
  try {
    keys.begin(batch)
    while (!run.isOver) {
      run.launchSome()
      queue.serve(run.patience())
      run.giveUpLate()
    }
    return run.results()
  } finally {
    run.abandon()
    ground.leave()
    if (evidence) queue.forget(evidence.fd)
  }
}

/** Launches between two looks at the sockets: few, or the wait would count as latency. */
const BURST = 8

/** Bounds for whatever a caller asks: no connection that takes longer is one. */
const LONGEST_MS = 60_000
const MOST_IN_FLIGHT = 4096

/** One batch on its way. */
class BatchRun {
  readonly #bench: Bench
  readonly #batch: readonly Probe[]
  readonly #timeoutMs: number
  readonly #inFlight: number
  readonly #results: ProbeResult[] = []
  /** In the order of launching, which is the order of deadlines. */
  readonly #flights = new Map<number, Flight>()
  #launched = 0

  constructor(bench: Bench, batch: readonly Probe[], { timeoutMs, inFlight }: ProbeOptions) {
    this.#bench = bench
    this.#batch = batch
    this.#timeoutMs = Math.min(Math.max(timeoutMs, 1), LONGEST_MS)
    this.#inFlight = Math.min(Math.max(inFlight, 1), MOST_IN_FLIGHT)
  }

  get isOver(): boolean {
    return this.#launched === this.#batch.length && this.#flights.size === 0
  }

  launchSome(): void {
    for (let i = 0; i < BURST && this.#mayLaunch; i++) {
      const index = this.#launched++
      const launch = launchProbe(this.#bench, this.#batch[index])
      if (launch.kind === 'flying') this.#follow(index, launch.flight)
      else this.#settle(index, launch)
    }
  }

  /** Milliseconds until something other than a packet wants attention. */
  patience(): number {
    if (this.#mayLaunch) return 0
    const [oldest] = this.#flights.values()
    if (oldest === undefined) return 0
    return Math.max(0, Math.ceil(oldest.startedAt + this.#timeoutMs - performance.now()))
  }

  /** Ends every flight whose time is over. */
  giveUpLate(): void {
    const latest = performance.now() - this.#timeoutMs
    for (const [index, flight] of this.#flights) {
      if (flight.startedAt > latest) return
      const { flow } = flight
      this.#land(index, flight)
      this.#settle(index, { flow, outcome: { kind: 'silent', ...sentFrom(flight) } })
    }
  }

  /** The results in the order of the batch; each probe has one when the run is over. */
  results(): readonly ProbeResult[] {
    return this.#results
  }

  /** Closes what is left when the run breaks off. */
  abandon(): void {
    for (const [index, flight] of this.#flights) this.#land(index, flight)
  }

  get #mayLaunch(): boolean {
    return this.#launched < this.#batch.length && this.#flights.size < this.#inFlight
  }

  #follow(index: number, flight: Flight): void {
    this.#flights.set(index, flight)
    this.#bench.queue.watch(flight.fd, flight.wants, (events) => {
      const outcome = flight.judge(events)
      if (outcome === undefined) return
      this.#land(index, flight)
      this.#settle(index, { flow: flight.flow, outcome })
    })
  }

  #land(index: number, { fd }: Flight): void {
    this.#bench.queue.forget(fd)
    this.#bench.libc.close(fd)
    this.#flights.delete(index)
  }

  #settle(index: number, { flow, outcome }: Omit<ProbeResult, 'id'>): void {
    this.#results[index] = { id: this.#batch[index].id, ...(flow && { flow }), outcome }
  }
}

/** Launches a probe from its own port or, if it names none, from the first that is free there. */
function launchProbe(bench: Bench, probe: Probe): Launch {
  const aim = takeAim(probe)
  if (typeof aim === 'string') return notMeasured(aim)
  const { protocol, sourcePort } = probe
  for (let i = 0; i < MOST_PORTS_TRIED; i++) {
    const number = sourcePort ?? bench.keys.take(protocol)
    if (number === undefined) return notMeasured('the batch has more probes than there are flows')
    const launch =
      protocol === 'tcp'
        ? launchTcp(bench, aim, number)
        : launchDatagram(bench, aim, protocol, number)
    const isTaken = launch.kind === 'landed' && isPortTaken(launch.outcome)
    if (!isTaken || sourcePort !== undefined) return launch
  }
  return notMeasured(`${MOST_PORTS_TRIED} source ports in a row are in use in the namespace`)
}
