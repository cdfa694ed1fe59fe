import { notMeasured } from './bench.ts'
import type { Bench, Flight, Launch } from './bench.ts'
import { cutIpv4Header, datagramKinds } from './datagram-kind.ts'
import type { DatagramKind, Tag } from './datagram-kind.ts'
import { ERRNO, nameErrno } from './errno-name.ts'
import { flowKey } from './flow-keys.ts'
import { judgeSocketError, sentFrom, takeSocketError } from './judge-socket-error.ts'
import type { Departure } from './judge-socket-error.ts'
import type { ProbeOutcome, ProbeProtocol } from './probe.ts'
import { MESSAGE, READY } from './socket-numbers.ts'
import {
  anyAddress,
  bindTo,
  checkLocal,
  connectTo,
  familyNumber,
  judgeBind,
  setProbeOptions,
} from './socket-steps.ts'
import type { Aim } from './take-aim.ts'

/**
 * Sends one datagram from a connected socket. Connecting sends nothing and tells the source
 * address; for IPv4 it looks up the route a second time with that address, as TCP does, so the
 * protocols agree on the way.
 */
export function launchDatagram(
  bench: Bench,
  aim: Aim,
  protocol: Exclude<ProbeProtocol, 'tcp'>,
  number: number,
): Launch {
  const { libc, ground } = bench
  const { probe, destination } = aim
  const kind = datagramKinds[protocol]
  const flow = flowKey(protocol, number)
  const family = familyNumber(destination)
  const socket = ground.open(probe, family, kind.type, kind.protocol(destination))
  if (socket.kind === 'closed') return notMeasured(socket.why, flow)
  const { fd } = socket
  const land = (outcome: ProbeOutcome): Launch => {
    libc.close(fd)
    return { kind: 'landed', flow, outcome }
  }
  const failed = connectFor(bench, fd, aim, kind.hasPorts ? number : 0)
  if (failed !== null) return land(failed)
  const local = checkLocal(bench, fd, aim)
  if (local.kind === 'wrong') return land({ kind: 'not_measured', why: local.why })
  const tag = { number, payload: payloadOf(bench, aim) }
  const from = {
    local: local.address.text,
    ...(kind.hasPorts && { localPort: number }),
    startedAt: performance.now(),
  }
  const flight: Flight = {
    fd,
    flow,
    wants: READY.in,
    ...from,
    judge: () => judgeDatagram(bench, fd, aim, kind, tag, from),
  }
  const request = kind.request(tag, destination)
  const sent = libc.send(fd, request, request.length, MESSAGE.noSignal)
  if (sent >= 0) return { kind: 'flying', flight }
  // A reject rule of the guest itself gives EPERM, and an ICMP error that says more.
  const said = flight.judge(READY.error)
  return land(said ?? { kind: 'error', errno: nameErrno(-sent), stage: 'send' })
}

/** Binds and connects; null when the socket may be asked for its address. */
function connectFor(bench: Bench, fd: number, aim: Aim, port: number): ProbeOutcome | null {
  const { libc } = bench
  const set = setProbeOptions(bench, fd, aim)
  if (set < 0) return { kind: 'not_measured', why: `setsockopt: ${nameErrno(-set)}` }
  const bound = bindTo(libc, fd, aim.source ?? anyAddress(aim), port)
  if (bound < 0) return judgeBind(bound)
  const connected = connectTo(libc, fd, aim.destination, aim.probe.port ?? 0)
  if (connected >= 0) return null
  return { kind: 'error', errno: nameErrno(-connected), stage: 'connect' }
}

/** An even number of bytes: the prober's nonce and the probe's id. */
function payloadOf({ nonce }: Bench, { probe }: Aim): Buffer {
  const payload = Buffer.alloc(12, 'hops')
  payload.writeUInt32BE(nonce, 4)
  payload.writeUInt32BE(probe.id >>> 0, 8)
  return payload
}

function judgeDatagram(
  bench: Bench,
  fd: number,
  { destination }: Aim,
  kind: DatagramKind,
  tag: Tag,
  from: Departure,
): ProbeOutcome | undefined {
  const sent = sentFrom(from)
  const error = takeSocketError(bench, fd, (quoted) => kind.isQuoted(quoted, tag))
  if (error !== undefined) return judgeSocketError(error, sent, 'wait')
  const hasHeader = destination.family === 4 && !kind.hasPorts
  for (let i = 0; i < MOST_RECEIVED; i++) {
    const length = bench.libc.recv(fd, received, received.length, MESSAGE.dontWait)
    if (length === -ERRNO.again) return undefined
    // The error that a raw socket reports may be about another probe's packet, or none of ours.
    if (length < 0) continue
    const packet = received.subarray(0, length)
    const datagram = hasHeader ? cutIpv4Header(packet) : packet
    if (kind.isAnswer(datagram, tag, destination)) return { kind: 'answered', ...sent }
  }
  return undefined
}

/** Overwritten by each datagram; ours are far smaller. */
const received = Buffer.alloc(2048)

/** A raw socket hears all of its protocol from the destination; the rest waits for the next turn. */
const MOST_RECEIVED = 64
