import { objectToSurroundings } from './check-surroundings.ts'
import { FlowKeys, flowKey, isPortTaken, MOST_PORTS_TRIED, portTaken } from './flow-keys.ts'
import { plainName } from './ground.ts'
import type { Site } from './ground.ts'
import type { Probe, ProbeOutcome, ProbeResult } from './probe.ts'
import { ProcessPool } from './process-pool.ts'
import type {
  HopTrace,
  ListenResult,
  Listener,
  OpenedProber,
  Prober,
  ProbeOptions,
  ProberOptions,
} from './prober.ts'
import { NAMESPACE_FOLDER } from './resident-prober.ts'
import { takeAim } from './take-aim.ts'

/**
 * The prober for machines without koffi: one Node process in each namespace that is probed from or
 * listened in. Slower by far, and it knows less: no GRE, no TTL, no evidence to collect, and an ICMP
 * error only as far as Node passes it on.
 */
export function openFallbackProber(options: ProberOptions): OpenedProber {
  const why = objectToSurroundings(options.machineInode)
  if (why !== null) return { kind: 'refused', why }
  const pool = new ProcessPool(options.folder ?? NAMESPACE_FOLDER, MOST_PROCESSES)
  return { kind: 'open', prober: fallbackProber(pool, options.machineInode) }
}

/** Each holds some 40 MB, 10 of them its own. */
const MOST_PROCESSES = 48

/** Namespaces probed from at the same time. */
const SIDE_BY_SIDE = 4

/** For a process to start, beyond the time a probe may take. */
const START_MS = 10_000

interface Crew {
  readonly pool: ProcessPool
  readonly machineInode: bigint
  readonly keys: FlowKeys
}

function fallbackProber(pool: ProcessPool, machineInode: bigint): Prober {
  const crew = { pool, machineInode, keys: new FlowKeys() }
  return {
    kind: 'processes',
    probe: async (batch, options) => probeAll(crew, batch, options),
    trace: async (batch) => batch.map(({ id }) => untraced(id)),
    async listen(listeners) {
      const results: ListenResult[] = []
      for (const listener of listeners) results.push(await listen(crew, listener))
      return results
    },
    async release(namespaces) {
      for (const namespace of namespaces) pool.release(namespace)
    },
    async close() {
      pool.close()
    },
  }
}

async function probeAll(
  crew: Crew,
  batch: readonly Probe[],
  { timeoutMs, inFlight }: ProbeOptions,
): Promise<readonly ProbeResult[]> {
  crew.keys.begin(batch)
  const results: ProbeResult[] = []
  const byNamespace = new Map<string, number[]>()
  batch.forEach(({ namespace }, i) => {
    const indexes = byNamespace.get(namespace) ?? []
    byNamespace.set(namespace, indexes)
    indexes.push(i)
  })
  const share = Math.max(1, Math.floor(inFlight / SIDE_BY_SIDE))
  await eachLimited([...byNamespace.values()], SIDE_BY_SIDE, async (indexes) =>
    eachLimited(indexes, share, async (i) => {
      results[i] = await probeOne(crew, batch[i], timeoutMs)
    }),
  )
  return results
}

async function probeOne(crew: Crew, probe: Probe, timeoutMs: number): Promise<ProbeResult> {
  const { id, protocol } = probe
  const hasPorts = protocol === 'tcp' || protocol === 'udp'
  for (let i = 0; i < MOST_PORTS_TRIED; i++) {
    const port = hasPorts ? (probe.sourcePort ?? crew.keys.take(protocol)) : undefined
    const outcome = await order(crew, probe, port, timeoutMs)
    if (port === undefined) return { id, outcome }
    if (probe.sourcePort !== undefined || !isPortTaken(outcome))
      return { id, flow: flowKey(protocol, port), outcome }
  }
  return { id, outcome: portTaken }
}

async function order(
  { pool, machineInode }: Crew,
  probe: Probe,
  sourcePort: number | undefined,
  timeoutMs: number,
): Promise<ProbeOutcome> {
  const aim = takeAim(probe)
  const why = typeof aim === 'string' ? aim : objectToSite(probe, machineInode)
  if (why !== null) return { kind: 'not_measured', why }
  const ordered = {
    ...probe,
    ...(sourcePort !== undefined && { sourcePort }),
    inode: String(probe.inode),
    payload: `hopwise ${probe.id} ${sourcePort ?? 0}`,
  }
  const reply = await pool
    .of(probe.namespace)
    ?.ask((order) => ({ kind: 'probe', order, probe: ordered, timeoutMs }), timeoutMs + START_MS)
  if (typeof reply === 'string') return { kind: 'not_measured', why: reply }
  return reply?.kind === 'probed' ? reply.outcome : { kind: 'not_measured', why: noRoom }
}

async function listen({ pool, machineInode }: Crew, listener: Listener): Promise<ListenResult> {
  const why = objectToSite(listener, machineInode)
  if (why !== null) return { kind: 'not_measured', why }
  const ordered = { ...listener, inode: String(listener.inode) }
  const reply = await pool
    .of(listener.namespace)
    ?.ask((order) => ({ kind: 'listen', order, listener: ordered }), START_MS)
  if (typeof reply === 'string') return { kind: 'not_measured', why: reply }
  if (reply?.kind !== 'listened') return { kind: 'not_measured', why: noRoom }
  if (reply.result.kind === 'listening') pool.keep(listener.namespace)
  return reply.result
}

const noRoom = `without koffi no more than ${MOST_PROCESSES} namespaces can be served at a time`

/** Why no process may be started there; that it is the right namespace, the process itself checks. */
function objectToSite({ namespace, inode }: Site, machineInode: bigint): string | null {
  if (inode === machineInode) return 'this is the machine’s own network namespace'
  return plainName.test(namespace) ? null : `${JSON.stringify(namespace)} names no namespace`
}

function untraced(id: number): HopTrace {
  const end = { kind: 'not_measured', why: 'a TTL needs koffi' } as const
  return { id, hops: [], ttl: 1, end, sent: [] }
}

/** Runs a task for each item, so many at a time, in the order of the items. */
async function eachLimited<T>(
  items: readonly T[],
  limit: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const work = async () => {
    for (const item of queue) await task(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
}
