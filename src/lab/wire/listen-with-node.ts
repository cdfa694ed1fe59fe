import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { threadNamespace } from './check-surroundings.ts'
import { ECHO_MARK } from './datagram-kind.ts'
import { nodeErrno } from './node-errno.ts'
import type { OrderedListener } from './order.ts'
import type { ListenResult } from './prober.ts'

/** Opens a listener in the namespace of this process; it lives as long as the process. */
export async function listenWithNode(listener: OrderedListener): Promise<ListenResult> {
  const { protocol, address, port = 0, inode } = listener
  const namespace = threadNamespace()
  if (namespace !== `net:[${inode}]`)
    return { kind: 'not_measured', why: `the process is in ${namespace}, not net:[${inode}]` }
  if (protocol === 'gre') return { kind: 'not_measured', why: 'GRE needs koffi' }
  try {
    if (protocol === 'tcp') await listenTcp(address, port)
    else for (const local of meantBy(address)) await listenUdp(local, port)
    return { kind: 'listening' }
  } catch (error) {
    return { kind: 'error', errno: nodeErrno(error) ?? String(error) }
  }
}

async function listenTcp(host: string, port: number): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.end()
    socket.resume()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, ipv6Only: host.includes(':') }, resolve)
  })
}

/** A datagram comes back behind `ECHO_MARK`; one that has it is an echo itself. */
async function listenUdp(address: string, port: number): Promise<void> {
  const isIpv6 = address.includes(':')
  const socket = createSocket({ type: isIpv6 ? 'udp6' : 'udp4', ipv6Only: isIpv6 })
  socket.on('message', (data, from) => {
    if (!data.subarray(0, ECHO_MARK.length).equals(ECHO_MARK))
      socket.send(Buffer.concat([ECHO_MARK, data]), from.port, from.address, () => undefined)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, address, resolve)
  })
  socket.on('error', () => undefined)
}

/**
 * Node cannot choose the address a datagram goes out from, so a wildcard becomes one socket for
 * each address the namespace has now.
 */
function meantBy(address: string): readonly string[] {
  if (address !== '0.0.0.0' && address !== '::') return [address]
  const family = address === '::' ? 'IPv6' : 'IPv4'
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((local) => local.family === family && !local.address.startsWith('fe80:'))
    .map((local) => local.address)
}
