import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePacket } from '../../src/lab/wire/parse-packet.ts'
import { parseTrace } from '../../src/lab/wire/parse-trace.ts'

/** Received on Linux 6.18 from `inet t`, whose chain forward has rules for each protocol. */
const captured = {
  udpFirst:
    'qAAAABEKAAAAAAAAAAAAAAEAAAAIAA8AAAAAAggABAAAAAADCAAGAICXl8AIAAIAcHJlAAYAAQB0AAAADAADAAAAAAAAAAAFDAAFAAgAAQD/////CAAKAAAAAAIGAAsAAAEAABgACABFAAAositAAEARdJIKAQACCgMAAhgACQCAFQA1ABQULWhvcHO+5bJ4AAAANRIABwBSDeNXj2zqCTT/mXIIAAAA',
  policy:
    'RAAAABEKAAAAAAAAAAAAAAEAAAAIAA8AAAAAAggABAAAAAABCAAGAICXl8AIAAIAcHJlAAYAAQB0AAAACAAQAAAAAAE=',
  jump: '5AAAABEKAAAAAAAAAAAAAAEAAAAIAA8AAAAAAggABAAAAAADCAAGAICXl8AMAAIAZm9yd2FyZAAGAAEAdAAAAAwAAwAAAAAAAAAACBQABQAIAAEA/////QgAAgBzdWIACAAOAAAAAAcIAAoAAAAAAgYACwAAAQAACAAMAAAAAAMGAA0AAAEAABgACABFAAAositAAD8RdZIKAQACCgMAAhgACQCAFQA1ABQULWhvcHO+5bJ4AAAANRIABwBSDeNXj2zqCTT/mXIIAAAACAAVAAAAAAgFABMAAAAAAAgAEgCN3Ss+',
  goto: 'aAAAABEKAAAAAAAAAAAAAAEAAAAIAA8AAAAAAggABAAAAAADCAAGAICXl8AMAAIAZm9yd2FyZAAGAAEAdAAAAAwAAwAAAAAAAAAACRQABQAIAAEA/////AYAAgBkAAAACAAOAAAAAAc=',
  endOfChain:
    'UAAAABEKAAAAAAAAAAAAAAEAAAAIAA8AAAAAAggABAAAAAADCAAGAICXl8AIAAIAc3ViAAYAAQB0AAAADAAFAAgAAQD/////CAAOAAAAAAc=',
  greIpv6:
    'vAAAABEKAAAAAAAAAAAAAAEAAAAIAA8AAAAACggABAAAAAADCAAGAG2zBOkIAAIAcHJlAAYAAQB0AAAADAADAAAAAAAAAAAFDAAFAAgAAQD/////CAAKAAAAAAIGAAsAAAEAACwACABgB+XBABQvQP0BAAAAAAAAAAAAAAAAAAL9AwAAAAAAAAAAAAAAAAACGAAJACAAiLUAAAAUaG9wc77lsngAAAA2EgAHAFIN41ePbOoJNP+ZcobdAAA=',
  icmp: 'qAAAABEKAAAAAAAAAAAAAAEAAAAIAA8AAAAAAggABAAAAAADCAAGABbnGKwIAAIAcHJlAAYAAQB0AAAADAADAAAAAAAAAAAFDAAFAAgAAQD/////CAAKAAAAAAIGAAsAAAEAABgACABFAAAoh6FAAEABnywKAQACCgMAAhgACQAIAK1xABUAAWhvcHO+5bJ4AAAANxIABwBSDeNXj2zqCTT/mXIIAAAA',
  accept:
    'YAAAABEKAAAAAAAAAAAAAAEAAAAIAA8AAAAAAggABAAAAAADCAAGABbnGKwMAAIAZm9yd2FyZAAGAAEAdAAAAAwAAwAAAAAAAAAACwwABQAIAAEAAAAAAQgADgAAAAAH',
  tcpIpv6:
    'vAAAABEKAAAAAAAAAAAAAAEAAAAIAA8AAAAACggABAAAAAADCAAGAByKAT4IAAIAcHJlAAYAAQB0AAAADAADAAAAAAAAAAAFDAAFAAgAAQD/////CAAKAAAAAAIGAAsAAAEAACwACABgC2KnACgGQP0BAAAAAAAAAAAAAAAAAAL9AwAAAAAAAAAAAAAAAAACGAAJAIAgAFBveHKpAAAAAKAC/SD6NwAAEgAHAFIN41ePbOoJNP+ZcobdAAA=',
} as const

const bytesOf = (name: keyof typeof captured) => Buffer.from(captured[name], 'base64')
const all = Buffer.concat(Object.values(captured).map((text) => Buffer.from(text, 'base64')))

test('the first message of a base chain brings the packet and its device', () => {
  expect(parseTrace(bytesOf('udpFirst'))).toEqual([
    {
      kind: 'rule',
      traceId: 0x809797c0,
      family: 'inet',
      table: 't',
      chain: 'pre',
      handle: 5,
      verdict: { kind: 'continue' },
      iif: 2,
      packet: {
        source: '10.1.0.2',
        destination: '10.3.0.2',
        protocol: 17,
        ttl: 64,
        ipId: 0xb22b,
        sourcePort: 32_789,
        destinationPort: 53,
      },
    },
  ])
})

test('a jump names its chain, the device it leaves by and the mark', () => {
  expect(parseTrace(bytesOf('jump'))).toMatchObject([
    { verdict: { kind: 'jump', chain: 'sub' }, handle: 8, iif: 2, oif: 3, mark: 7 },
  ])
})

test('the other verdicts are told apart', () => {
  expect(parseTrace(bytesOf('goto'))).toMatchObject([{ verdict: { kind: 'goto', chain: 'd' } }])
  expect(parseTrace(bytesOf('accept'))).toMatchObject([{ verdict: { kind: 'accept' }, handle: 11 }])
  expect(parseTrace(bytesOf('policy'))).toMatchObject([
    { kind: 'policy', chain: 'pre', verdict: { kind: 'accept' } },
  ])
})

test('the end of a chain, which this kernel reports as a rule without a handle, says nothing', () => {
  expect(parseTrace(bytesOf('endOfChain'))).toEqual([])
})

test('headers of GRE, ICMP and TCP are read for both IP versions', () => {
  expect(parseTrace(bytesOf('greIpv6'))[0].packet).toEqual({
    source: 'fd01::2',
    destination: 'fd03::2',
    protocol: 47,
    ttl: 64,
    greKey: 20,
  })
  expect(parseTrace(bytesOf('icmp'))[0].packet).toMatchObject({
    protocol: 1,
    icmpType: 8,
    icmpCode: 0,
    icmpId: 21,
  })
  expect(parseTrace(bytesOf('tcpIpv6'))[0].packet).toMatchObject({
    protocol: 6,
    sourcePort: 32_800,
    destinationPort: 80,
    tcpFlags: 2,
  })
})

test('several messages in one receive are read in their order', () => {
  const handles = parseTrace(all).map((message) => (message.kind === 'rule' ? message.handle : 0))
  expect(handles).toEqual([5, 0, 8, 9, 5, 5, 11, 5])
})

test('bytes that are no trace are passed over', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(Array.isArray(parseTrace(Buffer.from(bytes)))).toBe(true)
    }),
  )
})

test('a trace with any bytes changed, or cut anywhere, never throws', () => {
  const change = fc.tuple(fc.nat(all.length - 1), fc.integer({ min: 0, max: 255 }))
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), fc.nat(all.length), (changes, end) => {
      const bytes = Buffer.from(all)
      for (const [at, value] of changes) bytes[at] = value
      for (const message of parseTrace(bytes.subarray(0, end)))
        expect(['rule', 'return', 'policy']).toContain(message.kind)
    }),
    { numRuns: 1000 },
  )
})

test('a packet of any bytes is read or refused, never half an address', () => {
  const header = fc.uint8Array({ maxLength: 60 })
  fc.assert(
    fc.property(header, header, (network, transport) => {
      const packet = parsePacket(Buffer.from(network), Buffer.from(transport))
      expect(packet?.source ?? 'none.').toMatch(/[.:]/)
    }),
  )
})

test('an ARP packet on a bridge is none that can be followed', () => {
  const arp = Buffer.from('0001080006040001', 'hex')
  expect(parsePacket(arp, Buffer.alloc(0))).toBeUndefined()
})

test('the key of GRE stands behind a checksum where there is one', () => {
  const ip = Buffer.from('4500002800004000402f00000a0100020a030002', 'hex')
  const withChecksum = Buffer.from('a000080012340000000000ff', 'hex')
  expect(parsePacket(ip, withChecksum)).toMatchObject({ protocol: 47, greKey: 255 })
  expect(parsePacket(ip, Buffer.from('00000800', 'hex'))).not.toHaveProperty('greKey')
})
