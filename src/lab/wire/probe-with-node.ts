import { connect } from 'node:net'
import type { TcpSocketConnectOpts } from 'node:net'
import { ECHO_MARK } from './datagram-kind.ts'
import { sentFrom } from './judge-socket-error.ts'
import type { Departure } from './judge-socket-error.ts'
import { nodeErrno } from './node-errno.ts'
import type { OrderedProbe } from './order.ts'
import { pingOnce } from './ping-once.ts'
import type { ProbeOutcome } from './probe.ts'
import { judgeBind, objectToLocal, rehearseWithNode } from './rehearse-with-node.ts'

/** Runs one probe with what Node alone can do, in the namespace of this process. */
export async function probeWithNode(probe: OrderedProbe, timeoutMs: number): Promise<ProbeOutcome> {
  if (probe.ttl !== undefined) return notMeasured('a TTL needs koffi')
  switch (probe.protocol) {
    case 'tcp':
      return probeTcp(probe, timeoutMs)
    case 'udp':
      return probeUdp(probe, timeoutMs)
    case 'icmp':
      return probeIcmp(probe, timeoutMs)
    case 'gre':
      return notMeasured('GRE needs koffi')
  }
}

async function probeTcp(probe: OrderedProbe, timeoutMs: number): Promise<ProbeOutcome> {
  const rehearsed = await rehearseWithNode(probe, 0)
  if (rehearsed.kind === 'over') return rehearsed.outcome
  rehearsed.socket.close()
  const departure = leave(rehearsed.local, probe.sourcePort)
  return new Promise((resolve) => {
    const socket = connect(tcpOptions(probe))
    const end = (outcome: ProbeOutcome) => {
      clearTimeout(timer)
      socket.resetAndDestroy()
      resolve(outcome)
    }
    const timer = setTimeout(() => end(silent(departure)), timeoutMs)
    socket.on('error', (error) => end(judgeError(error, departure)))
    socket.once('connect', () => {
      const why = objectToLocal(probe, socket.localAddress ?? 'none')
      end(why === null ? { kind: 'answered', ...sentFrom(departure) } : notMeasured(why))
    })
  })
}

function tcpOptions({ destination, port, source, sourcePort }: OrderedProbe): TcpSocketConnectOpts {
  return {
    host: destination,
    port: port ?? 0,
    ...(source !== undefined && { localAddress: source }),
    ...(sourcePort !== undefined && { localPort: sourcePort }),
  }
}

async function probeUdp(probe: OrderedProbe, timeoutMs: number): Promise<ProbeOutcome> {
  const rehearsed = await rehearseWithNode(probe, probe.sourcePort ?? 0)
  if (rehearsed.kind === 'over') return rehearsed.outcome
  const { socket, local, port } = rehearsed
  const departure = leave(local, port)
  const expected = Buffer.concat([ECHO_MARK, Buffer.from(probe.payload)])
  return new Promise((resolve) => {
    let isOver = false
    const end = (outcome: ProbeOutcome) => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      socket.removeAllListeners().on('error', () => undefined)
      socket.close()
      resolve(outcome)
    }
    const timer = setTimeout(() => end(silent(departure)), timeoutMs)
    socket.on('error', (error) => end(judgeError(error, departure)))
    socket.on('message', (message) => {
      if (message.equals(expected)) end({ kind: 'answered', ...sentFrom(departure) })
    })
    socket.send(probe.payload, (error) => {
      // A reject rule of the guest itself gives EPERM here, and then an ICMP error that says more.
      if (error) setTimeout(() => end(judgeError(error, departure)), AFTERTHOUGHT_MS)
    })
  })
}

const AFTERTHOUGHT_MS = 20

/** ping binds the address that a TCP socket would have had: unbound, its route may be another. */
async function probeIcmp(probe: OrderedProbe, timeoutMs: number): Promise<ProbeOutcome> {
  const rehearsed = await rehearseWithNode(probe, 0)
  if (rehearsed.kind === 'over') return rehearsed.outcome
  rehearsed.socket.close()
  return pingOnce(rehearsed.local, probe.destination, timeoutMs)
}

function judgeError(error: Error, departure: Departure): ProbeOutcome {
  const errno = nodeErrno(error)
  const call = 'syscall' in error ? error.syscall : undefined
  if (errno === undefined) return notMeasured(String(error))
  if (call === 'bind' || errno === 'EADDRINUSE') return judgeBind(error)
  if (errno === 'ECONNREFUSED') return { kind: 'refused', by: 'unknown', ...sentFrom(departure) }
  return { kind: 'error', errno, stage: call === 'send' ? 'send' : 'wait' }
}

function leave(local: string, port: number | undefined): Departure {
  return { local, ...(port !== undefined && { localPort: port }), startedAt: performance.now() }
}

function silent(departure: Departure): ProbeOutcome {
  return { kind: 'silent', ...sentFrom(departure) }
}

function notMeasured(why: string): ProbeOutcome {
  return { kind: 'not_measured', why }
}
