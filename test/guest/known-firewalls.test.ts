import { judgePacket, parseFirewall } from '#guest'
import type { FirewallPacket, PacketContext } from '#guest'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { address, arriving, packet, packet6, rulesetOf, say } from './firewall-of.ts'

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

const ufw = rulesetOf(parseFirewall({ kind: 'iptables', ipv4: fixture('ufw.rules') }))
const firewalld = rulesetOf(parseFirewall({ kind: 'nftables', ruleset: fixture('firewalld.json') }))

type Change = Partial<FirewallPacket & PacketContext>

const from = (text: string): Change => ({ source: address(text) })
const to = (destinationPort: number): Change => ({ destinationPort })

test.each<readonly [string, Change, string]>([
  ['the web profile', to(443), 'accept by rule 5 of ufw-user-input'],
  ['a network that may reach the database', to(3306), 'accept by rule 6 of ufw-user-input'],
  ['the database from elsewhere', { ...to(3306), ...from('192.0.2.1') }, 'drop by policy of INPUT'],
  [
    'a source that is denied',
    { ...to(443), ...from('203.0.113.7') },
    'drop by rule 1 of ufw-user-input',
  ],
  ['an answer', { ...to(50_000), state: 'established' }, 'accept by rule 2 of ufw-before-input'],
  ['what belongs to nothing', { state: 'invalid' }, 'drop by rule 4 of ufw-before-input'],
  ['a ping', { protocol: 1 }, 'accept by rule 8 of ufw-before-input'],
  [
    'a datagram of Windows',
    { protocol: 17, ...to(137) },
    'drop by rule 1 of ufw-skip-to-policy-input',
  ],
  [
    'what is not for this machine',
    { destinationType: 'unicast' },
    'drop by rule 5 of ufw-not-local',
  ],
])('ufw judges %s', (_, change, said) => {
  expect(say(judgePacket(ufw, 'input', packet(change), { ...arriving, ...change }))).toBe(said)
})

test('ufw limits ssh, so that a connection may be rejected', () => {
  expect(judgePacket(ufw, 'input', packet(), arriving)).toMatchObject({
    decision: 'unknown',
    unknownBecause: ['-m recent'],
    possible: ['accept', 'reject'],
  })
})

test.each<readonly [string, Change, string]>([
  ['ssh in zone public', {}, 'accept by rule 1 of filter_IN_public_allow'],
  ['a forwarded range of ports', to(8005), 'accept by rule 4 of filter_IN_public_allow'],
  ['a port that is not open', to(3306), 'reject by rule 7 of filter_IN_public'],
  [
    'that port in zone internal',
    { ...to(3306), inputDevice: 'eth1' },
    'accept by rule 1 of filter_IN_internal',
  ],
  ['anything in zone drop', { inputDevice: 'eth2' }, 'drop by rule 1 of filter_IN_drop'],
  [
    'a trusted source',
    { ...to(9), ...from('198.51.100.3') },
    'accept by rule 1 of filter_IN_trusted',
  ],
  [
    'a source that a rich rule rejects',
    from('203.0.113.9'),
    'reject by rule 1 of filter_IN_public_deny',
  ],
  ['an answer', { state: 'established' }, 'accept by rule 1 of filter_INPUT'],
  ['what belongs to nothing', { state: 'invalid' }, 'drop by rule 4 of filter_INPUT'],
])('firewalld judges %s', (_, change, said) => {
  expect(say(judgePacket(firewalld, 'input', packet(change), { ...arriving, ...change }))).toBe(
    said,
  )
})

test('firewalld drops IPv6 packets that have no way back', () => {
  const judge = (reverseRoute: boolean) =>
    say(judgePacket(firewalld, 'prerouting', packet6(), { ...arriving, reverseRoute }))
  expect(judge(true)).toBe('accept by policy of filter_PREROUTING')
  expect(judge(false)).toBe('drop by rule 2 of filter_PREROUTING')
})
