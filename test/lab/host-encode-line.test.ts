import { expect, test } from 'vitest'
import { DeviceNumbers } from '../../src/lab/host/device-numbers.ts'
import { type BatchTool, encodeLine } from '../../src/lab/host/encode-line.ts'

// That the kernel ends in the same state as after the tools is proved in lab-speed-equal.

function devices(): DeviceNumbers {
  const numbers = new DeviceNumbers()
  numbers.put('eth0', 1000)
  numbers.put('p0', 1001)
  return numbers
}

/** Kind, flags and body of each message. */
function encode(line: string, batch: BatchTool = 'ip'): readonly string[] | undefined {
  return encodeLine(line, batch, devices())?.map(
    ({ type, flags, body }) => `${type} ${flags.toString(16)} ${body.toString('hex')}`,
  )
}

test('an address, a neighbour and a route are the bytes that the tools send', () => {
  expect(encode('addr add 10.0.0.4/32 dev eth0')).toEqual([
    '20 601 02200000e8030000080002000a000004080001000a000004',
  ])
  expect(encode('neigh add 10.0.0.253 lladdr 02:16:fe:00:00:01 dev eth0 nud permanent')).toEqual([
    '28 601 02000000e803000080000000080001000a0000fd0a0002000216fe0000010000',
  ])
  expect(encode('route add 10.0.0.0/24 dev eth0 table 3000')).toEqual([
    '24 601 021800000003fd0100000000080001000a00000008000400e803000008000f00b80b0000',
  ])
})

test('a device has its mode of address generation before it comes up', () => {
  const messages = encode('link set eth0 addrgenmode none up') ?? []
  expect(messages).toHaveLength(2)
  const [first = '', second = ''] = messages
  expect(first.startsWith('16 1 00000000e80300000000000000000000')).toBe(true)
  expect(second).toBe('16 1 00000000e80300000100000001000000')
})

test('a bridge that is made is known to the lines behind it', () => {
  const own = devices()
  expect(encodeLine('link set p0 master b0 up', 'ip', own)).toBeUndefined()
  expect(encodeLine('link add b0 type bridge stp_state 0', 'ip', own)).toHaveLength(1)
  expect(encodeLine('link set p0 master b0 up', 'ip', own)).toHaveLength(2)
})

test('a rule is of the family of its batch', () => {
  const [ipv4 = ''] = encode('rule add pref 200 iif p0 lookup 10000') ?? []
  const [ipv6 = ''] = encode('rule add pref 200 iif p0 lookup 10000', 'ip6') ?? []
  expect([ipv4.slice(0, 9), ipv6.slice(0, 9)]).toEqual(['32 601 02', '32 601 0a'])
  expect(encode('rule del pref 32766')).toEqual(['33 1 02000000000000000000000008000600fe7f0000'])
})

test.for([
  ['ip', 'link add d0 type dummy'],
  ['ip', 'link set eth9 up'],
  ['ip', 'link set eth0 up mtu 1400'],
  ['ip', 'link set eth0 up up'],
  ['ip', 'link set eth0 addrgenmode eui64 up'],
  ['ip', 'addr add 10.0.0.4/33 dev eth0'],
  ['ip', 'addr add 127.0.0.2/8 dev lo'],
  ['ip', 'addr del 10.0.0.4/32 dev eth0'],
  ['ip', 'neigh add 10.0.0.1 lladdr 02:16:fe:00:00:01 dev eth0 nud reachable'],
  ['ip', 'neigh add 10.0.0.1 lladdr 02:16:fe dev eth0 nud permanent'],
  ['ip', 'route add blackhole 10.0.0.0/8'],
  ['ip', 'route add 10.0.0.0/8 via fe80::1 dev eth0'],
  ['ip', 'route add 10.0.0.0/8 dev eth0 table main'],
  ['ip', 'route add 10.0.0.0/8 nexthop via 10.0.0.1 dev eth9'],
  ['ip', 'rule add pref 1 fwmark 1/0xff lookup 1000'],
  ['ip', 'rule add pref 1 from 2001:db8::1 lookup 1000'],
  ['ip', 'rule add pref 1 lookup main'],
  ['ip', 'tunnel add t0 mode gre'],
  ['ip6', 'route add 2001:db8::/32 dev eth0'],
  ['bridge', 'fdb replace 02:16:fe:00:00:01 dev p0 self static'],
  ['bridge', 'vlan add dev p0 vid 2'],
  ['bridge', 'link set dev p0 learning maybe'],
] as const)('what is not known is left to the tool: %s %s', ([batch, line]) => {
  expect(encode(line, batch)).toBeUndefined()
})
