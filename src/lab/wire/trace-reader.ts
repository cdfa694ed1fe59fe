import { objectToSurroundings } from './check-surroundings.ts'
import { nameErrno } from './errno-name.ts'
import { Ground } from './ground.ts'
import type { Site } from './ground.ts'
import type { Libc } from './libc.ts'
import { loadLibc } from './load-libc.ts'
import type { Evidence, ProberOptions } from './prober.ts'
import { ReadyQueue } from './ready-queue.ts'
import { NAMESPACE_FOLDER } from './resident-prober.ts'
import { FAMILY, LEVEL, READY, SO, SOCKET } from './socket-numbers.ts'
import { setNumber } from './socket-steps.ts'
import type { Drained } from './trace-event.ts'
import { TraceFeed } from './trace-feed.ts'

/** A reader, or why there is none. */
export type OpenedTraceReader =
  | { readonly kind: 'open'; readonly reader: TraceReader }
  | { readonly kind: 'refused'; readonly why: string }

/** Whether a namespace's trace is read from now on. */
export type TraceOpening =
  | { readonly kind: 'open' }
  | { readonly kind: 'not_measured'; readonly why: string }

/** Opens a reader of nftables traces, under the conditions of a resident prober. */
export async function openTraceReader(options: ProberOptions): Promise<OpenedTraceReader> {
  const loaded = await loadLibc()
  if (loaded.kind === 'absent') return { kind: 'refused', why: loaded.why }
  const why = objectToSurroundings(options.machineInode)
  if (why !== null) return { kind: 'refused', why }
  const ground = new Ground(loaded.libc, options.folder ?? NAMESPACE_FOLDER, options.machineInode)
  return { kind: 'open', reader: new TraceReader(loaded.libc, ground) }
}

/**
 * Reads what `meta nftrace set 1` makes nftables tell, in many namespaces at once. Given as
 * `evidence` to a batch it is emptied while the batch runs.
 */
export class TraceReader implements Evidence {
  readonly fd: number
  readonly #libc: Libc
  readonly #ground: Ground
  readonly #queue: ReadyQueue
  readonly #feeds = new Map<string, TraceFeed>()

  constructor(libc: Libc, ground: Ground) {
    this.#libc = libc
    this.#ground = ground
    this.#queue = new ReadyQueue(libc)
    this.fd = this.#queue.fd
  }

  /** Subscribes to the traces of namespaces; one that is open already stays as it is. */
  open(sites: readonly Site[]): readonly TraceOpening[] {
    try {
      return sites.map((site) => this.#openOne(site))
    } finally {
      this.#ground.leave()
    }
  }

  /** Takes what the kernel holds into this process. */
  collect(): void {
    for (let i = 0; i < MOST_ROUNDS && this.#queue.serve(0) > 0; i++);
  }

  /** Everything since the last drain. Call it when the packets of interest have had their time. */
  drain(): Drained {
    this.collect()
    const feeds = [...this.#feeds.values()]
    const events = feeds.flatMap((feed) => feed.read())
    const overflowed = feeds.filter((feed) => feed.takeOverflow()).map(({ namespace }) => namespace)
    return { events, overflowed }
  }

  /** Ends the subscriptions of these namespaces and lets go of them. */
  release(namespaces: readonly string[]): void {
    for (const namespace of namespaces) {
      const feed = this.#feeds.get(namespace)
      if (feed === undefined) continue
      this.#queue.forget(feed.fd)
      this.#libc.close(feed.fd)
      this.#feeds.delete(namespace)
      this.#ground.forget(namespace)
    }
  }

  close(): void {
    this.release([...this.#feeds.keys()])
    this.#queue.close()
    this.#ground.close()
  }

  #openOne(site: Site): TraceOpening {
    const known = this.#feeds.get(site.namespace)
    if (known?.inode === site.inode) return { kind: 'open' }
    this.release([site.namespace])
    const socket = this.#ground.open(site, FAMILY.netlink, SOCKET.raw, NETLINK_NETFILTER)
    if (socket.kind === 'closed') return { kind: 'not_measured', why: socket.why }
    const { fd } = socket
    const libc = this.#libc
    // Forcing needs root over the machine; else the kernel grants up to net.core.rmem_max.
    if (setNumber(libc, fd, LEVEL.socket, SO.receiveBufferForce, BUFFER_SIZE) < 0)
      setNumber(libc, fd, LEVEL.socket, SO.receiveBuffer, BUFFER_SIZE)
    const bound = libc.bind(fd, netlinkAddress, netlinkAddress.length)
    if (bound < 0) {
      libc.close(fd)
      return { kind: 'not_measured', why: `no subscription to traces: ${nameErrno(-bound)}` }
    }
    const feed = new TraceFeed(libc, site, fd)
    this.#feeds.set(site.namespace, feed)
    this.#queue.watch(fd, READY.in, () => feed.collect())
    return { kind: 'open' }
  }
}

const NETLINK_NETFILTER = 12

/** `struct sockaddr_nl`: port chosen by the kernel, group NFNLGRP_NFTRACE (9) as a bit. */
const netlinkAddress = Buffer.from([FAMILY.netlink, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0])

/** Room for some 30,000 messages. */
const BUFFER_SIZE = 32 * 1024 * 1024

/** Each round serves up to 256 namespaces. */
const MOST_ROUNDS = 1024
