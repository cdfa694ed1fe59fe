import type { Guest } from '#model'
import type { Dice } from './dice.ts'
import { type Drawing, hostOf, type Plain, type Sketch } from './sketch.ts'
import { favouritePorts } from './sketch-filters.ts'

/** A rule in words of neither tool; it is written for both. */
interface FirewallRule {
  readonly chain: string
  readonly state?: 'known' | 'new' | 'invalid'
  readonly protocol?: 'tcp' | 'udp' | 'icmp' | 'icmpv6' | 'gre'
  readonly ports?: readonly number[]
  readonly source?: string
  readonly destination?: string
  readonly input?: string
  readonly output?: string
  /** Whether it also asks for what nobody can decide from outside. */
  readonly limited?: boolean
  readonly target: 'accept' | 'drop' | 'reject' | 'return' | 'services'
}

interface FirewallSketch {
  readonly policies: Readonly<Record<string, 'accept' | 'drop'>>
  readonly rules: readonly FirewallRule[]
  /** Device that masquerades what leaves by it. */
  readonly masquerade?: string
  /** Port whose packets are not tracked. */
  readonly untracked?: number
}

/** What rules may name. */
interface Scene {
  readonly dice: Dice
  readonly devices: readonly string[]
  readonly ranges: readonly string[]
}

/** The firewall of one guest as its tool prints it: small, and mostly sensible. */
export function drawFirewall(
  { dice, sketch }: Drawing,
  devices: readonly string[],
): Plain<NonNullable<Guest['firewall']>> {
  const firewall = drawRules({ dice, devices, ranges: rangesOf(dice, sketch) })
  if (dice.chance(0.5)) return { kind: 'nftables', ruleset: nftText(firewall) }
  const ipv4 = iptablesText(firewall, 4)
  return dice.chance(0.85)
    ? { kind: 'iptables', ipv4, ipv6: iptablesText(firewall, 6) }
    : { kind: 'iptables', ipv4 }
}

/** Addresses of some interfaces and their surroundings, and of hosts outside. */
function rangesOf(dice: Dice, sketch: Sketch): readonly string[] {
  const some = [0, 1, 2].map(() => dice.pick(sketch.networkInterface))
  return [
    ...some.flatMap(({ addresses, ipv6Addresses = [] }) => [
      ...addresses.slice(0, 1),
      ...ipv6Addresses.slice(0, 1).map(({ address }) => address),
    ]),
    ...some.map(({ addresses }) => `${hostOf(addresses[0], 0)}/24`),
    ...dice.some(sketch.vpc, 0.5).flatMap(({ cidrs }) => cidrs.slice(0, 1)),
    '203.0.113.0/24',
    '2408:4000::/32',
  ]
}

function drawRules(scene: Scene): FirewallSketch {
  const { dice } = scene
  const random = (chain: string, most: number): FirewallRule[] =>
    Array.from({ length: dice.whole(0, most) }, () => drawRule(scene, chain))
  // Whoever asks for new connections also admits the packets that follow the first two.
  const known = (rules: readonly FirewallRule[], chain: string, chance: number): FirewallRule[] =>
    dice.chance(chance) || rules.some(({ state }) => state === 'new')
      ? [{ chain, state: 'known', target: 'accept' }, ...rules]
      : [...rules]
  const last: FirewallRule[] = dice.chance(0.15) ? [{ chain: 'INPUT', target: 'reject' }] : []
  const rules = [
    ...known(random('INPUT', 4), 'INPUT', 0.88),
    ...(dice.chance(0.7) ? [openService(dice)] : []),
    ...last,
    ...known(random('FORWARD', 3), 'FORWARD', 0.75),
    ...known(random('OUTPUT', 2), 'OUTPUT', 0.6),
    ...random('services', 3).filter(({ state }) => state !== 'new'),
  ]
  const policy = (drops: number) => (dice.chance(drops) ? 'drop' : 'accept')
  return {
    policies: { INPUT: policy(0.3), FORWARD: policy(0.25), OUTPUT: policy(0.08) },
    rules,
    ...(dice.chance(0.05) && { masquerade: dice.pick(scene.devices) }),
    ...(dice.chance(0.05) && { untracked: dice.pick(favouritePorts) }),
  }
}

function openService(dice: Dice): FirewallRule {
  const ports = dice.some(favouritePorts, 0.6)
  return ports.length > 0
    ? { chain: 'INPUT', protocol: 'tcp', ports, target: 'accept' }
    : { chain: 'INPUT', protocol: 'icmp', target: 'accept' }
}

function drawRule({ dice, devices, ranges }: Scene, chain: string): FirewallRule {
  const narrowed = drawMatch(dice)
  const sees = {
    input: chain === 'INPUT' || chain === 'FORWARD',
    output: chain === 'OUTPUT' || chain === 'FORWARD',
  }
  const device = [...devices, 'eth+', 'lo']
  return {
    chain,
    ...narrowed,
    ...(dice.chance(0.35) && { source: dice.pick(ranges) }),
    ...(dice.chance(0.15) && { destination: dice.pick(ranges) }),
    ...(sees.input && dice.chance(0.2) && { input: dice.pick(device) }),
    ...(sees.output && dice.chance(0.2) && { output: dice.pick(device) }),
    ...(dice.chance(0.03) && { limited: true }),
    target: dice.weighted([
      [9, 'accept'],
      [4, 'drop'],
      [narrowed.state === 'invalid' ? 0 : 2, 'reject'],
      [chain === 'services' ? 2 : 0, 'return'],
      [chain === 'services' ? 0 : 3, 'services'],
    ] as const),
  }
}

function drawMatch(dice: Dice): Partial<FirewallRule> {
  const ports = dice.some(favouritePorts, 0.4)
  const listed = ports.length > 0 && { ports }
  return dice.weighted<Partial<FirewallRule>>([
    [5, { protocol: 'tcp', ...listed }],
    [2, { protocol: 'udp', ...listed }],
    [2, { protocol: 'icmp' }],
    [1, { protocol: 'icmpv6' }],
    [1, { protocol: 'gre' }],
    [1, { state: 'new' }],
    [1, { state: 'new', protocol: 'tcp', ...listed }],
    [1, { state: 'invalid' }],
  ])
}

const isIpv6 = (range: string): boolean => range.includes(':')

const base = ['INPUT', 'FORWARD', 'OUTPUT'] as const

function iptablesText(firewall: FirewallSketch, family: 4 | 6): string {
  const { rules, policies, masquerade, untracked } = firewall
  const heads = base.map((name) => `:${name} ${policies[name].toUpperCase()} [0:0]`)
  const lines = rules.flatMap((rule) => iptablesRule(rule, family))
  const filter = ['*filter', ...heads, ':services - [0:0]', ...lines, 'COMMIT']
  const nat =
    masquerade === undefined
      ? []
      : [
          '*nat',
          ':POSTROUTING ACCEPT [0:0]',
          `-A POSTROUTING -o ${masquerade} -j MASQUERADE`,
          'COMMIT',
        ]
  const raw =
    untracked === undefined
      ? []
      : [
          '*raw',
          ':PREROUTING ACCEPT [0:0]',
          `-A PREROUTING -p tcp -m tcp --dport ${untracked} -j CT --notrack`,
          'COMMIT',
        ]
  return [...raw, ...filter, ...nat, ''].join('\n')
}

const iptablesStates = { known: 'RELATED,ESTABLISHED', new: 'NEW', invalid: 'INVALID' } as const

/** None where the rule speaks of the other family. */
function iptablesRule(rule: FirewallRule, family: 4 | 6): readonly string[] {
  const { chain, state, protocol, ports, source, destination, input, output, limited, target } =
    rule
  const named = [source, destination].filter((range) => range !== undefined)
  if (named.some((range) => isIpv6(range) !== (family === 6))) return []
  if (protocol === (family === 4 ? 'icmpv6' : 'icmp')) return []
  const words = [
    `-A ${chain}`,
    ...(source === undefined ? [] : [`-s ${source}`]),
    ...(destination === undefined ? [] : [`-d ${destination}`]),
    ...(input === undefined ? [] : [`-i ${input}`]),
    ...(output === undefined ? [] : [`-o ${output}`]),
    ...(protocol === undefined ? [] : [`-p ${protocol === 'icmpv6' ? 'ipv6-icmp' : protocol}`]),
    ...iptablesPorts(protocol, ports),
    ...(state === undefined ? [] : [`-m conntrack --ctstate ${iptablesStates[state]}`]),
    ...(limited ? ['-m limit --limit 10/min'] : []),
    `-j ${target === 'services' ? target : target.toUpperCase()}`,
  ]
  return [words.join(' ')]
}

function iptablesPorts(protocol = '', ports: readonly number[] = []): readonly string[] {
  if (ports.length === 0) return []
  if (ports.length === 1) return [`-m ${protocol} --dport ${ports[0]}`]
  return [`-m multiport --dports ${ports.join(',')}`]
}

const table = { family: 'inet', table: 'filter' } as const

/** As `nft -j list ruleset` prints it, without handles. */
function nftText(firewall: FirewallSketch): string {
  const { rules, policies, masquerade, untracked } = firewall
  const items: unknown[] = [
    { metainfo: { version: '1.0.6', json_schema_version: 1 } },
    { table: { family: 'inet', name: 'filter' } },
    ...base.map((name) => ({
      chain: {
        ...table,
        name,
        type: 'filter',
        hook: name.toLowerCase(),
        prio: 0,
        policy: policies[name],
      },
    })),
    { chain: { ...table, name: 'services' } },
  ]
  if (masquerade !== undefined) {
    const chain = { ...table, name: 'nat', type: 'nat', hook: 'postrouting', prio: 100 }
    items.push({ chain: { ...chain, policy: 'accept' } })
    items.push(nftRule('nat', [equals(meta('oifname'), masquerade), { masquerade: null }]))
  }
  if (untracked !== undefined) {
    const chain = { ...table, name: 'raw', type: 'filter', hook: 'prerouting', prio: -300 }
    items.push({ chain: { ...chain, policy: 'accept' } })
    items.push(nftRule('raw', [equals(field('tcp', 'dport'), untracked), { notrack: null }]))
  }
  items.push(...rules.map((rule) => nftRule(rule.chain, nftWords(rule))))
  return JSON.stringify({ nftables: items })
}

const nftRule = (chain: string, expr: readonly unknown[]) => ({ rule: { ...table, chain, expr } })

const equals = (left: unknown, right: unknown, op = '==') => ({ match: { op, left, right } })
const meta = (key: string) => ({ meta: { key } })
const field = (protocol: string, name: string) => ({ payload: { protocol, field: name } })

const nftStates = { known: ['established', 'related'], new: 'new', invalid: 'invalid' } as const
const nftProtocols = {
  tcp: 'tcp',
  udp: 'udp',
  icmp: 'icmp',
  icmpv6: 'ipv6-icmp',
  gre: 'gre',
} as const

function nftWords(rule: FirewallRule): readonly unknown[] {
  const { state, protocol, ports, source, destination, input, output, limited, target } = rule
  return [
    ...(source === undefined ? [] : [equals(end(source, 'saddr'), nftRange(source))]),
    ...(destination === undefined || clashes(source, destination)
      ? []
      : [equals(end(destination, 'daddr'), nftRange(destination))]),
    ...(input === undefined ? [] : [equals(meta('iifname'), input.replace('+', '*'))]),
    ...(output === undefined ? [] : [equals(meta('oifname'), output.replace('+', '*'))]),
    ...nftService(protocol, ports),
    ...(state === undefined ? [] : [equals({ ct: { key: 'state' } }, nftStates[state], 'in')]),
    ...(limited ? [{ limit: { rate: 10, burst: 5, per: 'minute' } }] : []),
    nftTarget(target),
  ]
}

/** One rule cannot ask for both families. */
const clashes = (a: string | undefined, b: string): boolean =>
  a !== undefined && isIpv6(a) !== isIpv6(b)

const end = (range: string, name: string) => field(isIpv6(range) ? 'ip6' : 'ip', name)

function nftRange(range: string): unknown {
  const [addr, length] = range.split('/')
  return length === undefined ? addr : { prefix: { addr, len: Number(length) } }
}

function nftService(
  protocol: FirewallRule['protocol'],
  ports: readonly number[] = [],
): readonly unknown[] {
  if (protocol === undefined) return []
  if (ports.length === 0) return [equals(meta('l4proto'), nftProtocols[protocol])]
  const right = ports.length === 1 ? ports[0] : { set: ports }
  return [equals(field(protocol, 'dport'), right)]
}

function nftTarget(target: FirewallRule['target']): unknown {
  if (target === 'services') return { jump: { target } }
  if (target === 'reject') return { reject: { type: 'icmpx', expr: 'port-unreachable' } }
  return { [target]: null }
}
