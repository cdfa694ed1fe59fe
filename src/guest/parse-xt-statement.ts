import type { RuleStep } from './firewall-ruleset.ts'
import { entryOf, member, textOf } from './parse-nft-json.ts'
import { unknownMatch, unknownVerdict } from './rule-step.ts'

/**
 * What iptables put into an nftables ruleset and nft cannot say: it names the extension and hides
 * its settings. Where those decide, the outcome is open; `iptables-save` would tell.
 */
export function parseXtStatement(body: unknown): readonly RuleStep[] {
  const name = textOf(member(body, 'name'))
  const type = textOf(member(body, 'type'))
  if (name === undefined || type === undefined) return [unknownMatch('xt'), unknownVerdict('xt')]
  const known = entryOf(type === 'match' ? matches : targets, name)
  if (known) return known
  const label = `xt ${name}`.slice(0, 80)
  return [type === 'match' ? unknownMatch(label) : unknownVerdict(label)]
}

const matches: Readonly<Record<string, readonly RuleStep[]>> = { comment: [] }

const ownAddress = (end: 'source' | 'destination'): readonly RuleStep[] => [
  { kind: 'translate', to: { end, address: 'unknown', port: 'unknown' } },
]

/** Targets of xtables by what they do, whatever their settings; nothing: they decide nothing. */
export const idleTargets = [
  'LOG',
  'NFLOG',
  'ULOG',
  'AUDIT',
  'TRACE',
  'TCPMSS',
  'TCPOPTSTRIP',
  'CHECKSUM',
  'CLASSIFY',
  'DSCP',
  'TOS',
  'ECN',
  'TTL',
  'HL',
  'TEE',
  'IDLETIMER',
  'LED',
  'RATEEST',
  'SECMARK',
  'CONNSECMARK',
  'SET',
] as const

const targets: Readonly<Record<string, readonly RuleStep[]>> = {
  ...Object.fromEntries(idleTargets.map((name) => [name, []])),
  REJECT: [{ kind: 'verdict', verdict: { kind: 'reject', with: 'unknown' } }],
  MARK: [{ kind: 'forget-mark', field: 'mark' }],
  // Either mark may be the one that is written.
  CONNMARK: [
    { kind: 'forget-mark', field: 'mark' },
    { kind: 'forget-mark', field: 'connectionMark' },
  ],
  MASQUERADE: ownAddress('source'),
  SNAT: ownAddress('source'),
  DNAT: ownAddress('destination'),
  REDIRECT: ownAddress('destination'),
  // Without its settings: it may take the packet from tracking, or only choose a helper or zone.
  CT: [unknownMatch('xt CT'), { kind: 'untrack' }],
  NOTRACK: [{ kind: 'untrack' }],
}
