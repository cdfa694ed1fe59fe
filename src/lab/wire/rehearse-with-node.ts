import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { threadNamespace } from './check-surroundings.ts'
import { portTaken } from './flow-keys.ts'
import { nodeErrno } from './node-errno.ts'
import type { OrderedProbe } from './order.ts'
import type { ProbeOutcome } from './probe.ts'
import { toWireAddress } from './wire-address.ts'

/** A connected datagram socket whose address the probe may have, or the outcome without one. */
export type Rehearsed =
  | {
      readonly kind: 'ready'
      readonly socket: Socket
      readonly local: string
      readonly port: number
    }
  | { readonly kind: 'over'; readonly outcome: ProbeOutcome }

/**
 * Checks the process's namespace, then binds and connects a UDP socket: that sends nothing and
 * tells the address that the kernel chooses. Node cannot ask a socket for its namespace; that of
 * this process never changes.
 * @param sourcePort 0 for a socket that will not be sent from
 */
export async function rehearseWithNode(
  probe: OrderedProbe,
  sourcePort: number,
): Promise<Rehearsed> {
  const namespace = threadNamespace()
  if (namespace !== `net:[${probe.inode}]`)
    return notMeasured(`the process is in ${namespace}, not net:[${probe.inode}]`)
  const socket = createSocket(isIPv6(probe.destination) ? 'udp6' : 'udp4')
  const over = (outcome: ProbeOutcome): Rehearsed => {
    socket.close()
    return { kind: 'over', outcome }
  }
  try {
    await settle(socket, (done) =>
      socket.bind(
        { port: sourcePort, ...(probe.source !== undefined && { address: probe.source }) },
        done,
      ),
    )
  } catch (error) {
    return over(judgeBind(error))
  }
  try {
    await settle(socket, (done) => socket.connect(probe.port ?? 9, probe.destination, done))
  } catch (error) {
    return over({ kind: 'error', errno: nodeErrno(error) ?? String(error), stage: 'connect' })
  }
  const { address, port } = socket.address()
  const why = objectToLocal(probe, address)
  if (why !== null) return over({ kind: 'not_measured', why })
  return { kind: 'ready', socket, local: address, port }
}

/** Why a socket must not have this address, or null. */
export function objectToLocal({ locals }: OrderedProbe, address: string): string | null {
  const text = toWireAddress(address)?.text
  if (locals.some((allowed) => toWireAddress(allowed)?.text === text)) return null
  return `the socket’s address is ${address}, not ${locals.join(' or ')}`
}

/** What a failed bind says of a probe: a port in use is the lab's own affair. */
export function judgeBind(error: unknown): ProbeOutcome {
  const errno = nodeErrno(error) ?? String(error)
  return errno === 'EADDRINUSE' ? portTaken : { kind: 'error', errno, stage: 'bind' }
}

function notMeasured(why: string): Rehearsed {
  return { kind: 'over', outcome: { kind: 'not_measured', why } }
}

/** Node tells of a failed bind by the event, of a failed connect by the callback. */
async function settle(
  socket: Socket,
  begin: (done: (error?: Error) => void) => void,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    begin((error) => {
      socket.off('error', reject)
      if (error) reject(error)
      else resolve()
    })
  })
}
