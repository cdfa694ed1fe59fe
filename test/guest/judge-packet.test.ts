import { judgePacket, parseFirewall, parseIptablesSave } from '#guest'
import type { FirewallHook } from '#guest'
import { describe, expect, test } from 'vitest'
import {
  address,
  arriving,
  iptables,
  nameOf,
  nft,
  packet,
  packet6,
  rulesetOf,
  say,
} from './firewall-of.ts'

const judge = (
  ruleset: ReturnType<typeof nft>,
  change = {},
  context = {},
  hook: FirewallHook = 'input',
) => judgePacket(ruleset, hook, packet(change), { ...arriving, ...context })

const accept = [{ accept: null }]
const port = (right: unknown) => ({
  match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right },
})
const base = (hook: string, prio: number, policy = 'accept', type = 'filter') => ({
  type,
  hook,
  prio,
  policy,
})

describe('a base chain', () => {
  test('gives its policy to what no rule decides', () => {
    expect(say(judge(nft([{ rules: [[port(80), ...accept]] }])))).toBe('drop by policy of in')
  })

  test('is not there for a hook that has none, and nothing is stopped', () => {
    expect(say(judge(nft([{ rules: [] }]), {}, {}, 'forward'))).toBe('accept by no chain')
  })

  test('that accepts leaves the packet to the next one by priority', () => {
    const ruleset = nft([
      { name: 'late', base: base('input', 10), rules: [[{ drop: null }]] },
      { name: 'early', base: base('input', -10), rules: [accept] },
    ])
    const judgement = judge(ruleset)
    expect(say(judgement)).toBe('drop by rule 1 of late')
    expect(judgement.passed.map(nameOf)).toEqual(['rule 1 of early'])
  })

  test('of equal priority runs before those that were made earlier', () => {
    const chain = (name: string) => ({ name, base: base('input', 0), rules: [[{ drop: null }]] })
    expect(say(judge(nft([chain('first'), chain('second')])))).toBe('drop by rule 1 of second')
  })

  test('sees only packets of its family', () => {
    const ruleset = iptables([], 6)
    expect(say(judge(ruleset))).toBe('accept by no chain')
    expect(say(judgePacket(ruleset, 'input', packet6(), arriving))).toBe('drop by policy of INPUT')
  })
})

describe('a call', () => {
  const chains = [':one - [0:0]', ':two - [0:0]']

  test('comes back after the end of the chain and after a return', () => {
    const rules = ['-A INPUT -j one', '-A INPUT -j ACCEPT', '-A one -j RETURN', '-A one -j DROP']
    expect(say(judge(iptables([...chains, ...rules])))).toBe('accept by rule 2 of INPUT')
  })

  test('by goto comes back to whoever called the chain that went', () => {
    const rules = [
      '-A INPUT -j one',
      '-A INPUT -j ACCEPT',
      '-A one -g two',
      '-A one -j DROP',
      '-A two -j RETURN',
    ]
    expect(say(judge(iptables([...chains, ...rules])))).toBe('accept by rule 2 of INPUT')
  })

  test('by goto from a base chain ends in the policy', () => {
    const rules = ['-A INPUT -g one', '-A INPUT -j ACCEPT']
    expect(say(judge(iptables([...chains, ...rules])))).toBe('drop by policy of INPUT')
  })

  test('that never ends is unknown and does not run forever', () => {
    const loop = [
      '-A INPUT -j one',
      '-A one -j two',
      '-A one -j two',
      '-A two -j one',
      '-A two -j one',
    ]
    expect(judge(iptables([...chains, ...loop])).decision).toBe('unknown')
  })
})

describe('a rule', () => {
  test('says what the sender of a rejected packet is told', () => {
    const ruleset = iptables(['-A INPUT -p tcp -j REJECT --reject-with tcp-reset'])
    expect(judge(ruleset)).toMatchObject({ decision: 'reject', rejectWith: 'tcp-reset' })
    const nftables = nft([{ rules: [[{ reject: { type: 'icmpx', expr: 'admin-prohibited' } }]] }])
    expect(judge(nftables)).toMatchObject({ decision: 'reject', rejectWith: 'admin-prohibited' })
  })

  test('is known by position, handle, comment and text', () => {
    const ruleset = iptables([
      '-A INPUT -p udp -j DROP',
      '-A INPUT -m comment --comment "the \\"web\\"" -j DROP',
    ])
    expect(judge(ruleset).by).toMatchObject({
      chain: { table: 'filter', name: 'INPUT' },
      rule: { position: 2, comment: 'the "web"', text: expect.stringContaining('-A INPUT') },
    })
    expect(judge(nft([{ rules: [accept] }])).by).toMatchObject({ rule: { handle: 10 } })
  })

  test('of nftables asks for flags that are exactly so when it says "not these"', () => {
    // `ct state != established,related` holds for every packet: no state is both.
    const left = { ct: { key: 'state' } }
    const both = { match: { op: '!=', left, right: { '|': ['established', 'related'] } } }
    expect(judge(nft([{ rules: [[both, ...accept]] }]), {}, { state: 'related' }).decision).toBe(
      'accept',
    )
  })

  test('takes verdicts from a map, the rest of it last', () => {
    const data = {
      set: [
        ['*', { drop: null }],
        [22, { jump: { target: 'ssh' } }],
      ],
    }
    const key = { payload: { protocol: 'tcp', field: 'dport' } }
    const ruleset = nft([{ rules: [[{ vmap: { key, data } }]] }, { name: 'ssh', rules: [accept] }])
    expect(say(judge(ruleset))).toBe('accept by rule 1 of ssh')
    expect(say(judge(ruleset, { destinationPort: 80 }))).toBe('drop by rule 1 of in')
    expect(say(judge(ruleset, { protocol: 17 }))).toBe('drop by policy of in')
  })

  test('looks into named sets, with ranges and timeouts', () => {
    const named = {
      family: 'inet',
      table: 't',
      name: 's',
      type: 'ipv4_addr',
      elem: [{ elem: { val: '192.0.2.1', timeout: 3600 } }, { range: ['10.0.0.1', '10.0.0.9'] }],
    }
    const left = { payload: { protocol: 'ip', field: 'saddr' } }
    const rules = [[{ match: { op: '==', left, right: '@s' } }, ...accept]]
    expect(judge(nft([{ rules }], [{ set: named }])).decision).toBe('accept')
    const learning = [...rules, [{ set: { op: 'add', elem: left, set: '@s' } }]]
    expect(judge(nft([{ rules: learning }], [{ set: named }])).decision).toBe('unknown')
  })
})

describe('a mark', () => {
  const text = (rules: readonly string[]) =>
    rulesetOf(
      parseIptablesSave(['*mangle', ':PREROUTING ACCEPT [0:0]', ...rules, 'COMMIT'].join('\n'), 4),
    )

  test('is what earlier rules made of it, also at the next hook', () => {
    const ruleset = text([
      '-A PREROUTING -j MARK --set-xmark 0x5/0xffffffff',
      '-A PREROUTING -j MARK --set-xmark 0x2/0x7',
      '-A PREROUTING -m mark --mark 0x2 -j CONNMARK --save-mark',
    ])
    expect(judge(ruleset, {}, {}, 'prerouting')).toMatchObject({
      after: { context: { mark: 2, connectionMark: 2 } },
    })
  })

  test.each([
    ['--set-xmark 0x6/0x2', 3],
    ['--set-mark 0x6/0x2', 7],
    ['--and-mark 0x4', 4],
    ['--or-mark 0x2', 7],
    ['--xor-mark 0x1', 4],
  ])('of 5 becomes what %s makes of it', (how, mark) => {
    const ruleset = text([`-A PREROUTING -j MARK ${how}`])
    expect(judge(ruleset, {}, { mark: 5 }, 'prerouting')).toMatchObject({
      after: { context: { mark } },
    })
  })

  test('that only may have been set is unknown afterwards', () => {
    const ruleset = text(['-A PREROUTING -m limit --limit 1/sec -j MARK --set-mark 0x1'])
    expect(judge(ruleset, {}, {}, 'prerouting')).toMatchObject({
      decision: 'accept',
      after: { context: { mark: 'unknown' } },
    })
  })
})

describe('what cannot be decided', () => {
  test('leaves the answer open where it matters', () => {
    const judgement = judge(iptables(['-A INPUT -m recent --name x --rcheck -j ACCEPT']))
    expect(judgement).toMatchObject({
      decision: 'unknown',
      unknownBecause: ['-m recent'],
      possible: ['drop', 'accept'],
    })
    expect(nameOf(judgement.by)).toBe('rule 1 of INPUT')
  })

  test('does not where both ways end alike, and names the other rule', () => {
    const judgement = judge(
      iptables(['-A INPUT -m limit --limit 1/sec -j ACCEPT', '-A INPUT -j ACCEPT']),
    )
    expect(say(judgement)).toBe('accept by rule 2 of INPUT')
    expect(judgement).toMatchObject({ alsoBy: [{ rule: { position: 1 } }] })
  })

  test('does not if the rule only writes a log', () => {
    expect(
      say(judge(iptables(['-A INPUT -m limit --limit 1/min -j LOG --log-prefix "a b"']))),
    ).toBe('drop by policy of INPUT')
  })

  test.each(['-j NFQUEUE --queue-num 1', '-j TPROXY --on-port 1', '-j SOMETHING --new'])(
    'is a target such as %s',
    (target) => {
      expect(judge(iptables([`-A INPUT ${target}`]))).toMatchObject({
        decision: 'unknown',
        possible: ['unknown'],
      })
    },
  )

  test.each(['-m set --match-set bad src', '-m owner --uid-owner 0', '-m physdev --physdev-in x'])(
    'is a condition such as %s',
    (condition) => {
      expect(judge(iptables([`-A INPUT ${condition} -j ACCEPT`])).decision).toBe('unknown')
    },
  )

  test('is a device that was not collected', () => {
    const { inputDevice: _, ...blind } = arriving
    const ruleset = iptables(['-A INPUT -i eth0 -j ACCEPT'])
    expect(judgePacket(ruleset, 'input', packet(), blind)).toMatchObject({
      unknownBecause: ['inputDevice'],
    })
  })

  test('is every packet of a family whose rules were not collected', () => {
    const parsed = rulesetOf(parseFirewall({ kind: 'iptables', ipv4: '*filter\nCOMMIT\n' }))
    expect(judge(parsed).decision).toBe('accept')
    expect(judgePacket(parsed, 'input', packet6(), arriving).decision).toBe('unknown')
  })
})

describe('connection tracking', () => {
  test('has not seen a packet where the raw table looks at it', () => {
    const state = { match: { op: 'in', left: { ct: { key: 'state' } }, right: 'invalid' } }
    const raw = nft([
      { name: 'raw', base: base('prerouting', -300), rules: [[state, { drop: null }]] },
    ])
    expect(judge(raw, {}, {}, 'prerouting').decision).toBe('drop')
  })

  test('loses a packet that the raw table takes from it', () => {
    const raw = nft([{ name: 'raw', base: base('prerouting', -300), rules: [[{ notrack: null }]] }])
    expect(judge(raw, {}, {}, 'prerouting')).toMatchObject({
      after: { context: { state: 'untracked' } },
    })
  })
})

describe('a translation', () => {
  const rules = [[port(80), { dnat: { family: 'ip', addr: '10.0.0.9', port: 8080 } }]]
  const nat = { name: 'nat', base: base('prerouting', -100, 'accept', 'nat'), rules }
  const late = (right: number) => ({
    name: 'late',
    base: base('prerouting', 0),
    rules: [[port(right), { drop: null }]],
  })

  test('gives the packet other ends, which later chains see', () => {
    const judgement = judge(nft([nat, late(80)]), { destinationPort: 80 }, {}, 'prerouting')
    expect(judgement).toMatchObject({
      decision: 'translate',
      after: {
        packet: { destination: address('10.0.0.9'), destinationPort: 8080 },
        context: { translated: { source: false, destination: true } },
      },
    })
    expect(judge(nft([nat, late(8080)]), { destinationPort: 80 }, {}, 'prerouting').decision).toBe(
      'drop',
    )
  })

  test('that changes nothing does not make a connection translated', () => {
    const same = { name: 'nat', base: base('prerouting', -100, 'accept', 'nat') }
    const dnat = (addr: string) => [[{ dnat: { family: 'ip', addr } }]]
    const translated = (addr: string) =>
      judge(nft([{ ...same, rules: dnat(addr) }]), {}, {}, 'prerouting')
    expect(translated('10.0.0.1')).toHaveProperty('after.context.translated.destination', false)
    expect(translated('10.0.0.2')).toHaveProperty('after.context.translated.destination', true)
  })

  test('is made for the first packet of a connection only', () => {
    const established = { state: 'established', direction: 'original' }
    expect(judge(nft([nat]), { destinationPort: 80 }, established, 'prerouting')).toMatchObject({
      decision: 'accept',
      translations: [],
    })
  })

  test('to an address of the guest leaves later conditions on it open', () => {
    const text = [
      '*nat',
      ':POSTROUTING ACCEPT [0:0]',
      '-A POSTROUTING -o eth0 -j MASQUERADE',
      'COMMIT',
    ]
    const ruleset = rulesetOf(parseIptablesSave(text.join('\n'), 4))
    const judgement = judge(ruleset, {}, { inputDevice: '', outputDevice: 'eth0' }, 'postrouting')
    expect(judgement).toMatchObject({ decision: 'translate', translations: [{ address: 'own' }] })
    expect(judgement).not.toHaveProperty('after.packet.source')
  })
})
