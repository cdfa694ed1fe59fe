import type { AddressText, GuestSocket, SocketProtocol } from '#model'

/** What a packet must bring to be taken by a socket. */
export interface ListenerQuery {
  readonly protocol: SocketProtocol
  /** The destination, as the guest sees it after translations; canonical text. */
  readonly address: AddressText
  readonly port: number
}

/**
 * The socket that takes a new connection or datagram: one bound to the very address before one
 * bound to every address of its family. Undefined: nobody listens there.
 */
export function findListener(
  sockets: readonly GuestSocket[],
  { protocol, address, port }: ListenerQuery,
): GuestSocket | undefined {
  const wildcard = address.includes(':') ? '::' : '0.0.0.0'
  const open = sockets.filter((socket) => socket.protocol === protocol && socket.port === port)
  return (
    open.find((socket) => socket.address === address) ??
    open.find((socket) => socket.address === wildcard)
  )
}
