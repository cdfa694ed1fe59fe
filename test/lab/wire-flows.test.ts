import { expect, test } from 'vitest'
import { cutIpv4Header, datagramKinds } from '../../src/lab/wire/datagram-kind.ts'
import { CLIENT_PORTS, flowKey, FlowKeys } from '../../src/lab/wire/flow-keys.ts'
import type { Probe } from '../../src/lab/wire/probe.ts'
import { toWireAddress } from '../../src/lab/wire/wire-address.ts'

const size = CLIENT_PORTS.high - CLIENT_PORTS.low + 1

function tcpProbe(id: number, sourcePort: number): Probe {
  const destination = '10.0.0.1'
  return {
    id,
    namespace: 'a',
    inode: 1n,
    locals: [],
    protocol: 'tcp',
    destination,
    port: 80,
    sourcePort,
  }
}

function take(keys: FlowKeys, protocol: 'tcp' | 'udp' | 'icmp' | 'gre', count: number) {
  return Array.from({ length: count }, () => keys.take(protocol))
}

test('a batch gets every client port once, and then none', () => {
  const keys = new FlowKeys()
  keys.begin([])
  const ports = new Set(take(keys, 'tcp', size))
  expect(ports.size).toBe(size)
  expect(Math.min(...[...ports].map(Number))).toBe(CLIENT_PORTS.low)
  expect(keys.take('tcp')).toBeUndefined()
  expect(keys.take('udp')).toBe(CLIENT_PORTS.low)
})

test('the next batch goes on where the last one ended, past the end to the beginning', () => {
  const keys = new FlowKeys()
  keys.begin([])
  take(keys, 'udp', size - 1)
  keys.begin([])
  expect(take(keys, 'udp', 3)).toEqual([CLIENT_PORTS.high, CLIENT_PORTS.low, CLIENT_PORTS.low + 1])
})

test('a port that a probe asks for is given to no other one', () => {
  const keys = new FlowKeys()
  keys.begin([tcpProbe(1, CLIENT_PORTS.low + 1)])
  expect(take(keys, 'tcp', 2)).toEqual([CLIENT_PORTS.low, CLIENT_PORTS.low + 2])
})

test('the id of an echo and the key of GRE fit 16 bits, and no id is one a translation takes', () => {
  const keys = new FlowKeys()
  keys.begin([])
  for (const [protocol, low] of [['icmp', 20_000] as const, ['gre', 1] as const]) {
    const numbers = new Set(take(keys, protocol, 65_536 - low))
    expect(numbers.size).toBe(65_536 - low)
    expect(numbers.has(low - 1)).toBe(false)
    expect(numbers.has(65_535)).toBe(true)
  }
  expect(flowKey('icmp', 7)).toEqual({ kind: 'icmp', icmpId: 7 })
  expect(flowKey('gre', 7)).toEqual({ kind: 'gre', greKey: 7 })
  expect(flowKey('udp', 7)).toEqual({ kind: 'udp', sourcePort: 7 })
})

const tag = { number: 4711, payload: Buffer.from('hops12345678') }
const ipv4 = toWireAddress('10.0.0.1')! // an address as the first case of its own test shows
const ipv6 = toWireAddress('fd00::1')! // likewise

/** What the far end sends back. */
const answers = {
  udp: () => Buffer.concat([Buffer.from('echo'), tag.payload]),
  icmp: (isIpv4: boolean) => {
    const reply = Buffer.from(datagramKinds.icmp.request(tag, isIpv4 ? ipv4 : ipv6))
    reply[0] = isIpv4 ? 0 : 129
    return reply
  },
  gre: () => {
    const request = datagramKinds.gre.request(tag, ipv4)
    return Buffer.concat([request.subarray(0, 8), Buffer.from('echo'), request.subarray(8)])
  },
} as const

test.each(['udp', 'icmp', 'gre'] as const)(
  '%s takes the answer to its own request alone',
  (name) => {
    const kind = datagramKinds[name]
    for (const destination of [ipv4, ipv6]) {
      const answer = answers[name](destination === ipv4)
      const other = { number: 4712, payload: Buffer.from('hops12345679') }
      expect(kind.isAnswer(answer, tag, destination)).toBe(true)
      expect(kind.isAnswer(answer, other, destination)).toBe(false)
      expect(kind.isAnswer(kind.request(tag, destination), tag, destination)).toBe(false)
      for (let end = 0; end < answer.length; end++)
        expect(kind.isAnswer(answer.subarray(0, end), tag, destination)).toBe(false)
    }
  },
)

test.each(['icmp', 'gre'] as const)('%s knows the first eight bytes of its own request', (name) => {
  const kind = datagramKinds[name]
  const quoted = kind.request(tag, ipv4).subarray(0, 8)
  expect(kind.isQuoted(quoted, tag)).toBe(true)
  expect(kind.isQuoted(quoted, { ...tag, number: 1 })).toBe(false)
  expect(kind.isQuoted(quoted.subarray(0, 7), tag)).toBe(false)
})

test('the checksum of an echo request is the one its receiver computes', () => {
  const request = datagramKinds.icmp.request(tag, ipv4)
  let sum = 0
  for (let at = 0; at < request.length; at += 2) sum += request.readUInt16BE(at)
  expect((sum & 0xffff) + (sum >>> 16)).toBe(0xffff)
})

test('the header that a raw socket delivers is cut off, with its options', () => {
  const packet = Buffer.concat([Buffer.from([0x46]), Buffer.alloc(23), Buffer.from('rest')])
  expect(cutIpv4Header(packet).toString()).toBe('rest')
  expect(cutIpv4Header(Buffer.alloc(0))).toHaveLength(0)
})
