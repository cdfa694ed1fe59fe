import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'

/** What the host prints: results as JSON, compared by shape. */
interface Report {
  readonly refused: unknown
  readonly resident: Answers & { readonly traced: readonly Traced[]; readonly evidence: Evidence }
  readonly processes: Answers
  readonly throughput: { readonly listening: number; readonly measured: readonly Measured[] }
}

interface Answers {
  readonly listening: readonly unknown[]
  readonly answers: readonly Result[]
  readonly guarded: {
    readonly results: readonly Result[]
    readonly packets: number
    readonly packetsOfRightOnes: number
  }
}

interface Result {
  readonly flow?: object
  readonly outcome: { readonly kind: string; readonly why?: string; readonly errno?: string }
}

interface Traced {
  readonly hops: readonly { readonly address?: string; readonly microseconds?: number }[]
  readonly ttl: number
  readonly end: { readonly kind: string }
}

interface Evidence {
  readonly openings: readonly unknown[]
  readonly results: readonly (Result & { readonly flow: Readonly<Record<string, unknown>> })[]
  readonly events: readonly TraceEvent[]
  readonly overflowed: readonly (readonly string[])[]
  readonly comments: Readonly<Record<number, string>>
}

interface TraceEvent {
  readonly kind: string
  readonly chain: string
  readonly handle?: number
  readonly verdict: { readonly kind: string }
  readonly packet?: Readonly<Record<string, unknown>>
}

interface Measured {
  readonly protocol: string
  readonly answered: number
  readonly perSecond: number
}

interface Question {
  readonly name: string
  readonly asked: Readonly<Record<string, unknown>>
  readonly outcome: object
  /** What the prober without koffi makes of it, where that is another verdict. */
  readonly without?: string
}

const answered = { kind: 'answered' }
const silent = { kind: 'silent' }
const refusedBy = (from: string, type: number, code: number) => ({
  kind: 'refused',
  by: 'unreachable',
  icmp: { from, type, code },
})
const failed = (errno: string, stage: string) => ({ kind: 'error', errno, stage })
const to = (protocol: string, destination: string, port?: number) => ({
  protocol,
  destination,
  ...(port !== undefined && { port }),
})
const unmeasured = 'not_measured'

// The client is 10.1.0.2 and fd01::2, behind two routers the server 10.3.0.2, 10.3.0.3 and fd03::2, ::3.
const questions: readonly Question[] = [
  { name: 'TCP', asked: to('tcp', '10.3.0.2', 80), outcome: { ...answered, local: '10.1.0.2' } },
  { name: 'TCP, v6', asked: to('tcp', 'fd03::2', 80), outcome: { ...answered, local: 'fd01::2' } },
  { name: 'UDP', asked: to('udp', '10.3.0.2', 54), outcome: answered },
  { name: 'UDP, second address', asked: to('udp', '10.3.0.3', 53), outcome: answered },
  { name: 'UDP, v6, second address', asked: to('udp', 'fd03::3', 53), outcome: answered },
  { name: 'echo', asked: to('icmp', '10.3.0.3'), outcome: answered },
  { name: 'echo, v6', asked: to('icmp', 'fd03::3'), outcome: answered },
  { name: 'GRE', asked: to('gre', '10.3.0.3'), outcome: answered, without: unmeasured },
  { name: 'GRE, v6', asked: to('gre', 'fd03::3'), outcome: answered, without: unmeasured },
  {
    name: 'TCP to a closed port',
    asked: to('tcp', '10.3.0.2', 81),
    outcome: { kind: 'refused', by: 'reset' },
  },
  {
    name: 'TCP to a closed port, v6',
    asked: to('tcp', 'fd03::2', 81),
    outcome: { kind: 'refused', by: 'reset' },
  },
  {
    name: 'UDP to a port of the other address',
    asked: to('udp', '10.3.0.3', 54),
    outcome: refusedBy('10.3.0.3', 3, 3),
  },
  {
    name: 'UDP to a closed port, v6',
    asked: to('udp', 'fd03::3', 54),
    outcome: refusedBy('fd03::3', 1, 4),
  },
  {
    name: 'GRE that nobody takes',
    asked: to('gre', '10.2.0.2'),
    outcome: refusedBy('10.2.0.2', 3, 2),
    without: unmeasured,
  },
  {
    name: 'GRE that nobody takes, v6',
    asked: to('gre', 'fd02::2'),
    outcome: refusedBy('fd02::2', 4, 1),
    without: unmeasured,
  },
  {
    name: 'TCP that a router rejects',
    asked: to('tcp', '10.3.0.2', 87),
    outcome: refusedBy('10.1.0.1', 3, 3),
  },
  {
    name: 'TCP that a router rejects, v6',
    asked: to('tcp', 'fd03::2', 87),
    outcome: refusedBy('fd01::1', 1, 4),
  },
  {
    name: 'TCP that a router resets',
    asked: to('tcp', '10.3.0.2', 86),
    outcome: { kind: 'refused', by: 'reset' },
  },
  {
    name: 'TCP that the guest itself rejects',
    asked: to('tcp', '10.3.0.2', 85),
    outcome: refusedBy('10.1.0.2', 3, 3),
  },
  {
    name: 'TCP that the guest itself drops',
    asked: to('tcp', '10.3.0.2', 84),
    outcome: silent,
  },
  { name: 'echo of another address', asked: to('icmp', '10.3.0.4'), outcome: silent },
  { name: 'UDP of another address', asked: to('udp', '10.3.0.4', 53), outcome: silent },
  { name: 'TCP of another address', asked: to('tcp', '10.3.0.4', 80), outcome: silent },
  {
    name: 'GRE of another address',
    asked: to('gre', '10.3.0.4'),
    outcome: silent,
    without: unmeasured,
  },
  { name: 'TCP that is dropped', asked: to('tcp', '10.3.0.2', 88), outcome: silent },
  { name: 'TCP that is dropped, v6', asked: to('tcp', 'fd03::2', 88), outcome: silent },
  {
    name: 'UDP that a router rejects',
    asked: to('udp', '10.3.0.2', 89),
    outcome: { ...failed('EHOSTUNREACH', 'wait'), icmp: { from: '10.1.0.1', type: 3, code: 13 } },
  },
  {
    name: 'UDP that a router rejects, v6',
    asked: to('udp', 'fd03::2', 89),
    outcome: { ...failed('EACCES', 'wait'), icmp: { from: 'fd01::1', type: 1, code: 1 } },
  },
  {
    name: 'UDP that the guest itself drops',
    asked: to('udp', '10.3.0.2', 77),
    outcome: failed('EPERM', 'send'),
  },
  {
    name: 'UDP that the guest itself rejects',
    asked: to('udp', '10.3.0.2', 78),
    outcome: refusedBy('10.1.0.2', 3, 3),
  },
  {
    name: 'a blackhole route',
    asked: to('tcp', '10.66.0.1', 80),
    outcome: failed('EINVAL', 'connect'),
  },
  {
    name: 'an unreachable route',
    asked: to('udp', '10.67.0.1', 80),
    outcome: failed('EHOSTUNREACH', 'connect'),
  },
  {
    name: 'a prohibited route',
    asked: to('icmp', '10.68.0.1'),
    outcome: failed('EACCES', 'connect'),
  },
  {
    name: 'a second source address',
    asked: { ...to('tcp', '10.3.0.2', 80), source: '10.1.0.9', locals: ['10.1.0.9'] },
    outcome: { ...answered, local: '10.1.0.9' },
  },
  {
    name: 'a source address the guest lacks',
    asked: { ...to('tcp', '10.3.0.2', 80), source: '10.9.9.9', locals: ['10.9.9.9'] },
    outcome: failed('EADDRNOTAVAIL', 'bind'),
  },
  {
    name: 'a source port of its own',
    asked: { ...to('tcp', '10.3.0.2', 80), sourcePort: 4000 },
    outcome: { ...answered, localPort: 4000 },
  },
  {
    name: 'TTL 1, TCP',
    asked: { ...to('tcp', '10.3.0.2', 80), ttl: 1 },
    outcome: { kind: 'expired', hop: '10.1.0.1' },
    without: unmeasured,
  },
  {
    name: 'TTL 2, UDP',
    asked: { ...to('udp', '10.3.0.2', 53), ttl: 2 },
    outcome: { kind: 'expired', hop: '10.2.0.2' },
    without: unmeasured,
  },
  {
    name: 'TTL 2, echo, v6',
    asked: { ...to('icmp', 'fd03::2'), ttl: 2 },
    outcome: { kind: 'expired', hop: 'fd02::2' },
    without: unmeasured,
  },
  {
    name: 'TTL 1, GRE, v6',
    asked: { ...to('gre', 'fd03::2'), ttl: 1 },
    outcome: { kind: 'expired', hop: 'fd01::1' },
    without: unmeasured,
  },
  { name: 'no address', asked: to('tcp', 'localhost', 80), outcome: { kind: unmeasured } },
  { name: 'UDP without a port', asked: to('udp', '10.3.0.2'), outcome: { kind: unmeasured } },
]

const evident = [to('tcp', '10.3.0.2', 88), to('udp', '10.3.0.2', 53), to('icmp', 'fd03::2')]
const crowd = { size: 500, probes: 10_000 }

const built = fileURLToPath(new URL('../../dist', import.meta.url))
const unshareFlags = [process.getuid?.() === 0 ? '-nm' : '-Urnm', '--propagation', 'private']

/** Debian keeps the tools where the path of an ordinary user does not lead. */
const toolPath = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` }

const lacking = findLacking()
let report: Report

beforeAll(async () => {
  if (lacking === undefined) report = await runHost()
}, 180_000)

test.for(questions.map((question, i) => [question.name, i] as const))(
  'the wire answers rightly: %s',
  ([, i], { skip }) => {
    if (lacking !== undefined) return skip(lacking)
    expect(report.resident.answers[i].outcome).toMatchObject(questions[i].outcome)
  },
)

test('without koffi the answers are the same, but for what Node cannot tell', ({ skip }) => {
  if (lacking !== undefined) return skip(lacking)
  const verdict = ({ outcome: { kind, errno } }: Result) => errno ?? kind
  const told = questions.map(({ name }, i) => [name, verdict(report.processes.answers[i])])
  const expected = questions.map(({ name, without }, i) => [
    name,
    without ?? verdict(report.resident.answers[i]),
  ])
  expect(told).toEqual(expected)
})

test('listeners open on addresses, on wildcards of both families, and not on a stranger', ({
  skip,
}) => {
  if (lacking !== undefined) return skip(lacking)
  const opened = report.resident.listening
  expect(opened.slice(0, -1)).toEqual(opened.slice(1).map(() => ({ kind: 'listening' })))
  expect(opened.at(-1)).toEqual({ kind: 'error', errno: 'EADDRNOTAVAIL' })
})

test.for(['resident', 'processes'] as const)(
  'the %s prober sends nothing when a guard fails: inode, machine, local address, name',
  (kind, { skip }) => {
    if (lacking !== undefined) return skip(lacking)
    const { results, packets, packetsOfRightOnes } = report[kind].guarded
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(results.map(() => unmeasured))
    expect(results.map(({ outcome }) => outcome.why).join('\n')).toContain('not 10.1.0.9')
    expect(packets).toBe(0)
    expect(packetsOfRightOnes).toBeGreaterThanOrEqual(3)
  },
)

test('a prober in the machine’s own namespace, or in one with a device, does not start', ({
  skip,
}) => {
  if (lacking !== undefined) return skip(lacking)
  expect(report.refused).toEqual([
    { kind: 'refused', why: 'this process is in the machine’s own network namespace' },
    { kind: 'refused', why: expect.stringContaining('devices besides lo: br9') },
  ])
})

test('a trace names both routers, whatever the protocol, and how it ended', ({ skip }) => {
  if (lacking !== undefined) return skip(lacking)
  const traceable = questions.filter(({ asked }) => !('ttl' in asked))
  const paths = new Map(report.resident.traced.map((path, i) => [traceable[i].name, path]))
  const routers = { v4: ['10.1.0.1', '10.2.0.2'], v6: ['fd01::1', 'fd02::2'] }
  for (const name of ['TCP', 'UDP', 'echo', 'GRE', 'TCP, v6', 'echo, v6', 'GRE, v6']) {
    const path = paths.get(name)
    expect(path?.hops.map(({ address }) => address)).toEqual(
      name.endsWith('v6') ? routers.v6 : routers.v4,
    )
    expect(path?.hops.every(({ microseconds = 0 }) => microseconds > 0)).toBe(true)
    expect(path).toMatchObject({ ttl: 3, end: answered })
  }
  const lost = paths.get('TCP that is dropped')
  expect(lost).toMatchObject({ hops: [{ address: '10.1.0.1' }], ttl: 2, end: silent })
})

test('the trace of nftables gives the deciding rule of each probe', ({ skip }) => {
  if (lacking !== undefined) return skip(lacking)
  const { results, comments, openings } = report.resident.evidence
  const open = { kind: 'open' }
  expect(openings).toEqual([open, open, expect.objectContaining({ kind: unmeasured })])
  expect(results.map(({ outcome }) => outcome.kind)).toEqual(['silent', 'answered', 'answered'])
  const deciding = results.map(({ flow }) => {
    const { kind: _, ...key } = flow
    const last = eventsWith(key).findLast(({ chain }) => chain !== 'pre')
    if (last === undefined) return 'nothing'
    const rule = comments[last.handle ?? 0] ?? `${last.kind} of ${last.chain}`
    return `${rule}: ${last.verdict.kind}`
  })
  expect(deciding).toEqual(['no 88: drop', 'names: accept', 'policy of forward: accept'])
})

/** The events of a flow's request; the reply to a UDP request has its ports the other way round. */
function eventsWith(key: Readonly<Record<string, unknown>>): readonly TraceEvent[] {
  const entries = Object.entries(key)
  return report.resident.evidence.events.filter(
    ({ packet }) =>
      entries.every(([name, value]) => packet?.[name] === value) && packet?.['icmpType'] !== 129,
  )
}

test('messages that were lost are admitted, once, and none are lost in a batch that reads', ({
  skip,
}) => {
  if (lacking !== undefined) return skip(lacking)
  const [drained, kept, late, after] = report.resident.evidence.overflowed
  expect({ drained, kept, late, after }).toEqual({ drained: [], kept: [], late: ['r1'], after: [] })
})

test('500 namespaces with listeners answer every probe, at a rate that is printed', ({ skip }) => {
  if (lacking !== undefined) return skip(lacking)
  const { listening, measured } = report.throughput
  expect(listening).toBe(2 * crowd.size)
  for (const { protocol, answered, perSecond } of measured) {
    process.stdout.write(`lab-wire: ${perSecond} ${protocol} probes/s, ${crowd.size} namespaces\n`)
    expect({ protocol, answered }).toEqual({ protocol, answered: crowd.probes })
  }
})

/** Runs the host in namespaces of its own; it ends by itself, or is ended by its pid. */
async function runHost(): Promise<Report> {
  const machineInode = String(statSync('/proc/self/ns/net', { bigint: true }).ino)
  const host = fileURLToPath(new URL('./lab-wire-host.mjs', import.meta.url))
  const args = [...unshareFlags, process.execPath, host, built, machineInode]
  const child = spawn('unshare', args, { env: toolPath, stdio: ['pipe', 'pipe', 'inherit'] })
  const overdue = setTimeout(() => child.kill('SIGKILL'), 150_000)
  const asked = questions.map((question) => question.asked)
  child.stdin.end(JSON.stringify({ asked, evident, crowd: crowd.size, count: crowd.probes }))
  let text = ''
  child.stdout.on('data', (part: Buffer) => (text += part.toString()))
  const [code] = await once(child, 'close')
  clearTimeout(overdue)
  expect(code).toBe(0)
  const printed: Report = JSON.parse(text)
  return printed
}

/** What this machine lacks for the proof, in words for a skipped test; undefined: nothing. */
function findLacking(): string | undefined {
  if (process.platform !== 'linux') return 'no Linux here'
  for (const tool of ['unshare', 'nsenter', 'ip', 'nft', 'ping'])
    if (spawnSync('which', [tool], { env: toolPath }).status !== 0) return `no ${tool} here`
  if (!existsSync(`${built}/lab/wire/index.js`)) return 'no build here'
  const koffi = spawnSync(process.execPath, ['-e', 'require("koffi")'], { cwd: built })
  if (koffi.status !== 0) return 'no koffi here'
  const probe = 'nft add table inet t && ip link add v0 type veth peer name v1'
  const { status } = spawnSync('unshare', [...unshareFlags, 'sh', '-c', probe], { env: toolPath })
  return status === 0 ? undefined : 'no network namespaces with nftables and veth here'
}
