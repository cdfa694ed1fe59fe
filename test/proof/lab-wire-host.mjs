/**
 * Runs inside `unshare -nm` (or `-Urnm`): makes namespaces, asks the wire of the lab, and prints one
 * line of JSON for lab-wire.test.ts. Arguments: the folder of the built code, and the inode of the
 * machine's network namespace. Everything goes when this process ends.
 */

import { execFileSync } from 'node:child_process'
import { mkdirSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** @typedef {import('../../src/lab/wire/probe.ts').Probe} Probe */
/** @typedef {import('../../src/lab/wire/prober.ts').Prober} Prober */
/** @typedef {import('../../src/lab/wire/prober.ts').Listener} Listener */

const [built = '', inode = '0'] = process.argv.slice(2)
const machineInode = BigInt(inode)
const door = pathToFileURL(`${built}/lab/wire/index.js`).href
/** @type {typeof import('../../src/lab/wire/index.ts')} */
const wire = await import(door)

execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/run'])
mkdirSync('/run/netns')

/** @param {string} text one command of ip for each line */
function ip(text) {
  execFileSync('ip', ['-batch', '-'], { input: text })
}

/**
 * @param {string} namespace
 * @param {string} text
 */
function ipIn(namespace, text) {
  execFileSync('ip', ['-n', namespace, '-batch', '-'], { input: text })
}

/**
 * @param {string} namespace
 * @param {string} command
 * @param {string} [input]
 */
function run(namespace, command, input = '') {
  const args = ['netns', 'exec', namespace, 'sh', '-c', command]
  return execFileSync('ip', args, { input, encoding: 'utf8' })
}

/** @param {string} namespace */
function site(namespace) {
  return { namespace, inode: statSync(`/run/netns/${namespace}`, { bigint: true }).ino }
}

/** A client, two routers and a server in a row, both IP versions. */
function makeRow() {
  ip(`netns add c
netns add r1
netns add r2
netns add s`)
  const settings = [
    'net.ipv4.ip_forward=1',
    'net.ipv6.conf.all.forwarding=1',
    'net.ipv6.conf.all.accept_dad=0',
    'net.ipv6.conf.default.accept_dad=0',
  ]
  const writes = wire.wireSettings.map(({ key, value }) => `echo '${value}' > /proc/sys/${key}`)
  const commands = [`sysctl -qw ${settings.join(' ')}`, 'ip link set lo up', ...writes]
  for (const namespace of ['c', 'r1', 'r2', 's']) run(namespace, commands.join(' && '))
  ip(`link add eth0 netns c type veth peer name p0 netns r1
link add p1 netns r1 type veth peer name p0 netns r2
link add p1 netns r2 type veth peer name eth0 netns s`)
  ipIn('c', addresses('eth0', 1, 2) + defaultRoutes(1, 1) + clientRoutes)
  ipIn('r1', addresses('p0', 1, 1) + addresses('p1', 2, 1) + routesTo(3, 2, 2))
  ipIn('r2', addresses('p0', 2, 2) + addresses('p1', 3, 1) + routesTo(1, 2, 1))
  ipIn('s', addresses('eth0', 3, 2) + addresses('eth0', 3, 3) + defaultRoutes(3, 1))
  run('c', 'nft -f -', countingRules)
  run('r1', 'nft -f -', routerRules)
  ipIn('s', addresses('eth0', 3, 4))
  run('s', 'nft -f -', disguise)
}

/**
 * @param {string} device
 * @param {number} net
 * @param {number} host
 */
function addresses(device, net, host) {
  return `addr add 10.${net}.0.${host}/24 dev ${device}
addr add fd0${net}::${host}/64 dev ${device} nodad
link set ${device} up
`
}

/**
 * @param {number} net
 * @param {number} host
 */
function defaultRoutes(net, host) {
  return `route add default via 10.${net}.0.${host}\nroute add default via fd0${net}::${host}\n`
}

/**
 * @param {number} target
 * @param {number} net
 * @param {number} host
 */
function routesTo(target, net, host) {
  return `route add 10.${target}.0.0/24 via 10.${net}.0.${host}
route add fd0${target}::/64 via fd0${net}::${host}
`
}

const clientRoutes = `route add unreachable 10.67.0.0/16
route add prohibit 10.68.0.0/16
route add blackhole 10.66.0.0/16
addr add 10.1.0.9/24 dev eth0
`

/** Counts whatever the client sends to the server's network. */
const countingRules = `table ip count {
  counter sent { }
  chain output {
    type filter hook output priority 0;
    ip daddr 10.3.0.0/24 counter name sent
    udp dport 77 drop
    udp dport 78 reject
    tcp dport 84 drop
    tcp dport 85 reject
  }
}
`

const routerRules = `table inet acl {
  chain pre { type filter hook prerouting priority -300; meta nftrace set 1; }
  chain early {
    tcp dport 88 counter drop comment "no 88"
    tcp dport 87 counter reject with icmpx port-unreachable
    tcp dport 86 counter reject with tcp reset
  }
  chain forward {
    type filter hook forward priority 0; policy accept;
    ct state established,related counter accept
    jump early
    udp dport 89 counter reject with icmpx admin-prohibited
    udp dport 53 counter goto names
    meta l4proto gre return
  }
  chain names {
    counter accept comment "names"
  }
}
`

/** Whatever 10.3.0.4 sends seems to come from 10.3.0.2. */
const disguise = `table ip disguise {
  chain output {
    type filter hook output priority 0;
    ip saddr 10.3.0.4 ip saddr set 10.3.0.2
  }
}
`

/** @returns {number} */
function packetsSent() {
  const listed = JSON.parse(run('c', 'nft -j list counters'))
  return listed.nftables.find((/** @type {any} */ item) => item.counter).counter.packets
}

/** @typedef {Partial<Omit<Probe, 'inode'>> & Pick<Probe, 'protocol' | 'destination'>} Asked */

/**
 * @param {readonly Asked[]} asked
 * @param {Partial<Probe>} [more]
 * @returns {readonly Probe[]}
 */
function probes(asked, more = {}) {
  const locals = ['10.1.0.2', 'fd01::2']
  return asked.map((one, id) => ({ id, ...site('c'), locals, ...one, ...more }))
}

/** @returns {readonly Listener[]} */
function serverListeners() {
  const server = site('s')
  return [
    { ...server, protocol: 'tcp', address: '0.0.0.0', port: 80 },
    { ...server, protocol: 'tcp', address: '::', port: 80 },
    { ...server, protocol: 'tcp', address: '::', port: 88 },
    { ...server, protocol: 'tcp', address: '0.0.0.0', port: 88 },
    { ...server, protocol: 'udp', address: '0.0.0.0', port: 53 },
    { ...server, protocol: 'udp', address: '::', port: 53 },
    { ...server, protocol: 'udp', address: '10.3.0.2', port: 54 },
    { ...server, protocol: 'gre', address: '0.0.0.0' },
    { ...server, protocol: 'gre', address: '::' },
    { ...server, protocol: 'tcp', address: '10.9.9.9', port: 80 },
  ]
}

const options = { timeoutMs: 1500, inFlight: 64 }

/**
 * Waits until neighbours know each other: a router that is asked too early drops what it forwards.
 * @param {Prober} prober
 */
async function warmUp(prober) {
  const targets = ['10.3.0.2', '10.3.0.3', '10.2.0.2', 'fd03::2', 'fd03::3', 'fd02::2']
  const asked = targets.map((destination) => ({
    protocol: /** @type {const} */ ('icmp'),
    destination,
  }))
  for (let i = 0; i < 40; i++) {
    const results = await prober.probe(probes(asked), { timeoutMs: 250, inFlight: 64 })
    if (results.every(({ outcome }) => outcome.kind === 'answered')) return
  }
  throw new Error('the namespaces do not reach each other')
}

/**
 * What the prober says of one question under guards that fail, and how many packets left meanwhile.
 * @param {Prober} prober
 */
async function askUnderGuard(prober) {
  /** @type {readonly Asked[]} */
  const asked = [
    { protocol: 'tcp', destination: '10.3.0.2', port: 80 },
    { protocol: 'udp', destination: '10.3.0.2', port: 53 },
    { protocol: 'icmp', destination: '10.3.0.2' },
    { protocol: 'gre', destination: '10.3.0.2' },
  ]
  const before = packetsSent()
  const wrongInode = await prober.probe(probes(asked, { inode: site('r1').inode }), options)
  const machine = await prober.probe(probes(asked, { inode: machineInode }), options)
  const wrongLocal = await prober.probe(probes(asked, { locals: ['10.1.0.9'] }), options)
  const wrongSource = await prober.probe(
    probes(asked, { source: '10.1.0.2', locals: ['10.1.0.9'] }),
    options,
  )
  const outside = await prober.probe(probes(asked, { namespace: '../../proc/1/ns/net' }), options)
  const results = [...wrongInode, ...machine, ...wrongLocal, ...wrongSource, ...outside]
  const packets = packetsSent() - before
  await prober.probe(probes(asked), options)
  return { results, packets, packetsOfRightOnes: packetsSent() - before }
}

/**
 * What the rules of r1 said of each question, and whether a reader that is emptied only at the end
 * admits that it lost something.
 * @param {Prober} prober
 * @param {readonly Asked[]} asked
 */
async function askWithEvidence(prober, asked) {
  const opened = await wire.openTraceReader({ machineInode })
  if (opened.kind === 'refused') throw new Error(opened.why)
  const { reader } = opened
  const openings = reader.open([site('r1'), site('s'), { namespace: 'c', inode: 1n }])
  const results = await prober.probe(probes(asked), { ...options, evidence: reader })
  const drained = reader.drain()
  /** @type {Asked} */
  const name = { protocol: 'udp', destination: '10.3.0.2', port: 53 }
  const flood = probes(Array.from({ length: 20_000 }, () => name))
  await prober.probe(flood.slice(0, 4000), { ...options, evidence: reader })
  const kept = reader.drain()
  await prober.probe(flood, options)
  const late = reader.drain()
  const after = reader.drain()
  reader.close()
  const overflowed = [drained, kept, late, after].map((each) => each.overflowed)
  return { openings, results, events: drained.events, overflowed, comments: commentsOfRouter() }
}

/** @returns {Readonly<Record<number, string>>} what the rules of r1 are called, by handle */
function commentsOfRouter() {
  const listed = JSON.parse(run('r1', 'nft -j list ruleset'))
  return Object.fromEntries(
    listed.nftables.flatMap((/** @type {any} */ { rule }) =>
      rule?.comment === undefined ? [] : [[rule.handle, rule.comment]],
    ),
  )
}

/** A row of namespaces on one bridge; each knows its four neighbours on either side. */
function makeCrowd(/** @type {number} */ size) {
  const mac = (/** @type {number} */ i) =>
    `02:00:00:00:${(i >> 8).toString(16).padStart(2, '0')}:${(i & 255).toString(16).padStart(2, '0')}`
  const all = Array.from({ length: size }, (_, i) => i)
  ip(['netns add hub', ...all.map((i) => `netns add n${i}`)].join('\n'))
  ipIn('hub', 'link add br0 type bridge mcast_snooping 0\nlink set br0 addrgenmode none up\n')
  ip(
    all
      .map((i) => `link add eth0 netns n${i} address ${mac(i)} type veth peer name g${i} netns hub`)
      .join('\n'),
  )
  ipIn('hub', all.map((i) => `link set g${i} master br0 addrgenmode none up`).join('\n'))
  for (const i of all) {
    const near = [-4, -3, -2, -1, 1, 2, 3, 4].map((d) => (i + d + size) % size)
    ipIn(
      `n${i}`,
      `link set eth0 addrgenmode none up
addr add ${crowdAddress(i)}/16 dev eth0
${near.map((j) => `neigh add ${crowdAddress(j)} lladdr ${mac(j)} dev eth0 nud permanent`).join('\n')}`,
    )
  }
}

/** @param {number} i */
function crowdAddress(i) {
  return `10.20.${i >> 8}.${i & 255}`
}

/**
 * @param {Prober} prober
 * @param {number} size
 * @param {number} count
 */
async function measureCrowd(prober, size, count) {
  makeCrowd(size)
  const sites = Array.from({ length: size }, (_, i) => site(`n${i}`))
  const address = '0.0.0.0'
  const opened = await prober.listen(
    sites.flatMap((at) => [
      { ...at, protocol: /** @type {const} */ ('tcp'), address, port: 80 },
      { ...at, protocol: /** @type {const} */ ('udp'), address, port: 53 },
    ]),
  )
  const measured = []
  for (const [protocol, port] of /** @type {const} */ ([
    ['tcp', 80],
    ['udp', 53],
    ['icmp', undefined],
  ])) {
    const batch = Array.from({ length: count }, (_, id) => ({
      id,
      ...sites[id % size],
      locals: [crowdAddress(id % size)],
      protocol,
      destination: crowdAddress((id + 1 + (id % 4)) % size),
      ...(port !== undefined && { port }),
    }))
    const start = performance.now()
    const results = await prober.probe(batch, { timeoutMs: 2000, inFlight: 64 })
    const milliseconds = performance.now() - start
    const answered = results.filter(({ outcome }) => outcome.kind === 'answered').length
    measured.push({ protocol, answered, perSecond: Math.round((count / milliseconds) * 1000) })
  }
  return { listening: opened.filter(({ kind }) => kind === 'listening').length, measured }
}

/** @param {import('../../src/lab/wire/prober.ts').OpenedProber} opened */
function proberOf(opened) {
  if (opened.kind === 'refused') throw new Error(opened.why)
  return opened.prober
}

async function main() {
  let input = ''
  for await (const part of process.stdin) input += part
  /** @type {{ asked: readonly Asked[], evident: readonly Asked[], crowd: number, count: number }} */
  const { asked, evident, crowd, count } = JSON.parse(input)
  const atHome = statSync('/proc/self/ns/net', { bigint: true }).ino
  const refused = await wire.openProber({ machineInode: atHome })
  makeRow()
  const resident = proberOf(await wire.openResidentProber({ machineInode }))
  const listening = await resident.listen(serverListeners())
  await warmUp(resident)
  const answers = await resident.probe(probes(asked), options)
  const guarded = await askUnderGuard(resident)
  const traced = await resident.trace(probes(asked.filter(({ ttl }) => ttl === undefined)), {
    ...options,
    timeoutMs: 500,
    maxHops: 5,
  })
  const evidence = await askWithEvidence(resident, evident)
  await resident.release(['c', 's'])
  const processes = proberOf(wire.openFallbackProber({ machineInode }))
  const listeningAgain = await processes.listen(serverListeners())
  const answersAgain = await processes.probe(probes(asked), options)
  const guardedAgain = await askUnderGuard(processes)
  await processes.close()
  const throughput = await measureCrowd(resident, crowd, count)
  await resident.close()
  ip('link add br9 type bridge')
  const connected = await wire.openProber({ machineInode })
  return {
    refused: [refused, connected],
    resident: { listening, answers, guarded, traced, evidence },
    processes: { listening: listeningAgain, answers: answersAgain, guarded: guardedAgain },
    throughput,
  }
}

process.stdout.write(`${JSON.stringify(await main())}\n`)
