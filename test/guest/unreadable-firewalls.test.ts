import { judgePacket, parseFirewall, parseIptablesSave, parseNftRuleset } from '#guest'
import type { ParsedFirewall } from '#guest'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { arriving, nft, nftText, packet } from './firewall-of.ts'

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

const problemsOf = (parsed: ParsedFirewall) => (parsed.kind === 'unreadable' ? parsed.problems : [])

test.each<readonly [string, string, string]>([
  ['text that is no JSON', '{', ''],
  ['JSON of something else', '{"nft":[]}', ''],
  [
    'a chain at a hook nobody has',
    nftText([{ base: { type: 'filter', hook: 'x', prio: 0 }, rules: [] }]),
    '/nftables/2/chain',
  ],
  [
    'a chain without priority',
    nftText([{ base: { type: 'filter', hook: 'input' }, rules: [] }]),
    '/nftables/2/chain',
  ],
  [
    'a rule of no chain',
    JSON.stringify({ nftables: [{ rule: { family: 'ip', table: 't', chain: 'c', expr: [] } }] }),
    '/nftables/0/rule',
  ],
])('nftables names the place of %s', (_, text, at) => {
  expect(problemsOf(parseNftRuleset(text))).toMatchObject([{ at }])
})

test.each<readonly [string, string, string]>([
  ['an unknown table', '*filters\nCOMMIT', 'line 1'],
  ['a rule of no chain', '*filter\n-A INPUT -j DROP', 'line 2'],
  ['a line that is none', '*filter\n:INPUT DROP [0:0]\nDROP', 'line 3'],
  ['an open quote', '*filter\n:INPUT DROP [0:0]\n-A INPUT -m comment --comment "a', 'line 3'],
  ['a rule outside a table', '-A INPUT -j DROP', 'line 1'],
  ['a table that ends nowhere', '*nat\nCOMMIT\n*filter\n:INPUT DROP [0:0]', 'line 4'],
])('iptables-save names the line of %s', (_, text, at) => {
  expect(problemsOf(parseIptablesSave(text, 4))).toMatchObject([{ at }])
})

test('problems of both families say whose they are', () => {
  const parsed = parseFirewall({ kind: 'iptables', ipv4: 'x', ipv6: 'y' })
  expect(problemsOf(parsed).map(({ at }) => at)).toEqual(['ipv4 line 1', 'ipv6 line 1'])
})

test('chains that see no IP packets are ignored with a reason', () => {
  const parsed = parseNftRuleset(nftText([{ rules: [] }], [], 'arp'))
  expect(parsed).toMatchObject({ kind: 'ruleset', ignored: [{ at: '/nftables/2/chain' }] })
})

test('a chain of a device counts for that device, and for any if the listing hides it', () => {
  const chain = (dev?: string) =>
    nft(
      [
        {
          base: { type: 'filter', hook: 'ingress', prio: 0, policy: 'drop', ...(dev && { dev }) },
          rules: [],
        },
      ],
      [],
      'netdev',
    )
  const judge = (dev?: string) => judgePacket(chain(dev), 'prerouting', packet(), arriving).decision
  expect([judge('eth0'), judge('eth1'), judge()]).toEqual(['drop', 'accept', 'unknown'])
})

test('a table that may be dormant leaves its chains open', () => {
  const text = (flags: unknown) =>
    nftText([{ rules: [] }]).replace('"name":"t"}', `"name":"t","flags":${JSON.stringify(flags)}}`)
  const judge = (flags: unknown) => {
    const parsed = parseNftRuleset(text(flags))
    return (
      parsed.kind === 'ruleset' && judgePacket(parsed.ruleset, 'input', packet(), arriving).decision
    )
  }
  expect([judge(['dormant']), judge('inet'), judge(['owner'])]).toEqual([
    'accept',
    'unknown',
    'drop',
  ])
})

test('a listing that says it is not whole judges nothing', () => {
  const text =
    "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n# Table `mine' is incompatible, use 'nft' tool.\n"
  expect(parseIptablesSave(text, 4)).toMatchObject({ ruleset: { unseenFamilies: [4] } })
})

/** Whether a text is refused with a reason, or judged; nothing may be thrown by either. */
function isHandled(parsed: ParsedFirewall): boolean {
  if (parsed.kind === 'unreadable') return parsed.problems.length > 0
  return judgePacket(parsed.ruleset, 'input', packet(), arriving).decision.length > 0
}

test('no text whatsoever makes a parser throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.json(), (text, json) => {
      expect(isHandled(parseNftRuleset(text))).toBe(true)
      expect(isHandled(parseNftRuleset(json))).toBe(true)
      expect(isHandled(parseIptablesSave(text, 4))).toBe(true)
      expect(isHandled(parseFirewall({ kind: 'iptables', ipv6: text }))).toBe(true)
    }),
  )
})

test('no change of a real listing of nftables makes anything throw', () => {
  const items = JSON.parse(fixture('firewalld.json'))
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(
      '__proto__',
      'constructor',
      '@x',
      { set: [] },
      { range: [9, 1] },
      { prefix: { addr: '::', len: 999 } },
    ),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 4 }), (changes) => {
      let count = 0
      const places = new Map(changes.map(([place, value]) => [place % 2500, value]))
      const text = JSON.stringify(items, (_, value: unknown) => {
        const at = count++
        // A copy: one object in two places, one inside the other, would have no end.
        return places.has(at) && at > 1 ? structuredClone(places.get(at)) : value
      })
      expect(isHandled(parseNftRuleset(text))).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('no change of a real iptables-save makes anything throw', () => {
  const text = fixture('ufw.rules')
  const odd = fc.oneof(
    fc.string(),
    fc.constantFrom('!', '"', '-m ', ' -j ', '\n', ' -g x', ':', '0x', '--dport '),
  )
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(30), odd, (at, gone, instead) => {
      expect(
        isHandled(parseIptablesSave(text.slice(0, at) + instead + text.slice(at + gone), 4)),
      ).toBe(true)
    }),
    { numRuns: 500 },
  )
})
