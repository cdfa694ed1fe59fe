/** Loads random rulesets into the kernel, sends packets, and compares what the evaluator foresaw. */

import { parseIptablesSave, parseNftRuleset } from '#guest'
import type { Decider, FirewallRuleset, ParsedFirewall } from '#guest'
import { hasIcmpType } from '#net'
import type { Dice } from '#conformance'
import { packetBytes } from './guest-packet-bytes.ts'
import type { WirePacket } from './guest-packet-bytes.ts'
import { randomIptables } from './guest-random-iptables.ts'
import { randomNftRuleset } from './guest-random-nft.ts'
import type { Hit, Sandbox, Trace } from './guest-sandbox-client.ts'
import { deviceTo, guardRules, HOP_LIMIT, isOwn, layScene } from './guest-scene.ts'
import { asPacket, foresee, randomProbe, shotOf } from './guest-traffic.ts'
import type { Foreseen, Probe } from './guest-traffic.ts'

const PACKETS_PER_RULESET = 160
const MOST_MISMATCHES = 5

export interface Tally {
  readonly counts: Record<string, number>
  readonly mismatches: string[]
}

/** A ruleset in the kernel, and how its rules are called there. */
interface Loaded {
  readonly ruleset: FirewallRuleset
  readonly nameOf: (decider: Decider) => string
  readonly text: string
}

export async function compareOnKernel(
  sandbox: Sandbox,
  dice: Dice,
  wanted: number,
): Promise<Tally> {
  const tally: Tally = { counts: { rulesets: 0, compared: 0, undecided: 0 }, mismatches: [] }
  await layScene(sandbox)
  // Every ruleset adds packets, so this many are enough and the loop has an end.
  for (let round = 0; round < wanted; round++) {
    if (tally.counts.compared >= wanted || tally.mismatches.length >= MOST_MISMATCHES) break
    const isNft = round % 2 === 0
    const loaded = isNft ? await loadNft(sandbox, dice) : await loadIptables(sandbox, dice)
    add(tally, 'rulesets')
    add(tally, isNft ? 'nft rulesets' : 'iptables rulesets')
    await sandbox.run(['conntrack', '-F'])
    const used = new Set<string>()
    const translates = loaded.ruleset.chains.some(({ base }) => base?.type === 'nat')
    const first = Array.from({ length: PACKETS_PER_RULESET }, () =>
      randomProbe(dice, used, translates),
    )
    let probes = first.filter((probe) => probe !== undefined)
    for (let turn = 0; turn < 3 && probes.length > 0; turn++)
      probes = await sendAndCompare(sandbox, loaded, probes, tally, dice)
  }
  return tally
}

const add = ({ counts }: Tally, what: string) => (counts[what] = (counts[what] ?? 0) + 1)

async function loadNft(sandbox: Sandbox, dice: Dice): Promise<Loaded> {
  let text = randomNftRuleset(dice)
  // The generator does not know every reason for which nft refuses a line.
  for (let attempt = 0; ; attempt++) {
    try {
      await sandbox.run(['nft', '-f', '-'], `flush ruleset\n${guardRules}\n${text}`)
      break
    } catch (error) {
      if (attempt === 20 || !(error instanceof Error)) throw error
      text = withoutBadLines(text, error.message)
    }
  }
  const listing = await sandbox.run(['nft', '-j', 'list', 'ruleset'])
  const ruleset = withoutGuard(parseNftRuleset(listing))
  const nameOf = (decider: Decider) =>
    decider.kind === 'rule' ? nameRule(decider, decider.rule.handle ?? 0) : namePolicy(decider)
  return { ruleset, nameOf, text }
}

function withoutBadLines(text: string, message: string): string {
  const offset = `flush ruleset\n${guardRules}\n`.split('\n').length - 1
  const bad = [...message.matchAll(/stdin:(\d+):\d+-\d+: Error/g)].map(
    ([, line]) => Number(line) - 1 - offset,
  )
  const lines = text.split('\n')
  if (bad.length === 0 || !bad.every((line) => isRule(lines[line])))
    throw new Error(`${message}\n${text}`)
  return lines.filter((_, line) => !bad.includes(line)).join('\n')
}

const isRule = (line: string | undefined) =>
  line !== undefined && line !== '' && !/^(?:table|chain|set|map|type|\})/.test(line)

async function loadIptables(sandbox: Sandbox, dice: Dice): Promise<Loaded> {
  const texts = [randomIptables(dice, 4), randomIptables(dice, 6)] as const
  await sandbox.run(['nft', '-f', '-'], `flush ruleset\n${guardRules}`)
  await sandbox.run(['iptables-nft-restore'], texts[0])
  await sandbox.run(['ip6tables-nft-restore'], texts[1])
  const saved = [
    await sandbox.run(['iptables-nft-save']),
    await sandbox.run(['ip6tables-nft-save']),
  ] as const
  const parts = [
    withoutGuard(parseIptablesSave(saved[0], 4)),
    withoutGuard(parseIptablesSave(saved[1], 6)),
  ] as const
  const handles = readHandles(await sandbox.run(['nft', '-j', 'list', 'ruleset']))
  const nameOf = (decider: Decider) => {
    if (decider.kind !== 'rule') return namePolicy(decider)
    const { chain, rule } = decider
    const ids = handles.get([chain.family, chain.table, chain.name].join()) ?? []
    return nameRule(decider, ids[rule.position - 1])
  }
  return { ruleset: join(...parts), nameOf, text: saved.join('\n') }
}

/** Two rulesets as one; calls are by number, so the second one's move. */
function join(a: FirewallRuleset, b: FirewallRuleset): FirewallRuleset {
  const moved = JSON.stringify(b.chains, (key, value: unknown) =>
    typeof value === 'bigint'
      ? `${value}n`
      : key === 'chain'
        ? Number(value) + a.chains.length
        : value,
  )
  const chains: FirewallRuleset['chains'] = JSON.parse(moved, (_, value: unknown) =>
    typeof value === 'string' && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  )
  return { chains: [...a.chains, ...chains], unseenFamilies: [] }
}

function withoutGuard(parsed: ParsedFirewall): FirewallRuleset {
  if (parsed.kind === 'unreadable') throw new Error(JSON.stringify(parsed.problems))
  // Calls are by number, so the chains stay and are only not called.
  const chains = parsed.ruleset.chains.map((chain) => {
    const { base: _, ...uncalled } = chain
    return chain.table === 'guard' ? uncalled : chain
  })
  return { ...parsed.ruleset, chains }
}

function readHandles(listing: string): ReadonlyMap<string, readonly number[]> {
  const handles = new Map<string, number[]>()
  interface Item {
    rule?: { family: string; table: string; chain: string; handle: number }
  }
  const { nftables }: { nftables: Item[] } = JSON.parse(listing)
  for (const { rule } of nftables) {
    if (!rule) continue
    const key = [rule.family, rule.table, rule.chain].join()
    handles.set(key, [...(handles.get(key) ?? []), rule.handle])
  }
  return handles
}

const nameRule = ({ chain }: Extract<Decider, { kind: 'rule' }>, handle: number) =>
  `${chain.table}/${chain.name}/${handle}`

const namePolicy = (decider: Exclude<Decider, { kind: 'rule' }>) =>
  decider.kind === 'policy' ? `${decider.chain.table}/${decider.chain.name}/policy` : ''

async function sendAndCompare(
  sandbox: Sandbox,
  loaded: Loaded,
  probes: readonly Probe[],
  tally: Tally,
  dice: Dice,
): Promise<Probe[]> {
  const foreseen = probes.map((probe) => foresee(loaded.ruleset, probe))
  const hits = await sandbox.shoot(probes.map(shotOf))
  return probes.flatMap((probe, at) => {
    const seen = compareOne(loaded, probe, foreseen[at], hits[at], tally)
    return seen === 'same' ? followUps(probe, foreseen[at], dice) : []
  })
}

function compareOne(
  loaded: Loaded,
  probe: Probe,
  foreseen: Foreseen,
  hit: Hit,
  tally: Tally,
): 'same' | 'other' {
  const happened = hit.traces.filter(isTerminal)
  const wasDropped = happened.at(-1)?.[4] === 0
  const { decision } = foreseen.end
  if (decision === 'unknown') {
    add(tally, 'undecided')
    return 'other'
  }
  const wanted = foreseen.deciders.map(loaded.nameOf).filter((name) => name !== '')
  const found = happened.map(nameTrace)
  const drops = decision === 'drop' || decision === 'reject'
  if (tally.mismatches.length >= MOST_MISMATCHES) return 'other'
  const isSame = foreseen.isOpen || wanted.join(' ') === found.join(' ')
  if (!isSame || drops !== wasDropped || (hit.sent < 0 && !drops)) {
    tally.mismatches.push(describe(loaded, probe, foreseen, [wanted, found], hit))
    return 'other'
  }
  for (const what of ['compared', decision, probe.state, `IPv${probe.wire.source.family}`])
    add(tally, what)
  add(tally, foreseen.isOpen ? 'verdict only' : `by ${foreseen.end.by.kind}`)
  return 'same'
}

/** A rule or a policy that accepts or drops; all others only go on. */
const isTerminal = ([table, , , type, verdict]: Trace) =>
  table !== 'guard' && (type === 1 || type === 3) && (verdict === 0 || verdict === 1)

const nameTrace = ([table, chain, handle, type]: Trace) =>
  `${table}/${chain}/${type === 1 ? 'policy' : handle}`

function describe(
  { text }: Loaded,
  probe: Probe,
  { end }: Foreseen,
  [wanted, found]: readonly [readonly string[], readonly string[]],
  hit: Hit,
): string {
  const print = (value: unknown) =>
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'bigint' ? inner.toString(16) : inner,
    )
  return [
    `probe ${print({ ...probe, wire: { ...probe.wire, payload: probe.wire.payload?.length } })}`,
    `foreseen ${end.decision}: ${wanted.join(' ')}`,
    `happened: ${found.join(' ')} (sent ${hit.sent}) ${print(hit.traces)}`,
    text,
  ].join('\n')
}

/** What comes after a packet that opened a connection: an answer, an error about it, or one more. */
function followUps(probe: Probe, { end }: Foreseen, dice: Dice): readonly Probe[] {
  if (end.decision !== 'accept' || probe.state === 'invalid') return []
  const { after } = end
  // Translated connections and marks nobody knows would need their own arithmetic.
  if (after.context.translated || after.context.state === 'untracked') return []
  if (probe.state !== 'new' && probe.state !== 'established') return []
  const mark = after.context.connectionMark ?? 0
  if (dice.chance(0.3)) return probe.state === 'new' ? [errorAbout(probe, mark)] : []
  const answer = answerTo(probe, mark)
  return answer ? [answer] : []
}

function answerTo(probe: Probe, mark: number | 'unknown'): Probe | undefined {
  const { wire } = probe
  const { source, destination, sourcePort, destinationPort, protocol } = wire
  const isAnswer = probe.connection.direction !== 'reply'
  const flags = protocol === 6 ? answerFlags(wire, isAnswer) : undefined
  if (protocol === 6 && flags === undefined) return undefined
  if (hasIcmpType(protocol) && (!isAnswer || ![8, 128].includes(wire.icmpType ?? 0)))
    return undefined
  const back: WirePacket = {
    ...wire,
    source: destination,
    destination: source,
    ...(sourcePort !== undefined && { destinationPort: sourcePort }),
    ...(destinationPort !== undefined && { sourcePort: destinationPort }),
    ...flags,
    ...(hasIcmpType(protocol) && { icmpType: protocol === 1 ? 0 : 129 }),
  }
  return {
    wire: back,
    from: isOwn(destination) ? 'self' : deviceTo(destination),
    state: 'established',
    connection: {
      direction: isAnswer ? 'reply' : 'original',
      connectionMark: mark,
      original: probe.connection.original ?? asPacket(wire),
    },
  }
}

/** SYN, SYN-ACK, ACK with the numbers that tracking wants to see. */
function answerFlags({ tcpFlags, payload }: WirePacket, isAnswer: boolean) {
  if (payload !== undefined && payload.length > 0) return undefined
  if (tcpFlags === 2 && isAnswer) return { tcpFlags: 18, sequence: 5000, acknowledged: 1001 }
  if (tcpFlags === 18 && !isAnswer) return { tcpFlags: 16, sequence: 1001, acknowledged: 5001 }
  return undefined
}

function errorAbout(probe: Probe, mark: number | 'unknown'): Probe {
  const { wire } = probe
  const { family } = wire.source
  const quoted = packetBytes(wire).subarray(0, family === 4 ? 28 : 48)
  return {
    wire: {
      source: wire.destination,
      destination: wire.source,
      protocol: family === 4 ? 1 : 58,
      icmpType: family === 4 ? 3 : 1,
      icmpCode: family === 4 ? 1 : 3,
      payload: quoted,
      hopLimit: HOP_LIMIT,
    },
    from: isOwn(wire.destination) ? 'self' : deviceTo(wire.destination),
    state: 'related',
    connection: {
      direction: 'reply',
      connectionMark: mark,
      original: asPacket(wire),
    },
  }
}
