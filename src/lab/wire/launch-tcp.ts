import { notMeasured } from './bench.ts'
import type { Bench, Flight, Launch } from './bench.ts'
import { ERRNO, nameErrno } from './errno-name.ts'
import { flowKey } from './flow-keys.ts'
import { judgeSocketError, sentFrom, takeSocketError } from './judge-socket-error.ts'
import type { ProbeOutcome } from './probe.ts'
import { LEVEL, READY, SO, SOCKET, TCP } from './socket-numbers.ts'
import {
  anyAddress,
  bindTo,
  checkLocal,
  connectTo,
  familyNumber,
  getNumber,
  judgeBind,
  setNumber,
  setProbeOptions,
} from './socket-steps.ts'
import type { Aim } from './take-aim.ts'

/**
 * Sends a SYN. connect(2) sends at once, so the address it would choose is asked for before; the
 * SYN itself then goes out unbound, because the route may depend on whether an address was bound
 * (for IPv6 the kernel does not look up the route again with the address it chose).
 */
export function launchTcp(bench: Bench, aim: Aim, port: number): Launch {
  const { libc, ground } = bench
  const flow = flowKey('tcp', port)
  const rehearsed = aim.source ? null : rehearse(bench, aim)
  if (rehearsed !== null) return { flow, ...rehearsed }
  const socket = ground.open(aim.probe, familyNumber(aim.destination), SOCKET.stream, 0)
  if (socket.kind === 'closed') return notMeasured(socket.why, flow)
  const { fd } = socket
  const startedAt = performance.now()
  const outcome = connectFor(bench, fd, aim, port)
  if (outcome !== null) {
    libc.close(fd)
    return { kind: 'landed', flow, outcome }
  }
  const local = checkLocal(bench, fd, aim)
  if (local.kind === 'wrong') {
    libc.close(fd)
    return notMeasured(local.why, flow)
  }
  return { kind: 'flying', flight: flyTcp(bench, fd, local.address.text, port, startedAt) }
}

/**
 * Connects a throw-away socket in repair mode, in which connect(2) chooses route and address and
 * sends nothing (tcp(7) TCP_REPAIR; linux tcp_connect). Null if the address is one the probe may
 * have.
 */
function rehearse(bench: Bench, aim: Aim): Extract<Launch, { readonly kind: 'landed' }> | null {
  const { libc, ground } = bench
  const { probe, destination } = aim
  const landed = (outcome: ProbeOutcome) => ({ kind: 'landed', outcome }) as const
  const socket = ground.open(probe, familyNumber(destination), SOCKET.stream, 0)
  if (socket.kind === 'closed') return landed({ kind: 'not_measured', why: socket.why })
  const { fd } = socket
  try {
    const repair = setNumber(libc, fd, LEVEL.tcp, TCP.repair, 1)
    if (repair < 0)
      return landed({ kind: 'not_measured', why: `TCP_REPAIR: ${nameErrno(-repair)}` })
    const result = connectTo(libc, fd, destination, probe.port ?? 0)
    if (result < 0) return landed({ kind: 'error', errno: nameErrno(-result), stage: 'connect' })
    const local = checkLocal(bench, fd, aim)
    return local.kind === 'right' ? null : landed({ kind: 'not_measured', why: local.why })
  } finally {
    libc.close(fd)
  }
}

/** Binds the port and connects. Null when the SYN is on its way. */
function connectFor(bench: Bench, fd: number, aim: Aim, port: number): ProbeOutcome | null {
  const { libc } = bench
  const { probe, destination, source } = aim
  // Closing then sends a RST, and no connection waits for a minute on either side.
  libc.setsockopt(fd, LEVEL.socket, SO.linger, lingerZero, lingerZero.length)
  const set = setProbeOptions(bench, fd, aim)
  if (set < 0) return { kind: 'not_measured', why: `setsockopt: ${nameErrno(-set)}` }
  const bound = bindTo(libc, fd, source ?? anyAddress(aim), port)
  if (bound < 0) return judgeBind(bound)
  if (source !== undefined) {
    const local = checkLocal(bench, fd, aim)
    if (local.kind === 'wrong') return { kind: 'not_measured', why: local.why }
  }
  const connected = connectTo(libc, fd, destination, probe.port ?? 0)
  if (connected >= 0 || connected === -ERRNO.inProgress) return null
  return { kind: 'error', errno: nameErrno(-connected), stage: 'connect' }
}

function flyTcp(
  bench: Bench,
  fd: number,
  local: string,
  localPort: number,
  startedAt: number,
): Flight {
  const from = { local, localPort, startedAt }
  const judge = (events: number): ProbeOutcome | undefined => {
    const sent = sentFrom(from)
    const error = takeSocketError(bench, fd, () => true)
    if (error !== undefined) return judgeSocketError(error, sent, 'wait')
    const errno = getNumber(bench.libc, fd, LEVEL.socket, SO.error)
    const isOpen = errno === 0 && (events & READY.out) !== 0
    if (isOpen || afterHandshake.has(errno)) return { kind: 'answered', ...sent }
    if (errno === 0) return undefined
    if (errno === ERRNO.connectionRefused) return { kind: 'refused', by: 'reset', ...sent }
    return { kind: 'error', errno: nameErrno(errno), stage: 'wait' }
  }
  return { fd, flow: flowKey('tcp', localPort), wants: READY.out, ...from, judge }
}

/** A reset before the handshake is ECONNREFUSED (linux tcp_reset): these followed one. */
const afterHandshake: ReadonlySet<number> = new Set([ERRNO.connectionReset, ERRNO.brokenPipe])

/** `struct linger`, on, after 0 s. */
const lingerZero = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])
