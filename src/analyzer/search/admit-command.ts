import { PACKET as P, type RulePlace } from '#fabric'
import { parseAddress, PROTOCOL } from '#net'
import { destinationText, sourceText } from './header.ts'
import type { Run } from './run.ts'

/**
 * The command that admits this very packet in front of the rule that refuses it, or behind all
 * rules where the policy does. A reply is admitted with every other one, if its guest knows the
 * connection.
 */
export function admitCommand(run: Run, place: RulePlace, known: boolean): string {
  const { tool, family, table, chain, position } = place
  const words = known && table !== 'raw' ? belonging[tool] : matching(run, tool)
  if (tool === 'nftables') {
    const where = `${family} ${quoted(table)} ${quoted(chain)}`
    const start =
      position === undefined
        ? `nft add rule ${where}`
        : `nft insert rule ${where} index ${position - 1}`
    return `${start} ${words} accept`
  }
  const name = family === 'ip6' ? 'ip6tables' : 'iptables'
  const from = table === 'filter' ? name : `${name} -t ${table}`
  const at = position === undefined ? `-A ${quoted(chain)}` : `-I ${quoted(chain)} ${position}`
  return `${from} ${at} ${words} -j ACCEPT`
}

/** The command that lists a chain with its counters. */
export function listCommand({ tool, family, table, chain }: RulePlace): string {
  if (tool === 'nftables') return `nft -a list chain ${family} ${quoted(table)} ${quoted(chain)}`
  const name = family === 'ip6' ? 'ip6tables' : 'iptables'
  return `${name} -t ${table} -L ${quoted(chain)} -v -n --line-numbers`
}

const belonging: Readonly<Record<RulePlace['tool'], string>> = {
  iptables: '-m conntrack --ctstate ESTABLISHED',
  nftables: 'ct state established',
}

function matching(run: Run, tool: RulePlace['tool']): string {
  const reply = run.state.leg === 'return'
  const words = tool === 'iptables' ? iptablesWords : nftWords
  return [words.source(run), words.destination(run), words.service(run, reply)]
    .filter((word) => word !== '')
    .join(' ')
}

interface Writer {
  readonly source: (run: Run) => string
  readonly destination: (run: Run) => string
  readonly service: (run: Run, reply: boolean) => string
}

const iptablesWords: Writer = {
  source: (run) => endOf(run, P.source, '-s '),
  destination: (run) => endOf(run, P.destination, '-d '),
  service(run, reply) {
    const protocol = run.packet[P.protocol]
    const name = nameOf(protocol)
    if (protocol === PROTOCOL.icmp) return `-p icmp --icmp-type echo-${reply ? 'reply' : 'request'}`
    if (protocol === PROTOCOL.icmpv6)
      return `-p ipv6-icmp --icmpv6-type echo-${reply ? 'reply' : 'request'}`
    if (name === undefined) return `-p ${protocol}`
    return `-p ${name} ${reply ? '--sport' : '--dport'} ${portsOf(run, reply, ':')}`
  },
}

const nftWords: Writer = {
  source: (run) => endOf(run, P.source, 'saddr '),
  destination: (run) => endOf(run, P.destination, 'daddr '),
  service(run, reply) {
    const protocol = run.packet[P.protocol]
    const name = nameOf(protocol)
    if (protocol === PROTOCOL.icmp) return `icmp type echo-${reply ? 'reply' : 'request'}`
    if (protocol === PROTOCOL.icmpv6) return `icmpv6 type echo-${reply ? 'reply' : 'request'}`
    if (name === undefined) return `meta l4proto ${protocol}`
    return `${name} ${reply ? 'sport' : 'dport'} ${portsOf(run, reply, '-')}`
  },
}

function nameOf(protocol: number): 'tcp' | 'udp' | undefined {
  if (protocol === PROTOCOL.tcp) return 'tcp'
  return protocol === PROTOCOL.udp ? 'udp' : undefined
}

/** The service's port, which a reply comes from. */
function portsOf({ packet }: Run, reply: boolean, dash: string): string {
  const word = reply ? P.sourcePort : P.port
  const [low, high] = [packet[word], packet[word + 1]]
  return high > low ? `${low}${dash}${high}` : String(low)
}

/** An end that is one address; anybody outside needs no condition. */
function endOf(run: Run, word: number, before: string): string {
  const text = word === P.source ? sourceText(run) : destinationText(run)
  const address = parseAddress(text)
  if (!address || run.packet[word + 1] > run.packet[word]) return ''
  const family = before.startsWith('-') ? '' : address.family === 4 ? 'ip ' : 'ip6 '
  return `${family}${before}${text}`
}

/** Names of tables and chains are the guest's text and go into a shell. */
function quoted(name: string): string {
  return /^[\w./:-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
}
