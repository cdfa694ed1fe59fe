import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeControl, parseControl, parseSocketError } from '../../src/lab/wire/parse-control.ts'
import { judgeSocketError } from '../../src/lab/wire/judge-socket-error.ts'
import { decodeSocketAddress, encodeSocketAddress } from '../../src/lab/wire/socket-address.ts'
import { fromWireBytes, toWireAddress } from '../../src/lab/wire/wire-address.ts'

const anyBytes = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))
const port = fc.integer({ min: 0, max: 65_535 })
const address = fc
  .oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
  )
  .map(fromWireBytes)

/** `struct sock_extended_err` and the offender's address, as recvmsg(2) gives them. */
function queued(errno: number, [origin, type, code]: readonly number[], offender: string): Buffer {
  const from = toWireAddress(offender)
  const error = Buffer.alloc(16)
  error.writeUInt32LE(errno, 0)
  error.set([origin, type, code], 4)
  const data = Buffer.concat([error, from ? encodeSocketAddress(from, 0) : Buffer.alloc(16)])
  return encodeControl(
    offender.includes(':') ? { level: 41, type: 25, data } : { level: 0, type: 11, data },
  )
}

const sent = { local: '10.0.0.1', microseconds: 5 }
const judged = (control: Buffer) => {
  const error = parseSocketError(control)
  return error && judgeSocketError(error, sent, 'wait')
}

test('control data that is written is read again', () => {
  const item = fc.record({ level: fc.nat(300), type: fc.nat(300), data: anyBytes })
  fc.assert(
    fc.property(fc.array(item, { maxLength: 4 }), (items) => {
      const control = Buffer.concat(items.map(encodeControl))
      expect(parseControl(control)).toEqual(items)
    }),
  )
})

test('control data of any bytes is read without a throw', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      expect(parseControl(bytes).length).toBeLessThan(20)
      expect([undefined, 'object']).toContain(typeof (parseSocketError(bytes) ?? {}))
    }),
  )
})

test('an expired TTL names the router, for both IP versions', () => {
  expect(judged(queued(113, [2, 11, 0], '10.1.0.1'))).toEqual({
    kind: 'expired',
    hop: '10.1.0.1',
    ...sent,
  })
  expect(judged(queued(113, [3, 3, 0], 'fd01::1'))).toMatchObject({
    kind: 'expired',
    hop: 'fd01::1',
  })
})

test.each([
  ['an IPv4 port', 111, [2, 3, 3], '10.1.0.1'],
  ['an IPv4 protocol', 92, [2, 3, 2], '10.1.0.1'],
  ['an IPv6 port', 111, [3, 1, 4], 'fd01::1'],
  ['an IPv6 next header', 71, [3, 4, 1], 'fd01::1'],
] as const)('%s that is unreachable refuses', (_, errno, origin, offender) => {
  expect(judged(queued(errno, origin, offender))).toEqual({
    kind: 'refused',
    by: 'unreachable',
    icmp: { from: offender, type: origin[1], code: origin[2] },
    ...sent,
  })
})

test('a host that is unreachable is an error, with whoever says so', () => {
  expect(judged(queued(113, [2, 3, 1], '10.1.0.1'))).toEqual({
    kind: 'error',
    errno: 'EHOSTUNREACH',
    stage: 'wait',
    icmp: { from: '10.1.0.1', type: 3, code: 1 },
  })
})

test('an error of this machine has no sender', () => {
  expect(judged(queued(90, [1, 0, 0], 'none'))).toEqual({
    kind: 'error',
    errno: 'EMSGSIZE',
    stage: 'wait',
  })
})

test('a socket address that is written is read again', () => {
  fc.assert(
    fc.property(address, port, (address, port) => {
      expect(decodeSocketAddress(encodeSocketAddress(address, port))).toEqual({ address, port })
    }),
  )
})

test('the text of an address leads back to its bytes', () => {
  fc.assert(
    fc.property(address, ({ text, bytes }) => {
      expect(toWireAddress(text)?.bytes).toEqual(bytes)
    }),
  )
})

test('bytes that are no socket address are refused', () => {
  expect(decodeSocketAddress(Buffer.alloc(0))).toBeUndefined()
  expect(decodeSocketAddress(Buffer.from([10, 0, 0, 0, 0, 0, 0, 0]))).toBeUndefined()
  expect(decodeSocketAddress(Buffer.alloc(28, 1))).toBeUndefined()
})
