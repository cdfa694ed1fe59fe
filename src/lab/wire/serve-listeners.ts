import type { Bench } from './bench.ts'
import { cutIpv4Header, ECHO_MARK, GRE_SIZE, readGreKey } from './datagram-kind.ts'
import { nameErrno } from './errno-name.ts'
import type { Message } from './message-box.ts'
import { encodeControl, parseControl } from './parse-control.ts'
import type { ListenResult, Listener } from './prober.ts'
import { IP, IPV6, LEVEL, READY, SO, SOCKET } from './socket-numbers.ts'
import { bindTo, familyNumber, setNumber } from './socket-steps.ts'
import { toWireAddress } from './wire-address.ts'
import type { WireAddress } from './wire-address.ts'

/** An open listener: its socket, until it is closed. */
export interface OpenListener {
  readonly namespace: string
  readonly fd: number
}

/**
 * Opens one listener, which the bench's queue serves from then on. A TCP connection is accepted and
 * closed; a datagram comes back behind `ECHO_MARK`, from the address that it was sent to.
 */
export function openListener(
  bench: Bench,
  listener: Listener,
): { readonly result: ListenResult; readonly open?: OpenListener } {
  const { ground, libc, queue } = bench
  const address = toWireAddress(listener.address)
  if (address === undefined) return failed(`${listener.address} is no address`)
  const { type, protocol } = socketOf[listener.protocol]
  const socket = ground.open(listener, familyNumber(address), type, protocol)
  if (socket.kind === 'closed') return failed(socket.why)
  const { fd } = socket
  const result = prepare(bench, fd, listener, address)
  if (result < 0) {
    libc.close(fd)
    return { result: { kind: 'error', errno: nameErrno(-result) } }
  }
  const serve =
    listener.protocol === 'tcp'
      ? () => turnAway(bench, fd)
      : () => echo(bench, fd, address.family === 4, listener.protocol === 'gre')
  queue.watch(fd, READY.in, serve)
  return { result: { kind: 'listening' }, open: { namespace: listener.namespace, fd } }
}

const socketOf = {
  tcp: { type: SOCKET.stream, protocol: 0 },
  udp: { type: SOCKET.datagram, protocol: 0 },
  gre: { type: SOCKET.raw, protocol: 47 },
} as const satisfies Record<Listener['protocol'], object>

/** Sets the options, binds, and listens where that is a step of its own. */
function prepare(bench: Bench, fd: number, { protocol, port }: Listener, at: WireAddress): number {
  const { libc } = bench
  // `::` then means IPv6 alone, and 0.0.0.0 may be opened beside it. A raw socket knows no other
  // way, and refuses the option.
  const only =
    at.family === 6 && protocol !== 'gre' ? setNumber(libc, fd, LEVEL.ipv6, IPV6.only, 1) : 0
  if (only < 0) return only
  const option =
    protocol === 'tcp'
      ? setNumber(libc, fd, LEVEL.socket, SO.reuseAddress, 1)
      : askForAddresses(bench, fd, at)
  if (option < 0) return option
  const bound = bindTo(libc, fd, at, protocol === 'gre' ? 0 : (port ?? 0))
  return bound < 0 || protocol !== 'tcp' ? bound : libc.listen(fd, BACKLOG)
}

function askForAddresses({ libc }: Bench, fd: number, { family }: WireAddress): number {
  return family === 4
    ? setNumber(libc, fd, LEVEL.ipv4, IP.packetInfo, 1)
    : setNumber(libc, fd, LEVEL.ipv6, IPV6.receivePacketInfo, 1)
}

/** The kernel has made the handshake; taking the connection keeps its queue from filling. */
function turnAway({ libc }: Bench, fd: number): void {
  for (let i = 0; i < MOST_AT_ONCE; i++) {
    const connection = libc.accept4(fd, null, null, SOCKET.flags)
    if (connection < 0) return
    libc.close(connection)
  }
}

function echo({ box }: Bench, fd: number, isIpv4: boolean, isGre: boolean): void {
  for (let i = 0; i < MOST_AT_ONCE; i++) {
    const message = box.receive(fd, 0)
    if (typeof message === 'number') return
    const data = isGre ? answerGre(message.data, isIpv4) : answerUdp(message.data)
    if (data !== undefined) box.send(fd, { data, ...addressed(message) })
  }
}

/** Undefined for what is an echo itself: two responders must not play ball for ever. */
function answerUdp(data: Buffer): Buffer | undefined {
  return isMarked(data) ? undefined : Buffer.concat([ECHO_MARK, data])
}

function answerGre(data: Buffer, isIpv4: boolean): Buffer | undefined {
  const packet = isIpv4 ? cutIpv4Header(data) : data
  if (readGreKey(packet) === undefined || isMarked(packet.subarray(GRE_SIZE))) return undefined
  return Buffer.concat([packet.subarray(0, GRE_SIZE), ECHO_MARK, packet.subarray(GRE_SIZE)])
}

function isMarked(data: Buffer): boolean {
  return data.subarray(0, ECHO_MARK.length).equals(ECHO_MARK)
}

/** Back to the sender, from the address that it called: a wildcard socket would pick another. */
function addressed({ name, control }: Message): Pick<Message, 'name' | 'control'> {
  const back = Buffer.from(name)
  const info = parseControl(control).find(
    ({ level, type }) =>
      (level === LEVEL.ipv4 && type === IP.packetInfo) ||
      (level === LEVEL.ipv6 && type === IPV6.packetInfo),
  )
  if (info === undefined) return { name: back, control: Buffer.alloc(0) }
  const data = Buffer.from(info.data)
  if (info.level === LEVEL.ipv4) {
    // in_pktinfo: the route chooses the device; the source is the address of the header.
    data.writeUInt32LE(0, 0)
    data.copy(data, 4, 8, 12)
  } else if (!isLinkLocal(data)) data.writeUInt32LE(0, 16)
  return { name: back, control: encodeControl({ ...info, data }) }
}

function isLinkLocal(address: Buffer): boolean {
  return address[0] === 0xfe && (address[1] & 0xc0) === 0x80
}

function failed(why: string): { readonly result: ListenResult } {
  return { result: { kind: 'not_measured', why } }
}

const BACKLOG = 4096

/** What is left is served at the next turn. */
const MOST_AT_ONCE = 64
