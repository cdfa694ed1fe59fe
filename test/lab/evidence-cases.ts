import { readFileSync } from 'node:fs'
import type { Sketch } from '#conformance'
import { type Network, parseNetwork } from '#model'
import {
  addAcl,
  addGuest,
  addInstance,
  addNat,
  addRoute,
  addSubnet,
  addTable,
  admit,
  entry,
  find,
  type Rule,
  setRules,
} from '../oracle/tiny-network.ts'
import { networkOf } from './balancer-network.ts'

/** One packet whose traces were recorded in a real lab, by the name of its recording. */
export interface EvidenceCase {
  readonly network: () => Network
  /** As `ask` reads it. */
  readonly question: string
}

/** Hosts outside that answer. */
export const outsideHosts = ['203.0.113.9', '192.0.2.9', '198.51.100.20']

const web = { ...admit('web'), protocol: 6, ports: [{ from: 80, to: 80 }] }
const ssh: Rule = {
  ...admit('no-ssh'),
  action: 'drop',
  protocol: 6,
  ports: [{ from: 22, to: 22 }],
}
const across = 'i-a > 10.1.2.11 tcp 80'
const near = 'i-a > 10.1.1.12 tcp 80'
const relayed = 'i-a > 10.9.0.1 tcp 80'
const balanced = '203.0.113.80 tcp'

/** Every recording of `fixtures`, with the network that it was made in. */
export const evidenceCases = {
  'group-rule': of('i-a > 10.1.1.12 tcp 22', (s) => setRules(s, 'sg-1', ssh, admit('rest'))),
  'group-default': of('i-a > 10.1.2.11 tcp 22', (s) => setRules(s, 'sg-1', web)),
  'list-there': of(across, (s) => addAcl(s, 'vsw-2', [entry('drop', 80, 80)], [entry('accept')])),
  'list-back': of(across, (s) =>
    addAcl(s, 'vsw-2', [entry('accept')], [entry('accept', 443, 443, undefined, 6)]),
  ),
  'two-drops-there': shipped('three-blockers-at-once', 'i-web-1 > 10.7.2.10 tcp 6379'),
  'two-drops-back': shipped('three-blockers-at-once', 'i-web-1 > 10.7.2.10 tcp 5432'),
  'black-hole': of(relayed, (s) => addRoute(s, 'rtb-1', '10.9.0.0/16', { kind: 'blackhole' })),
  'no-route': of('i-a > 10.8.0.1 tcp 80', (s) =>
    addRoute(s, 'rtb-1', '10.9.0.0/16', { kind: 'blackhole' }),
  ),
  'guest-policy': shipped('host-firewall-forgotten', 'i-app > 10.61.2.10 tcp 5432'),
  'guest-output': shipped('host-firewall-forgotten', 'i-batch > 10.61.2.10 tcp 5432'),
  'guest-rule': of(near, (s) =>
    addGuest(s, 'b', {
      firewall: iptables('-A INPUT -p udp -j DROP', '-A INPUT -p tcp --dport 80 -j DROP'),
    }),
  ),
  'guest-forward': of(relayed, (s) =>
    relay(s, { ipForward: true, firewall: iptables('-A FORWARD -j DROP') }),
  ),
  'closed-tcp': of(near, (s) =>
    addGuest(s, 'b', { sockets: [{ protocol: 'tcp', address: '0.0.0.0', port: 22 }] }),
  ),
  'closed-udp': of('i-c > 10.1.1.12 udp 53', (s) =>
    addGuest(s, 'b', { sockets: [{ protocol: 'tcp', address: '0.0.0.0', port: 22 }] }),
  ),
  'open-tcp': of(near, () => undefined),
  'nobody-there': of('i-a > 10.1.1.77 tcp 80', () => undefined),
  'owner-stopped': of(near, (s) => void (find(s.instance, 'i-b').state = 'Stopped')),
  'not-forwarding': of(relayed, (s) => relay(s, { ipForward: false })),
  'in-a-circle': of(relayed, (s) => relay(s, { ipForward: true })),
  'back-to-sender': of(across, (s) => {
    addGuest(s, 'a', { ipForward: true })
    addTable(s, 'rtb-x', 'vsw-1')
    addRoute(s, 'rtb-x', '10.1.2.0/24', { kind: 'instance', id: 'i-a' })
  }),
  'strict-kernel': shipped('strict-kernel-two-legs', 'i-clerk > 10.63.2.10 tcp 445'),
  'no-way-back': of('i-c > 10.1.1.12 tcp 80', (s) =>
    addGuest(s, 'b', { routes: [{ destination: '10.1.1.0/24', networkInterfaceId: 'eni-b' }] }),
  ),
  'no-way-out': of('i-b > 10.1.2.11 tcp 80', (s) =>
    addGuest(s, 'b', { routes: [{ destination: '10.1.1.0/24', networkInterfaceId: 'eni-b' }] }),
  ),
  'nat-out': of('i-a > 203.0.113.9 tcp 80', (s) => void addNat(s)),
  'nat-in': shipped('public-inbound', '192.0.2.9 > 203.0.113.52 tcp 8443'),
  'nat-no-entry': shipped('public-inbound', '192.0.2.9 > 203.0.113.52 tcp 443'),
  balanced: shipped('behind-a-load-balancer', `192.0.2.9 > ${balanced} 443`),
  'balanced-list': shipped('behind-a-load-balancer', `198.51.100.20 > ${balanced} 443`),
  'no-listener': shipped('behind-a-load-balancer', `192.0.2.9 > ${balanced} 8888`),
} as const satisfies Readonly<Record<string, EvidenceCase>>

/** The name of a recording. */
export type EvidenceName = keyof typeof evidenceCases

function of(question: string, change: (sketch: Sketch) => void): EvidenceCase {
  return { question, network: () => networkOf(change) }
}

function shipped(scenario: string, question: string): EvidenceCase {
  const path = new URL(`../../scenarios/${scenario}/network.json`, import.meta.url)
  return {
    question,
    network: () => {
      const parsed = parseNetwork(JSON.parse(readFileSync(path, 'utf8')))
      if (!parsed.ok) throw new Error(`${scenario} is no network`)
      return parsed.network
    },
  }
}

type GuestFacts = Parameters<typeof addGuest>[2]

/** i-f of a vSwitch of its own is the next hop to 10.9.0.0/16. */
function relay(sketch: Sketch, facts: GuestFacts): void {
  addSubnet(sketch, 'vsw-3', 'vpc-1', '10.1.3.0/24')
  addInstance(sketch, 'f', 'vsw-3', '10.1.3.11')
  addGuest(sketch, 'f', facts)
  addRoute(sketch, 'rtb-1', '10.9.0.0/16', { kind: 'instance', id: 'i-f' })
}

function iptables(...rules: readonly string[]): NonNullable<GuestFacts['firewall']> {
  const chains = [':INPUT ACCEPT [0:0]', ':FORWARD ACCEPT [0:0]', ':OUTPUT ACCEPT [0:0]']
  return { kind: 'iptables', ipv4: ['*filter', ...chains, ...rules, 'COMMIT', ''].join('\n') }
}
