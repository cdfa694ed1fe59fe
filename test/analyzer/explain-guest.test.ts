import { describe, expect, test } from 'vitest'
import type { Sketch } from '#conformance'
import {
  addGuest,
  addInstance,
  addInterface,
  addIpv6,
  addRoute,
  addSubnet,
  addTable,
  setRules,
} from '../oracle/tiny-network.ts'
import { explain, path, reasons } from './ask-tiny.ts'

const save = (...lines: readonly string[]) =>
  [
    '*filter',
    ...['INPUT', 'FORWARD', 'OUTPUT'].map((name) => `:${name} ACCEPT [0:0]`),
    ...lines,
    'COMMIT',
    '',
  ].join('\n')

const ofB = (...lines: readonly string[]) => ({ kind: 'iptables', ipv4: save(...lines) }) as const

describe('what a guest says of a packet', () => {
  test('stands behind what the cloud says, in the order of the kernel', () => {
    const answer = explain((s) => {
      addGuest(s, 'a', { firewall: ofB('-A OUTPUT -p tcp -j ACCEPT') })
      addGuest(s, 'b', {
        firewall: ofB('-A INPUT -p udp -j DROP', '-A INPUT -p tcp -j ACCEPT'),
        sockets: [{ protocol: 'tcp', address: '0.0.0.0', port: 80 }],
      })
    }, 'i-a > i-b tcp 80')
    expect(answer.verdict).toBe('reachable')
    expect(path(answer)).toEqual([
      'forward i-a: firewall.egress admit, group.egress admit, route continue',
      'forward i-b: group.ingress admit, firewall.ingress admit, listen admit',
      'return i-b: firewall.egress admit, group.egress exempt, route continue',
      'return i-a: group.ingress exempt, firewall.ingress admit',
    ])
    const rules = answer.hops.flatMap(({ stages }) =>
      stages.flatMap(({ stage, rule }) => (/^(?:fire|listen)/.test(stage) ? rule : [])),
    )
    expect(rules).toEqual([
      'ip filter OUTPUT 1',
      'ip filter INPUT 2',
      'tcp 0.0.0.0:80',
      'ip filter OUTPUT policy',
      'ip filter INPUT policy',
    ])
  })

  test('leaves nothing to take for granted where firewall and sockets were seen', () => {
    const sockets = [{ protocol: 'tcp', address: '0.0.0.0', port: 80 }] as const
    const assumed = (facts: Parameters<typeof addGuest>[2], question: string) =>
      explain((s) => addGuest(s, 'b', facts), question).assumptions.map(({ code }) => code)
    const firewall = ofB()
    expect(assumed({ firewall, sockets: [...sockets] }, 'i-a > i-b tcp 80')).toEqual([])
    expect(assumed({ firewall }, 'i-a > i-b tcp 80')).toEqual(['assume.guest-accepts'])
    expect(assumed({ sockets: [...sockets] }, 'i-a > i-b tcp 80')).toEqual(['assume.guest-accepts'])
    expect(assumed({ firewall }, 'i-a > i-b icmp')).toEqual([])
    expect(assumed({ firewall, sockets: [] }, 'i-a > i-b gre')).toEqual(['assume.guest-accepts'])
  })

  test('does not hide what else stops the packet', () => {
    const answer = explain((s) => {
      setRules(s, 'sg-1')
      addGuest(s, 'b', { firewall: ofB('-A INPUT -j DROP'), sockets: [] })
    }, 'i-a > i-b tcp 80')
    expect(reasons(answer).slice(0, 3)).toEqual([
      'sg.ingress.no-match forward sg-1',
      'guest.firewall.ingress-deny forward i-b',
      'guest.not-listening forward i-b',
    ])
  })
})

describe('the command that mends a firewall', () => {
  const commandOf = (change: (sketch: Sketch) => void, question: string) =>
    explain(change, question).findings.map(({ facts }) => facts.command)

  const inB = (...lines: readonly string[]) => {
    const firewall = ofB(...lines)
    return (s: Sketch) => addGuest(s, 'b', { firewall })
  }

  test.each([
    [
      'tcp 80',
      '-A INPUT -j DROP',
      'iptables -I INPUT 1 -s 10.1.1.11 -d 10.1.1.12 -p tcp --dport 80 -j ACCEPT',
    ],
    [
      'icmp',
      '-A INPUT -j DROP',
      'iptables -I INPUT 1 -s 10.1.1.11 -d 10.1.1.12 -p icmp --icmp-type echo-request -j ACCEPT',
    ],
    ['gre', '-A INPUT -j DROP', 'iptables -I INPUT 1 -s 10.1.1.11 -d 10.1.1.12 -p 47 -j ACCEPT'],
    [
      'tcp 80',
      '-A OUTPUT -j DROP',
      'iptables -I OUTPUT 1 -m conntrack --ctstate ESTABLISHED -j ACCEPT',
    ],
  ])('%s against %s', (service, rule, command) => {
    expect(commandOf(inB(rule), `i-a > i-b ${service}`)).toEqual([command])
  })

  test('goes into the chain whose rule it was', () => {
    const rules = [':web - [0:0]', '-A INPUT -j web', '-A web -p udp -j RETURN', '-A web -j REJECT']
    expect(commandOf(inB(...rules), 'i-a > i-b tcp 80')).toEqual([
      'iptables -I web 2 -s 10.1.1.11 -d 10.1.1.12 -p tcp --dport 80 -j ACCEPT',
    ])
  })

  test('speaks nftables and IPv6 where the rules do, and quotes names', () => {
    const place = { family: 'inet', table: 'my table' }
    const base = { type: 'filter', hook: 'input', prio: 0, policy: 'drop' }
    const ruleset = JSON.stringify({
      nftables: [
        { table: { family: 'inet', name: 'my table' } },
        { chain: { ...place, name: 'in', ...base } },
      ],
    })
    const change = (s: Sketch) => {
      addIpv6(s, 'a', '2408:4000:1:1::11')
      addIpv6(s, 'b', '2408:4000:1:1::12')
      addGuest(s, 'b', { firewall: { kind: 'nftables', ruleset } })
    }
    expect(commandOf(change, '2408:4000:1:1::11 > 2408:4000:1:1::12 tcp 80')).toEqual([
      "nft add rule inet 'my table' in ip6 saddr 2408:4000:1:1::11 ip6 daddr 2408:4000:1:1::12 tcp dport 80 accept",
    ])
  })

  test('admits what a relay sees of a connection that it does not know', () => {
    const change = (s: Sketch) => {
      addSubnet(s, 'vsw-3', 'vpc-1', '10.1.3.0/24')
      addInstance(s, 'f', 'vsw-3', '10.1.3.11')
      addTable(s, 'rtb-z', 'vsw-2')
      addRoute(s, 'rtb-z', '10.1.1.0/24', { kind: 'instance', id: 'i-f' })
      addGuest(s, 'f', { ipForward: true, firewall: ofB('-A FORWARD -j DROP') })
    }
    expect(commandOf(change, 'i-a > i-c tcp 80')).toEqual([
      'iptables -I FORWARD 1 -s 10.1.2.11 -d 10.1.1.11 -p tcp --sport 80 -j ACCEPT',
    ])
  })
})

describe('what nobody can decide', () => {
  test.each([
    ['-A INPUT -m limit --limit 5/min -j ACCEPT\n-A INPUT -j DROP', 'guest.firewall.undecided'],
    [
      'COMMIT\n*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080',
      'guest.firewall.translates',
    ],
    ['-A NOWHERE -j DROP', 'guest.firewall.unreadable'],
  ])('%s', (rules, code) => {
    const answer = explain((s) => addGuest(s, 'b', { firewall: ofB(rules) }), 'i-a > i-b tcp 80')
    expect(answer.verdict).toBe('undetermined')
    expect(reasons(answer)).toEqual([`${code} forward i-b`])
  })

  test('the rules of a family that nobody collected are asked for by name', () => {
    const answer = explain((s) => {
      addIpv6(s, 'a', '2408:4000:1:1::11')
      addIpv6(s, 'b', '2408:4000:1:1::12')
      addGuest(s, 'b', { firewall: ofB() })
    }, '2408:4000:1:1::11 > 2408:4000:1:1::12 tcp 80')
    expect(answer.findings.map(({ code, facts }) => [code, facts.missing, facts.call])).toEqual([
      ['query.input-missing', 'guest i-b', 'ip6tables-save'],
    ])
  })

  test('routes that a strict filter would need are asked for too', () => {
    const answer = explain((s) => {
      addSubnet(s, 'vsw-3', 'vpc-1', '10.1.3.0/24')
      addInstance(s, 'f', 'vsw-3', '10.1.3.11')
      addInterface(s, 'f2', 'vsw-3', '10.1.3.12', 'f')
      addTable(s, 'rtb-x', 'vsw-1')
      addRoute(s, 'rtb-x', '10.1.2.0/24', { kind: 'instance', id: 'i-f' })
      const device = { name: 'eth0', networkInterfaceId: 'eni-f', reversePathFilter: 'strict' }
      addGuest(s, 'f', { ipForward: true, devices: [{ ...device, reversePathFilter: 'strict' }] })
    }, 'i-a > i-c tcp 80')
    expect(answer.findings.map(({ code, facts }) => [code, facts.missing])).toEqual([
      ['query.input-missing', 'guest i-f'],
    ])
  })
})

test('ports that a firewall and a socket treat alike are one part of the answer', () => {
  const answer = explain((s) => {
    addGuest(s, 'b', {
      firewall: ofB('-A INPUT -p tcp -m tcp --dport 8000:8999 -j DROP'),
      sockets: [80, 8080].map((port) => ({ protocol: 'tcp', address: '0.0.0.0', port })),
    })
  }, 'i-a > i-b tcp')
  expect(answer.verdict).toBe('partial')
  expect(answer.parts?.map(({ verdict, ports }) => `${verdict} ${ports ?? ''}`)).toEqual([
    'unreachable 1-79,81-65535',
    'reachable 80',
  ])
})
