import { judgePacket } from '#guest'
import type { FirewallPacket, PacketContext } from '#guest'
import { expect, test } from 'vitest'
import { address, arriving, iptables, nft, packet, packet6 } from './firewall-of.ts'

type Json = Readonly<Record<string, unknown>>

/** A condition in both languages, what meets it, and what does not. */
interface Case {
  readonly says: string
  readonly nft: readonly Json[]
  readonly iptables?: string
  readonly family?: 4 | 6
  readonly yes: Partial<FirewallPacket & PacketContext>
  readonly no: Partial<FirewallPacket & PacketContext>
}

const match = (left: unknown, right: unknown, op = '=='): Json => ({ match: { op, left, right } })
const payload = (protocol: string, field: string) => ({ payload: { protocol, field } })
const meta = (key: string) => ({ meta: { key } })
const ct = (key: string) => ({ ct: { key } })
const prefix = (addr: string, len: number) => ({ prefix: { addr, len } })
const range = (...bounds: readonly (string | number)[]) => ({ range: bounds })
const set = (...elements: readonly unknown[]) => ({ set: elements })

const saddr = payload('ip', 'saddr')
const dport = payload('tcp', 'dport')
const udp = { protocol: 17 }

const cases: readonly Case[] = [
  {
    says: 'source prefix',
    nft: [match(saddr, prefix('10.0.0.0', 24))],
    iptables: '-s 10.0.0.0/24',
    yes: {},
    no: { source: address('10.0.1.5') },
  },
  {
    says: 'not this source',
    nft: [match(saddr, '10.0.0.6', '!=')],
    iptables: '! -s 10.0.0.6/32',
    yes: {},
    no: { source: address('10.0.0.6') },
  },
  {
    says: 'source under a mask with holes',
    nft: [match({ '&': [saddr, '255.0.0.255'] }, '10.0.0.5')],
    iptables: '-s 10.0.0.5/255.0.0.255',
    yes: { source: address('10.9.9.5') },
    no: { source: address('10.0.0.6') },
  },
  {
    says: 'destination range',
    nft: [match(payload('ip', 'daddr'), range('10.0.0.1', '10.0.0.3'))],
    iptables: '-m iprange --dst-range 10.0.0.1-10.0.0.3',
    yes: {},
    no: { destination: address('10.0.0.4') },
  },
  {
    says: 'IPv6 destination prefix',
    family: 6,
    nft: [match(payload('ip6', 'daddr'), prefix('fd00::', 64))],
    iptables: '-d fd00::/64',
    yes: {},
    no: { destination: address('fd00:0:0:1::1') },
  },
  {
    says: 'protocol',
    nft: [match(meta('l4proto'), 'udp')],
    iptables: '-p udp',
    yes: udp,
    no: {},
  },
  {
    says: 'not this protocol',
    nft: [match(meta('l4proto'), 'tcp', '!=')],
    iptables: '! -p tcp',
    yes: udp,
    no: {},
  },
  {
    says: 'TCP port, of TCP only',
    nft: [match(dport, 22)],
    iptables: '-p tcp -m tcp --dport 22',
    yes: {},
    no: udp,
  },
  {
    says: 'not this TCP port, of TCP only',
    nft: [match(dport, 80, '!=')],
    iptables: '-p tcp -m tcp ! --dport 80',
    yes: {},
    no: udp,
  },
  {
    says: 'source port range',
    nft: [match(payload('tcp', 'sport'), range(1024, 65_535))],
    iptables: '-p tcp -m tcp --sport 1024:65535',
    yes: {},
    no: { sourcePort: 1023 },
  },
  {
    says: 'several ports',
    nft: [match(dport, set(22, range(80, 90)))],
    iptables: '-p tcp -m multiport --dports 22,80:90',
    yes: { destinationPort: 85 },
    no: { destinationPort: 91 },
  },
  {
    says: 'either port',
    nft: [
      match(meta('l4proto'), set('tcp', 'udp')),
      match(
        { concat: [payload('th', 'sport'), payload('th', 'dport')] },
        set({ concat: [53, range(0, 65_535)] }, { concat: [range(0, 65_535), 53] }),
      ),
    ],
    iptables: '-p tcp -m multiport --ports 53',
    yes: { sourcePort: 53 },
    no: {},
  },
  {
    says: 'a port below',
    nft: [match(dport, 23, '<')],
    yes: {},
    no: { destinationPort: 23 },
  },
  {
    says: 'device',
    nft: [match(meta('iifname'), 'eth0')],
    iptables: '-i eth0',
    yes: {},
    no: { inputDevice: 'eth01' },
  },
  {
    says: 'devices that begin alike',
    nft: [match(meta('iifname'), 'eth*')],
    iptables: '-i eth+',
    yes: { inputDevice: 'eth17' },
    no: { inputDevice: 'ens5' },
  },
  {
    says: 'state',
    nft: [match(ct('state'), ['established', 'related'], 'in')],
    iptables: '-m conntrack --ctstate RELATED,ESTABLISHED',
    yes: { state: 'related' },
    no: {},
  },
  {
    says: 'not this state',
    nft: [match(ct('state'), 'new', '!=')],
    iptables: '-m state ! --state NEW',
    yes: { state: 'invalid' },
    no: {},
  },
  {
    says: 'direction',
    nft: [match(ct('direction'), 'reply')],
    iptables: '-m conntrack --ctdir REPLY',
    yes: { state: 'established', direction: 'reply' },
    no: {},
  },
  {
    says: 'translated destination',
    nft: [match(ct('status'), 'dnat', 'in')],
    iptables: '-m conntrack --ctstate DNAT',
    yes: { translated: { source: false, destination: true } },
    no: {},
  },
  {
    says: 'original destination',
    nft: [match({ ct: { key: 'ip daddr', dir: 'original' } }, '192.0.2.1')],
    iptables: '-m conntrack --ctorigdst 192.0.2.1',
    yes: { original: { destination: address('192.0.2.1') } },
    no: {},
  },
  {
    says: 'mark under a mask',
    nft: [match({ '&': [meta('mark'), 0xff] }, 0x10)],
    iptables: '-m mark --mark 0x10/0xff',
    yes: { mark: 0x110 },
    no: {},
  },
  {
    says: 'connection mark',
    nft: [match(ct('mark'), 4)],
    iptables: '-m connmark --mark 0x4',
    yes: { connectionMark: 4 },
    no: {},
  },
  {
    says: 'SYN of a beginning',
    nft: [match({ '&': [payload('tcp', 'flags'), ['fin', 'syn', 'rst', 'ack']] }, 'syn')],
    iptables: '-p tcp -m tcp --syn',
    yes: {},
    no: { tcpFlags: 18 },
  },
  {
    says: 'not both flags',
    nft: [match({ '&': [payload('tcp', 'flags'), ['fin', 'syn']] }, ['fin', 'syn'], '!=')],
    iptables: '-p tcp -m tcp ! --tcp-flags FIN,SYN FIN,SYN',
    yes: {},
    no: { tcpFlags: 3 },
  },
  {
    says: 'ICMP type',
    nft: [match(payload('icmp', 'type'), 'echo-request')],
    iptables: '-p icmp -m icmp --icmp-type 8',
    yes: { protocol: 1 },
    no: { protocol: 1, icmpType: 0 },
  },
  {
    says: 'not this ICMP type and code',
    nft: [
      match(meta('l4proto'), 'icmp'),
      match(
        { concat: [payload('icmp', 'type'), payload('icmp', 'code')] },
        { concat: ['destination-unreachable', 'frag-needed'] },
        '!=',
      ),
    ],
    iptables: '-p icmp -m icmp ! --icmp-type fragmentation-needed',
    yes: { protocol: 1, icmpType: 3, icmpCode: 1 },
    no: { protocol: 1, icmpType: 3, icmpCode: 4 },
  },
  {
    says: 'ICMPv6 type',
    family: 6,
    nft: [match(payload('icmpv6', 'type'), set('nd-neighbor-solicit', 'echo-reply'))],
    iptables: '-p ipv6-icmp -m icmp6 --icmpv6-type neighbour-solicitation',
    yes: { protocol: 58, icmpType: 135 },
    no: { protocol: 58, icmpType: 128 },
  },
  {
    says: 'destination of the guest itself',
    nft: [match({ fib: { result: 'type', flags: ['daddr'] } }, 'local')],
    iptables: '-m addrtype --dst-type LOCAL',
    yes: {},
    no: { destinationType: 'broadcast' },
  },
  {
    says: 'no way back by the same device',
    nft: [match({ fib: { result: 'oif', flags: ['saddr', 'mark', 'iif'] } }, false)],
    iptables: '-m rpfilter --invert',
    yes: { reverseRoute: false },
    no: {},
  },
  {
    says: 'broadcasts of the link',
    nft: [match(meta('pkttype'), 'broadcast')],
    iptables: '-m pkttype --pkt-type broadcast',
    yes: { destinationType: 'broadcast' },
    no: {},
  },
  {
    says: 'length',
    nft: [match(meta('length'), range(60, 70))],
    iptables: '-m length --length 60:70',
    yes: {},
    no: { length: 71 },
  },
  {
    says: 'hop limit',
    nft: [match(payload('ip', 'ttl'), 5, '<')],
    iptables: '-m ttl --ttl-lt 5',
    yes: { hopLimit: 4 },
    no: {},
  },
  {
    says: 'fragments, which no packet here is',
    nft: [match({ '&': [payload('ip', 'frag-off'), 0x1fff] }, 0)],
    iptables: '! -f',
    yes: {},
    no: { family: 6, source: address('::1'), destination: address('::2') },
  },
  {
    says: 'family',
    nft: [match(meta('nfproto'), 'ipv4')],
    yes: {},
    no: { family: 6, source: address('::1'), destination: address('::2') },
  },
  {
    says: 'source and port together',
    nft: [
      match(
        { concat: [saddr, dport] },
        set({ concat: [prefix('10.0.0.0', 8), 22] }, { concat: ['192.0.2.1', range(80, 90)] }),
      ),
    ],
    yes: {},
    no: { source: address('192.0.2.1') },
  },
]

const judge = (ruleset: ReturnType<typeof nft>, { family }: Case, change: Case['yes']) => {
  const base = family === 6 ? packet6() : packet()
  return judgePacket(ruleset, 'input', { ...base, ...change }, { ...arriving, ...change }).decision
}

test.each(cases)('nftables asks for $says', (one) => {
  const ruleset = nft([{ rules: [[...one.nft, { accept: null }]] }])
  expect(judge(ruleset, one, one.yes)).toBe('accept')
  expect(judge(ruleset, one, one.no)).toBe('drop')
})

const inIptables = cases.flatMap(({ iptables: words, ...one }) =>
  words ? [{ ...one, words }] : [],
)

test.each(inIptables)('iptables asks for $says', ({ words, ...one }) => {
  const ruleset = iptables([`-A INPUT ${words} -j ACCEPT`], one.family)
  expect(judge(ruleset, one, one.yes)).toBe('accept')
  // A packet of the other family meets no chain of this one, and so nothing stops it.
  const isOther = one.no.family !== undefined && one.no.family !== (one.family ?? 4)
  expect(judge(ruleset, one, one.no)).toBe(isOther ? 'accept' : 'drop')
})

test.each([
  [
    '-s 10.0.0.0/8 -p tcp -m tcp --dport 22',
    [match(saddr, prefix('10.0.0.0', 8)), match(dport, 22)],
  ],
  [
    '-i eth+ -m conntrack --ctstate NEW',
    [match(meta('iifname'), 'eth*'), match(ct('state'), 'new', 'in')],
  ],
  ['-m mark --mark 0x1', [match(meta('mark'), 1)]],
] as const)('%s has one normal form in both languages', (words, expressions) => {
  const steps = (ruleset: ReturnType<typeof nft>) =>
    ruleset.chains[0].rules[0].steps.filter(
      (step) => step.kind !== 'match' || step.key.field !== 'family',
    )
  expect(steps(iptables([`-A INPUT ${words} -j ACCEPT`]))).toEqual(
    steps(nft([{ rules: [[...expressions, { accept: null }]] }])),
  )
})
