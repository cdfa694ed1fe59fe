import type { Bench } from './bench.ts'
import { ERRNO, nameErrno } from './errno-name.ts'
import { portTaken } from './flow-keys.ts'
import type { Libc } from './libc.ts'
import type { ProbeOutcome } from './probe.ts'
import { decodeSocketAddress, encodeSocketAddress, SOCKET_ADDRESS_SIZE } from './socket-address.ts'
import { FAMILY, IP, IPV6, LEVEL, SO } from './socket-numbers.ts'
import { toWireAddress } from './wire-address.ts'
import type { WireAddress } from './wire-address.ts'
import type { Aim } from './take-aim.ts'

/** The socket interface's number of an address's family. */
export function familyNumber({ family }: WireAddress): number {
  return family === 4 ? FAMILY.ipv4 : FAMILY.ipv6
}

/** Sets an option whose value is one int; the result of setsockopt(2). */
export function setNumber(
  libc: Libc,
  fd: number,
  level: number,
  name: number,
  value: number,
): number {
  intBytes.writeInt32LE(value)
  return libc.setsockopt(fd, level, name, intBytes, 4)
}

/** The value of an option that is one int, or the negative errno. */
export function getNumber(libc: Libc, fd: number, level: number, name: number): number {
  sizeBytes.writeUInt32LE(4)
  const result = libc.getsockopt(fd, level, name, intBytes, sizeBytes)
  return result < 0 ? result : intBytes.readInt32LE()
}

/** Has ICMP errors queued on the socket, and sets the mark and the TTL a probe asks for. */
export function setProbeOptions({ libc }: Bench, fd: number, { probe, destination }: Aim): number {
  if (probe.mark !== undefined) {
    const marked = setNumber(libc, fd, LEVEL.socket, SO.mark, probe.mark)
    if (marked < 0) return marked
  }
  const [level, errors, ttl] =
    destination.family === 4
      ? [LEVEL.ipv4, IP.receiveErrors, IP.ttl]
      : [LEVEL.ipv6, IPV6.receiveErrors, IPV6.hopLimit]
  const result = setNumber(libc, fd, level, errors, 1)
  if (result < 0 || probe.ttl === undefined) return result
  return setNumber(libc, fd, level, ttl, probe.ttl)
}

/** Binds to an address, or to every address of the family; the result of bind(2). */
export function bindTo(libc: Libc, fd: number, address: WireAddress, port: number): number {
  const socketAddress = encodeSocketAddress(address, port)
  return libc.bind(fd, socketAddress, socketAddress.length)
}

/** The result of connect(2). */
export function connectTo(libc: Libc, fd: number, address: WireAddress, port: number): number {
  const socketAddress = encodeSocketAddress(address, port)
  return libc.connect(fd, socketAddress, socketAddress.length)
}

/** The address that stands for all of an aim's family. */
export function anyAddress({ destination }: Aim): WireAddress {
  return destination.family === 4 ? anyIpv4 : anyIpv6
}

/** A socket's own address, if it is one that the probe may have; otherwise why it is not. */
export type Local =
  | { readonly kind: 'right'; readonly address: WireAddress; readonly port: number }
  | { readonly kind: 'wrong'; readonly why: string }

/** Compares a bound or connected socket's address with those the probe names. */
export function checkLocal({ libc }: Bench, fd: number, { probe }: Aim): Local {
  sizeBytes.writeUInt32LE(SOCKET_ADDRESS_SIZE)
  const result = libc.getsockname(fd, nameBytes, sizeBytes)
  if (result < 0) return { kind: 'wrong', why: `getsockname: ${nameErrno(-result)}` }
  const local = decodeSocketAddress(nameBytes)
  if (local === undefined) return { kind: 'wrong', why: 'the socket has no IP address' }
  const { text } = local.address
  if (probe.locals.some((allowed) => toWireAddress(allowed)?.text === text))
    return { kind: 'right', ...local }
  return { kind: 'wrong', why: `the socket’s address is ${text}, not ${probe.locals.join(' or ')}` }
}

/** What a failed bind(2) says of a probe. */
export function judgeBind(result: number): ProbeOutcome {
  if (result === -ERRNO.addressInUse) return portTaken
  return { kind: 'error', errno: nameErrno(-result), stage: 'bind' }
}

// Written and read within one call each; nothing keeps them.
const intBytes = Buffer.alloc(4)
const sizeBytes = Buffer.alloc(4)
const nameBytes = Buffer.alloc(SOCKET_ADDRESS_SIZE)

const anyIpv4: WireAddress = { family: 4, bytes: Buffer.alloc(4), text: '0.0.0.0' }
const anyIpv6: WireAddress = { family: 6, bytes: Buffer.alloc(16), text: '::' }
