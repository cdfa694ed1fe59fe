/** Random texts for iptables-restore and ip6tables-restore. */

import { formatAddress } from '#net'
import type { Family } from '#net'
import type { Dice } from '#conformance'
import { ports } from './guest-random-nft.ts'
import { devices, others, own } from './guest-scene.ts'

const tables: Readonly<Record<string, readonly string[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
}

interface Place {
  readonly family: Family
  readonly table: string
  /** A chain of the tool's own, or undefined in a user's. */
  readonly hook?: string
  readonly calls: readonly string[]
}

/** One text, every table in it with some chance and `filter` always. */
export function randomIptables(dice: Dice, family: Family): string {
  const chances = { raw: 0.4, mangle: 0.5, nat: 0.3, filter: 1, security: 0.2 }
  return Object.entries(chances)
    .filter(([, chance]) => dice.chance(chance))
    .map(([table]) => randomTable(dice, family, table))
    .join('')
}

function randomTable(dice: Dice, family: Family, table: string): string {
  const users = ['u0', 'u1', 'u-2', 'u.3'].slice(0, dice.whole(1, 4))
  const heads = [
    ...tables[table].map((name) => `:${name} ${policy(dice, table)} [0:0]`),
    ...users.map((name) => `:${name} - [0:0]`),
  ]
  const rules = [
    ...tables[table].flatMap((hook) =>
      randomRules(dice, hook, { family, table, hook, calls: users }, dice.whole(0, 6)),
    ),
    ...users.flatMap((name, at) =>
      randomRules(dice, name, { family, table, calls: users.slice(at + 1) }, dice.whole(0, 4)),
    ),
  ]
  return [`*${table}`, ...heads, ...rules, 'COMMIT', ''].join('\n')
}

const policy = (dice: Dice, table: string) =>
  table === 'filter' && dice.chance(0.3) ? 'DROP' : 'ACCEPT'

function randomRules(dice: Dice, chain: string, place: Place, count: number): readonly string[] {
  return Array.from({ length: count }, () => {
    const protocol = dice.chance(0.5) ? randomProtocol(dice, place.family) : ''
    const matches = [
      protocol,
      ...dice.some([() => endMatch(dice, place)], 0.4).map((make) => make()),
      ...dice.some([() => otherMatch(dice, place)], 0.4).map((make) => make()),
    ].filter((text) => text !== '')
    const note = dice.chance(0.1) ? [`-m comment --comment "say \\"hi\\", -j DROP # ${chain}"`] : []
    const target = randomTarget(dice, place, matches.length > 0, protocol)
    return ['-A', chain, ...matches, ...note, target].filter(Boolean).join(' ')
  })
}

const not = (dice: Dice) => (dice.chance(0.25) ? '! ' : '')

function randomProtocol(dice: Dice, family: Family): string {
  const name = dice.pick(['tcp', 'udp'])
  const range = dice.pick([String(dice.pick(ports)), '50:1000', ':443', '8000:'])
  const list = `${dice.pick(ports)},60:90,${dice.pick(ports)}`
  const icmp =
    family === 4
      ? `-p icmp ${dice.pick(['', '-m icmp --icmp-type 8', '-m icmp ! --icmp-type echo-request', '-m icmp --icmp-type 3/1', '-m icmp ! --icmp-type 3/3', '-m icmp --icmp-type any', '-m icmp --icmp-type host-unreachable'])}`
      : `-p ipv6-icmp ${dice.pick(['', '-m icmp6 --icmpv6-type 128', '-m icmp6 ! --icmpv6-type echo-request', '-m icmp6 --icmpv6-type neighbour-solicitation', '-m icmp6 --icmpv6-type 1/3'])}`
  return dice.weighted<string>([
    [4, `-p ${name} -m ${name} ${not(dice)}--dport ${range}`],
    [1, `-p ${name} -m ${name} ${not(dice)}--sport ${range}`],
    [1, `-p ${name} -m ${name} --sport 1024: ${not(dice)}--dport ${range}`],
    [
      2,
      `-p ${name} -m multiport ${not(dice)}--${dice.pick(['dports', 'sports', 'ports'])} ${list}`,
    ],
    [1, `-p tcp -m tcp ${not(dice)}--syn`],
    [
      1,
      `-p tcp -m tcp ${not(dice)}--tcp-flags ${dice.pick(['SYN,ACK SYN', 'FIN,SYN,RST,PSH,ACK,URG NONE', 'ALL SYN,ACK', 'RST RST'])}`,
    ],
    [2, `${not(dice)}-p ${dice.pick(['tcp', 'udp', 'gre', '89', 'esp'])}`],
    [2, icmp],
  ])
}

const prefixes: Readonly<Record<Family, readonly string[]>> = {
  4: ['10.1.0.0/16', '10.0.0.0/8', '192.0.2.0/24', '10.2.0.0/23', '0.0.0.5/0.0.0.255'],
  6: ['fd00:1::/32', 'fd00::/16', '2001:db8::/32', 'fd00:2::/64'],
}

const spans: Readonly<Record<Family, readonly string[]>> = {
  4: ['10.1.0.0-10.1.0.9', '10.1.7.9-10.2.0.5', '192.0.2.1-198.51.100.9'],
  6: ['fd00:1::1-fd00:1::9', 'fd00:1:7::-fd00:2::5'],
}

const someAddress = (dice: Dice, family: Family) =>
  formatAddress(dice.pick([...own[family], ...others[family]]))

function endMatch(dice: Dice, { family }: Place): string {
  const [short, word] = dice.pick([
    ['-s', 'src'],
    ['-d', 'dst'],
  ])
  return dice.weighted([
    [3, `${not(dice)}${short} ${someAddress(dice, family)}`],
    [3, `${not(dice)}${short} ${dice.pick(prefixes[family])}`],
    [2, `-m iprange ${not(dice)}--${word}-range ${dice.pick(spans[family])}`],
  ])
}

function otherMatch(dice: Dice, { family, table, hook }: Place): string {
  const hasInput = hook === undefined ? false : !/OUTPUT|POSTROUTING/.test(hook)
  const hasOutput = hook === undefined ? false : !/INPUT|PREROUTING/.test(hook)
  const device = dice.pick([...devices, 'eth+', 'lo', '+'])
  const states = dice.pick(['RELATED,ESTABLISHED', 'NEW', 'INVALID', 'UNTRACKED', 'NEW,UNTRACKED'])
  return dice.weighted<string>([
    [4, `-m conntrack ${not(dice)}--ctstate ${states}`],
    [1, `-m state --state ${dice.pick(['NEW', 'RELATED,ESTABLISHED', 'INVALID'])}`],
    [1, `-m conntrack --ctdir ${dice.pick(['ORIGINAL', 'REPLY'])}`],
    [1, `-m conntrack --ctstate NEW --ctorigdst ${someAddress(dice, family)}`],
    [1, '-m conntrack --ctstate NEW,ESTABLISHED --ctorigdstport 22'],
    [hasInput ? 3 : 0, `${not(dice)}-i ${device}`.replace('! -i +', '-i +')],
    [hasOutput ? 3 : 0, `${not(dice)}-o ${device}`.replace('! -o +', '-o +')],
    [2, `-m mark ${not(dice)}--mark ${dice.pick(['0x1', '0x2/0x2', '0x0'])}`],
    [1, `-m connmark ${not(dice)}--mark ${dice.pick(['0x1', '0x4/0x6'])}`],
    [1, `-m addrtype ${not(dice)}--dst-type ${dice.pick(['LOCAL', 'UNICAST', 'LOCAL,MULTICAST'])}`],
    [1, `-m addrtype ${not(dice)}--src-type ${dice.pick(['LOCAL', 'UNICAST'])}`],
    [1, `-m length ${not(dice)}--length ${dice.pick(['0:45', '48', '49:'])}`],
    [1, family === 4 ? '-m ttl --ttl-lt 77' : '-m hl --hl-eq 77'],
    [1, `-m pkttype ${not(dice)}--pkt-type ${dice.pick(['unicast', 'broadcast'])}`],
    [
      hook === 'PREROUTING' && table !== 'nat' ? 2 : 0,
      `-m rpfilter ${dice.pick(['', '--invert'])}`,
    ],
  ])
}

function randomTarget(dice: Dice, place: Place, narrowed: boolean, protocol: string): string {
  const { calls, table } = place
  const decides = narrowed || dice.chance(0.15)
  const target = calls.length > 0 ? dice.pick(calls) : ''
  return dice.weighted<string>([
    [decides ? 3 : 0, '-j ACCEPT'],
    [decides && table !== 'nat' ? 2.5 : 0, '-j DROP'],
    [decides && table === 'filter' ? 2 : 0, `-j REJECT ${rejectWith(dice, place, protocol)}`],
    [target ? 3 : 0, `-j ${target}`],
    [target && decides ? 1.5 : 0, `-g ${target}`],
    [decides ? 1.5 : 0, '-j RETURN'],
    [0.7, ''],
    [
      table === 'mangle' ? 5 : 0,
      `-j MARK ${dice.pick(['--set-mark 0x1', '--set-mark 0x2/0x2', '--or-mark 0x2', '--and-mark 0x1', '--xor-mark 0x3', '--set-xmark 0x4/0xf', '--set-xmark 0x6/0x2'])}`,
    ],
    [
      table === 'mangle' ? 2 : 0,
      `-j CONNMARK ${dice.pick(['--set-mark 0x1', '--save-mark', '--restore-mark', '--set-xmark 0x4/0x6'])}`,
    ],
    [table === 'raw' ? 3 : 0, `-j ${dice.pick(['NOTRACK', 'CT --notrack'])}`],
    [table === 'nat' ? 5 : 0, randomTranslation(dice, place)],
  ])
}

function rejectWith(dice: Dice, { family }: Place, protocol: string): string {
  if (protocol.startsWith('-p tcp') && dice.chance(0.4)) return '--reject-with tcp-reset'
  return family === 4
    ? dice.pick(['', '--reject-with icmp-host-prohibited', '--reject-with icmp-admin-prohibited'])
    : dice.pick(['', '--reject-with icmp6-adm-prohibited', '--reject-with addr-unreach'])
}

/** In a chain of the user's own the place of the call is not known, and the kernel refuses. */
function randomTranslation(dice: Dice, { family, hook }: Place): string {
  const to = someAddress(dice, family)
  if (hook === 'PREROUTING' || hook === 'OUTPUT')
    return dice.pick([`-j DNAT --to-destination ${to}`, '-j REDIRECT'])
  if (hook === 'POSTROUTING') return dice.pick([`-j SNAT --to-source ${to}`, '-j MASQUERADE'])
  return hook === 'INPUT' ? `-j SNAT --to-source ${to}` : '-j ACCEPT'
}
