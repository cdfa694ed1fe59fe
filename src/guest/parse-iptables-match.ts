/** Extensions of iptables that ask, iptables-extensions(8) MATCH EXTENSIONS, normalised. */

import { PROTOCOL } from '#net'
import type { Family } from '#net'
import {
  connectionDirections,
  connectionStates,
  connectionStatus,
  everyValue,
  packetTypes,
  tcpFlagBits,
} from './firewall-field.ts'
import type { FirewallField } from './firewall-field.ts'
import type { RuleStep } from './firewall-ruleset.ts'
import { iptablesIcmp, iptablesIcmpv6 } from './icmp-names.ts'
import { exactly, rangeBetween } from './number-range.ts'
import type { NumberRange } from './number-range.ts'
import { inTypes } from './parse-iptables-addrtype.ts'
import { inField, numbersOf } from './parse-iptables-option.ts'
import type { Parser } from './parse-iptables-option.ts'
import type { IptablesOption, IptablesPart } from './parse-iptables-words.ts'
import {
  parseIptablesAddress,
  parseIptablesPorts,
  parseIptablesRange,
  parseMark,
  parseNumbers,
} from './parse-iptables-value.ts'
import { entryOf } from './parse-nft-json.ts'
import { parseAll } from './parse-nft-value.ts'
import { match, matchBits, matchKey, matchProtocol, unknownMatch } from './rule-step.ts'

/** The steps of a `-m` and its options. */
export function parseModule(part: IptablesPart, family: Family): readonly RuleStep[] {
  const { name, options } = part
  const label = `-m ${name}`.slice(0, 80)
  if (name === 'comment') return []
  if (name === 'rpfilter') return parseReversePath(options) ?? [unknownMatch(label)]
  const module = entryOf(modules, name)
  if (!module) return [unknownMatch(label)]
  return options.flatMap((option) => {
    const steps = isShadowed(option, part)
      ? undefined
      : entryOf(module, option.name)?.(option, family)
    return steps ?? [unknownMatch(`${label} ${option.name}`.slice(0, 80))]
  })
}

/** Settings that only say how marks are treated leave the question the same. */
function parseReversePath(options: readonly IptablesOption[]): readonly RuleStep[] | undefined {
  const asked = options.filter(({ name }) => name !== '--validmark')
  if (asked.some(({ name }) => name !== '--invert')) return undefined
  return [match('reverseRoute', [exactly(asked.length === 0 ? 1 : 0)])]
}

/**
 * For a packet of no connection the kernel looks at `--ctstate` alone and skips the rest of the
 * extension. It matters only where the state can be that of such a packet.
 */
function isShadowed({ name }: IptablesOption, { name: module, options }: IptablesPart): boolean {
  if (module !== 'conntrack' || name === '--ctstate') return false
  const state = options.find((option) => option.name === '--ctstate')
  return state !== undefined && (state.negated || /INVALID|UNTRACKED/i.test(state.values.join()))
}

/** One parser for options of several names. */
const aliases = (parser: Parser, ...names: readonly string[]): Readonly<Record<string, Parser>> =>
  Object.fromEntries(names.map((name) => [name, parser]))

const withProtocol =
  (protocol: number, parser: Parser): Parser =>
  (option, family) => {
    const steps = parser(option, family)
    return steps && [matchProtocol(protocol), ...steps]
  }

const sourcePort = inField('sourcePort', parseIptablesPorts)
const destinationPort = inField('destinationPort', parseIptablesPorts)

const ports = (protocol: number): Readonly<Record<string, Parser>> => ({
  ...aliases(withProtocol(protocol, sourcePort), '--sport', '--source-port'),
  ...aliases(withProtocol(protocol, destinationPort), '--dport', '--destination-port'),
})

const everyFlag = { ...tcpFlagBits, all: 63, none: 0 }

function parseFlags(text: string): bigint | undefined {
  return numbersOf(text, everyFlag)?.reduce((sum, flag) => sum | flag, 0n)
}

const tcpFlags: Parser = ({ values: [mask = '', compare = ''], negated }) => {
  const [bits, wanted] = [parseFlags(mask), parseFlags(compare)]
  if (bits === undefined || wanted === undefined) return undefined
  return [
    matchProtocol(PROTOCOL.tcp),
    matchKey({ field: 'tcpFlags', mask: bits }, [exactly(wanted)], negated),
  ]
}

const parsePortList = (text: string | undefined) =>
  text === undefined ? undefined : parseAll(text.split(','), parseIptablesPorts)

const inPorts =
  (field: 'sourcePort' | 'destinationPort'): Parser =>
  ({ values: [text], negated }) => {
    const ranges = parsePortList(text)
    return ranges && [match(field, ranges, negated)]
  }

/** Either port is in the list. */
const eitherPort: Parser = ({ values: [text], negated }) => {
  const ranges = parsePortList(text)
  if (!ranges) return undefined
  const [keys, any] = [
    [{ field: 'sourcePort' }, { field: 'destinationPort' }] as const,
    everyValue('sourcePort'),
  ]
  const boxes = ranges.flatMap((range) => [
    [range, any],
    [any, range],
  ])
  return [{ kind: 'match-tuple', keys, boxes, negated }]
}

/** States, and the two that speak of translation; several are joined by "or". */
const states: Parser = ({ values: [text = ''], negated }) => {
  const names = text.toLowerCase().split(',')
  const seen = names.filter((name) => name !== 'snat' && name !== 'dnat')
  const numbers = seen.length === 0 ? [] : numbersOf(seen.join(','), connectionStates)
  const status = numbersOf(names.filter((name) => !seen.includes(name)).join(',') || 'none', {
    ...connectionStatus,
    none: 0,
  })
  if (!numbers || !status) return undefined
  const bits = status.reduce((sum, bit) => sum | bit, 0n)
  if (bits === 0n) return [match('state', numbers.map(exactly), negated)]
  // A packet of no connection has no status at all, so that "or" cannot be one box with it.
  if (seen.length === 0 && !negated) return [matchBits('status', bits)]
  return [unknownMatch(`-m conntrack --ctstate ${text}`.slice(0, 80))]
}

const inMark =
  (field: 'mark' | 'connectionMark'): Parser =>
  ({ values: [text = ''], negated }) => {
    const mark = parseMark(text)
    return mark && [matchKey({ field, mask: mark.mask }, [exactly(mark.value)], negated)]
  }

const icmpType =
  (family: Family, names: typeof iptablesIcmp): Parser =>
  ({ values: [text = ''], negated }) => {
    const protocol = matchProtocol(family === 4 ? PROTOCOL.icmp : PROTOCOL.icmpv6)
    const isAny = text.toLowerCase() === 'any' || (family === 4 && text === '255')
    // "Any" cannot be excluded: the kernel then answers no to every packet.
    if (isAny) return [protocol, match('icmpType', [everyValue('icmpType')], negated)]
    const [type, code] = entryOf(names, text.toLowerCase()) ?? parseTypeAndCode(text)
    if (type === undefined) return undefined
    if (code === undefined) return [protocol, match('icmpType', [exactly(type)], negated)]
    const keys = [{ field: 'icmpType' }, { field: 'icmpCode' }] as const
    return [
      protocol,
      { kind: 'match-tuple', keys, boxes: [[exactly(type), exactly(code)]], negated },
    ]
  }

function parseTypeAndCode(text: string): readonly (number | undefined)[] {
  const found = /^(\d{1,3})(?:\/(\d{1,3}))?$/.exec(text)
  const numbers = found?.slice(1).map((part) => (part === undefined ? undefined : Number(part)))
  return numbers?.every((number) => number === undefined || number <= 255) ? numbers : []
}

const hopLimit = (from: (value: bigint) => NumberRange | undefined): Parser =>
  inField('hopLimit', (text) => {
    const range = parseNumbers(text, 255)
    return range && from(range.low)
  })

const below = (value: bigint) => rangeBetween(0n, value - 1n)
const above = (value: bigint) => rangeBetween(value + 1n, 255n)

const hops = (name: string): Readonly<Record<string, Parser>> => ({
  [`--${name}-eq`]: hopLimit(exactly),
  [`--${name}-lt`]: hopLimit(below),
  [`--${name}-gt`]: hopLimit(above),
})

const originalPort = (field: FirewallField) => inField(field, parseIptablesPorts)

const original =
  (end: 'source' | 'destination'): Parser =>
  ({ values: [text = ''], negated }, family) => {
    const read = parseIptablesAddress(end, text, family)
    const field = end === 'source' ? 'originalSource' : 'originalDestination'
    return read && [matchKey({ ...read.key, field }, read.ranges, negated)]
  }

const modules: Readonly<Record<string, Readonly<Record<string, Parser>>>> = {
  tcp: {
    ...ports(PROTOCOL.tcp),
    '--tcp-flags': tcpFlags,
    '--syn': (option, family) =>
      tcpFlags({ ...option, values: ['FIN,SYN,RST,ACK', 'SYN'] }, family),
  },
  udp: ports(PROTOCOL.udp),
  sctp: ports(132),
  dccp: ports(33),
  udplite: ports(136),
  multiport: {
    ...aliases(inPorts('sourcePort'), '--sports', '--source-ports'),
    ...aliases(inPorts('destinationPort'), '--dports', '--destination-ports'),
    '--ports': eitherPort,
  },
  iprange: {
    '--src-range': inField('source', parseIptablesRange),
    '--dst-range': inField('destination', parseIptablesRange),
  },
  state: { '--state': states },
  conntrack: {
    '--ctstate': states,
    '--ctdir': ({ values: [text = ''] }) =>
      numbersOf(text, connectionDirections)?.map((value) => match('direction', [exactly(value)])),
    '--ctorigsrc': original('source'),
    '--ctorigdst': original('destination'),
    '--ctorigsrcport': originalPort('originalSourcePort'),
    '--ctorigdstport': originalPort('originalDestinationPort'),
  },
  addrtype: { '--src-type': inTypes('source'), '--dst-type': inTypes('destination') },
  mark: { '--mark': inMark('mark') },
  connmark: { '--mark': inMark('connectionMark') },
  icmp: { '--icmp-type': icmpType(4, iptablesIcmp) },
  ...Object.fromEntries(
    ['icmp6', 'icmpv6', 'ipv6-icmp'].map((name) => [
      name,
      aliases(icmpType(6, iptablesIcmpv6), '--icmpv6-type', '--icmp6-type'),
    ]),
  ),
  length: { '--length': inField('length', (text) => parseNumbers(text, 65_535)) },
  ttl: hops('ttl'),
  hl: hops('hl'),
  pkttype: {
    '--pkt-type': ({ values: [text = ''], negated }) =>
      numbersOf(text, { ...packetTypes, unicast: 0 })?.map((value) =>
        match('packetType', [exactly(value)], negated),
      ),
  },
}
