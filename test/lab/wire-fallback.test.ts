import { statSync } from 'node:fs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { deviceNames, objectToSurroundings } from '../../src/lab/wire/check-surroundings.ts'
import { openFallbackProber } from '../../src/lab/wire/fallback-prober.ts'
import { parseOrder, parseReply } from '../../src/lab/wire/parse-order.ts'
import { readPing } from '../../src/lab/wire/read-ping.ts'

const heading = `Inter-|   Receive                  |  Transmit
 face |bytes    packets errs drop |bytes    packets errs drop
`

test('the devices of a namespace are read from its own list', () => {
  expect(deviceNames(`${heading}    lo:       0       0\n  eth0: 1 2\n`)).toEqual(['lo', 'eth0'])
  expect(deviceNames(heading)).toEqual([])
  expect(deviceNames('')).toEqual([])
})

test.runIf(process.platform === 'linux')(
  'no prober starts in the machine’s own network namespace (on Linux)',
  () => {
    const machineInode = statSync('/proc/self/ns/net', { bigint: true }).ino
    const why = 'this process is in the machine’s own network namespace'
    expect(objectToSurroundings(machineInode)).toBe(why)
    expect(openFallbackProber({ machineInode })).toEqual({ kind: 'refused', why })
  },
)

const departure = { local: '10.0.0.1', startedAt: 0 }
const statistics = '\n--- 10.1.0.1 ping statistics ---\n1 packets transmitted, 0 received'

test.each([
  [
    '64 bytes from 10.1.0.1: icmp_seq=1 ttl=63 time=0.035 ms\n',
    { kind: 'answered', microseconds: 35 },
  ],
  [
    '64 bytes from 10.1.0.2: icmp_seq=1 ttl=63 time=0.035 ms (DIFFERENT ADDRESS!)\n',
    { kind: 'silent' },
  ],
  [`PING 10.1.0.1\n${statistics}, 100% packet loss, time 0ms\n`, { kind: 'silent' }],
  [
    `From 10.0.0.1 icmp_seq=1 Destination Host Unreachable\n${statistics}, +1 errors\n`,
    { kind: 'error', errno: 'EHOSTUNREACH', stage: 'wait' },
  ],
  [
    `From fd01::1 icmp_seq=1 Destination unreachable: No route\n${statistics}, +1 errors\n`,
    { kind: 'error', errno: 'ENETUNREACH', stage: 'wait' },
  ],
  [
    `ping: sendmsg: Operation not permitted\n${statistics}\n`,
    { kind: 'error', errno: 'EPERM', stage: 'send' },
  ],
  [
    'ping: bad number of packets\n',
    { kind: 'not_measured', why: 'ping: ping: bad number of packets' },
  ],
  ['', { kind: 'not_measured', why: 'ping: it said nothing' }],
])('the output of ping is an outcome (case %#)', (text, outcome) => {
  expect(readPing(text, '10.1.0.1', departure)).toMatchObject(outcome)
})

test('a machine without koffi is told so, and no prober throws', async () => {
  vi.resetModules()
  vi.doMock('koffi', () => {
    throw new Error('Cannot find package')
  })
  const { loadLibc } = await import('../../src/lab/wire/load-libc.ts')
  const { openResidentProber } = await import('../../src/lab/wire/resident-prober.ts')
  onTestFinished(() => {
    vi.doUnmock('koffi')
  })
  const absent = await loadLibc()
  expect(absent).toMatchObject({ kind: 'absent', why: expect.stringContaining('koffi') })
  expect(await openResidentProber({ machineInode: 1n })).toMatchObject({ kind: 'refused' })
})

test.each(['', 'no JSON', 'null', '7', '{}', '{"kind":"probe"}', '{"kind":"else","order":1}'])(
  'a line that is no order is passed over: %j',
  (line) => {
    expect(parseOrder(line)).toBeUndefined()
    expect(parseReply(line)).toBeUndefined()
  },
)

test('an order is no reply, and a reply no order', () => {
  const reply = { kind: 'probed', order: 3, outcome: { kind: 'not_measured', why: 'x' } }
  expect(parseReply(JSON.stringify(reply))).toEqual(reply)
  expect(parseOrder(JSON.stringify(reply))).toBeUndefined()
})
