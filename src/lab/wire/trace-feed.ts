import { ERRNO } from './errno-name.ts'
import type { Site } from './ground.ts'
import type { Libc } from './libc.ts'
import { parseTrace } from './parse-trace.ts'
import { MESSAGE, SIOCGIFNAME } from './socket-numbers.ts'
import type { TracedPacket, TraceEvent, TraceMessage } from './trace-event.ts'

/** The trace messages of one namespace: taken fast, read later. */
export class TraceFeed {
  readonly namespace: string
  readonly inode: bigint
  readonly fd: number
  readonly #libc: Libc
  #datagrams: Buffer[] = []
  #isOverflowed = false
  readonly #packets = new Map<number, TracedPacket>()
  readonly #devices = new Map<number, string>()

  constructor(libc: Libc, { namespace, inode }: Site, fd: number) {
    this.#libc = libc
    this.namespace = namespace
    this.inode = inode
    this.fd = fd
  }

  /** Takes messages from the kernel, up to a bound; what is left is taken at the next call. */
  collect(): void {
    for (let i = 0; i < MOST_AT_ONCE; i++) {
      const flags = MESSAGE.dontWait | MESSAGE.truncated
      const length = this.#libc.recv(this.fd, received, received.length, flags)
      if (length === -ERRNO.again) return
      if (length < 0 || length > received.length || this.#datagrams.length >= MOST_KEPT)
        this.#isOverflowed = true
      else this.#datagrams.push(Buffer.from(received.subarray(0, length)))
    }
  }

  /** Everything that was taken, and forgets it. */
  read(): readonly TraceEvent[] {
    const datagrams = this.#datagrams
    this.#datagrams = []
    if (this.#packets.size > MOST_PACKETS) this.#packets.clear()
    return datagrams.flatMap((datagram) =>
      parseTrace(datagram).map((message) => this.#complete(message)),
    )
  }

  /** Whether messages were lost since the last call. */
  takeOverflow(): boolean {
    const was = this.#isOverflowed
    this.#isOverflowed = false
    return was
  }

  /** Headers come with the first message of a base chain; the id joins the others to them. */
  #complete(message: TraceMessage): TraceEvent {
    const { traceId, iif, oif } = message
    if (message.packet) this.#packets.set(traceId, message.packet)
    const event: Writable<TraceEvent> = { ...message, namespace: this.namespace }
    const packet = message.packet ?? this.#packets.get(traceId)
    if (packet !== undefined) event.packet = packet
    const iifName = iif === undefined ? undefined : this.#nameDevice(iif)
    if (iifName !== undefined) event.iifName = iifName
    const oifName = oif === undefined ? undefined : this.#nameDevice(oif)
    if (oifName !== undefined) event.oifName = oifName
    return event
  }

  /** The name a device has in the feed's namespace, which is the socket's own. */
  #nameDevice(index: number): string | undefined {
    const known = this.#devices.get(index)
    if (known !== undefined) return known
    const request = Buffer.alloc(INTERFACE_REQUEST_SIZE)
    request.writeInt32LE(index, NAME_SIZE)
    if (this.#libc.ioctl(this.fd, SIOCGIFNAME, request) < 0) return undefined
    const name = request.toString('latin1', 0, request.indexOf(0))
    this.#devices.set(index, name)
    return name
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Overwritten by each message; a trace message has some 300 bytes. */
const received = Buffer.alloc(16 * 1024)

/** So that no namespace keeps the others waiting. */
const MOST_AT_ONCE = 4096

/** Messages kept until they are read: some 300 MB. */
const MOST_KEPT = 1_000_000

/** Packets whose headers are kept from one reading to the next. */
const MOST_PACKETS = 4096

/** `struct ifreq`: the name, then a union. */
const NAME_SIZE = 16
const INTERFACE_REQUEST_SIZE = 40
