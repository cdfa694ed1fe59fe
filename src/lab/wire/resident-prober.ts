import { randomInt } from 'node:crypto'
import type { Bench } from './bench.ts'
import { objectToSurroundings } from './check-surroundings.ts'
import { FlowKeys } from './flow-keys.ts'
import { Ground } from './ground.ts'
import type { Libc } from './libc.ts'
import { loadLibc } from './load-libc.ts'
import { MessageBox } from './message-box.ts'
import type { ListenResult, Listener, OpenedProber, Prober, ProberOptions } from './prober.ts'
import { ReadyQueue } from './ready-queue.ts'
import { runBatch } from './run-batch.ts'
import { openListener } from './serve-listeners.ts'
import type { OpenListener } from './serve-listeners.ts'
import { traceHops } from './trace-hops.ts'

/** Where iproute2 keeps the names of namespaces. */
export const NAMESPACE_FOLDER = '/run/netns'

/**
 * The prober that serves every namespace from this one thread, through koffi. It is refused where
 * koffi is absent, and where a packet could leave this process for the machine's own network.
 */
export async function openResidentProber(options: ProberOptions): Promise<OpenedProber> {
  const loaded = await loadLibc()
  if (loaded.kind === 'absent') return { kind: 'refused', why: loaded.why }
  const why = objectToSurroundings(options.machineInode)
  if (why !== null) return { kind: 'refused', why }
  const ground = new Ground(loaded.libc, options.folder ?? NAMESPACE_FOLDER, options.machineInode)
  return { kind: 'open', prober: residentProber(assemble(loaded.libc, ground)) }
}

function assemble(libc: Libc, ground: Ground): Bench {
  return {
    libc,
    ground,
    queue: new ReadyQueue(libc),
    box: new MessageBox(libc),
    keys: new FlowKeys(),
    nonce: randomInt(2 ** 32),
  }
}

/** Each method runs to its end before the next can begin: nothing in it waits for Node. */
function residentProber(bench: Bench): Prober {
  const listeners = new Set<OpenListener>()
  // Between batches, for whoever tries the lab by hand.
  const idle = setInterval(() => listeners.size > 0 && bench.queue.serve(0), IDLE_MS).unref()
  const shut = (isMeant: (listener: OpenListener) => boolean) => {
    for (const listener of listeners) {
      if (!isMeant(listener)) continue
      bench.queue.forget(listener.fd)
      bench.libc.close(listener.fd)
      listeners.delete(listener)
    }
  }
  return {
    kind: 'resident',
    probe: async (batch, options) => runBatch(bench, batch, options),
    trace: async (batch, options) =>
      traceHops(batch, options, (probes) => runBatch(bench, probes, options)),
    listen: async (wanted) => openListeners(bench, wanted, listeners),
    async release(namespaces) {
      const named = new Set(namespaces)
      shut(({ namespace }) => named.has(namespace))
      for (const namespace of named) bench.ground.forget(namespace)
    },
    async close() {
      clearInterval(idle)
      shut(() => true)
      bench.queue.close()
      bench.ground.close()
    },
  }
}

/** Twenty milliseconds are nothing to a person, and a look costs a microsecond. */
const IDLE_MS = 20

function openListeners(
  bench: Bench,
  wanted: readonly Listener[],
  listeners: Set<OpenListener>,
): readonly ListenResult[] {
  try {
    return wanted.map((listener) => {
      const { result, open } = openListener(bench, listener)
      if (open) listeners.add(open)
      return result
    })
  } finally {
    bench.ground.leave()
  }
}
