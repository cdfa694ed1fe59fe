import { parsePacket } from './parse-packet.ts'
import type { TraceBase, TraceFamily, TraceMessage, TraceVerdict } from './trace-event.ts'

/**
 * Reads what one receive from a NETLINK_NETFILTER socket gave: the nftables trace messages in it,
 * in order. Total: other messages, and whatever does not fit its length, are passed over; so is the
 * end of a chain, which Linux 6.18 reports as a rule without a handle.
 */
export function parseTrace(bytes: Buffer): readonly TraceMessage[] {
  const messages: TraceMessage[] = []
  let at = 0
  while (at + HEADER_SIZE <= bytes.length) {
    const length = bytes.readUInt32LE(at)
    if (length < HEADER_SIZE || at + length > bytes.length) break
    if (bytes.readUInt16LE(at + 4) === TRACE_MESSAGE) {
      const message = parseMessage(bytes, at + HEADER_SIZE, at + length)
      if (message !== undefined) messages.push(message)
    }
    at += align(length)
  }
  return messages
}

/** `struct nlmsghdr` and the `struct nfgenmsg` behind it, which begins with the table's family. */
const HEADER_SIZE = 20
const FAMILY_BEFORE = 4

/** NFNL_SUBSYS_NFTABLES in the high byte, NFT_MSG_TRACE in the low one. */
const TRACE_MESSAGE = (10 << 8) | 17

/** linux/netfilter/nf_tables.h, enum nft_trace_attributes. */
const ATTRIBUTE = {
  table: 1,
  chain: 2,
  handle: 3,
  type: 4,
  verdict: 5,
  id: 6,
  networkHeader: 8,
  transportHeader: 9,
  iif: 10,
  oif: 12,
  mark: 14,
  policy: 16,
} as const

/** enum nft_trace_types. */
const TYPE = { policy: 1, return: 2, rule: 3 } as const

function parseMessage(bytes: Buffer, from: number, to: number): TraceMessage | undefined {
  findAttributes(bytes, from, to, found)
  const id = number32(bytes, found, ATTRIBUTE.id)
  const type = number32(bytes, found, ATTRIBUTE.type)
  if (id < 0) return undefined
  const base = parseBase(bytes, id, bytes[from - FAMILY_BEFORE])
  if (type === TYPE.policy) {
    const code = number32(bytes, found, ATTRIBUTE.policy)
    return code < 0 ? undefined : { ...base, kind: 'policy', verdict: nameVerdict(code, '') }
  }
  const verdict = parseVerdict(bytes)
  if (verdict === undefined) return undefined
  if (type === TYPE.return) return { ...base, kind: 'return', verdict }
  if (type !== TYPE.rule || found[2 * ATTRIBUTE.handle + 1] < 8) return undefined
  const handle = Number(bytes.readBigUInt64BE(found[2 * ATTRIBUTE.handle]))
  return { ...base, kind: 'rule', handle, verdict }
}

/** Table and chain are always there; a message without is shown with empty names, not dropped. */
function parseBase(bytes: Buffer, traceId: number, family: number): TraceBase {
  const base: Writable<TraceBase> = {
    traceId,
    family: families[family] ?? family,
    table: text(bytes, found, ATTRIBUTE.table),
    chain: text(bytes, found, ATTRIBUTE.chain),
  }
  const iif = number32(bytes, found, ATTRIBUTE.iif)
  if (iif >= 0) base.iif = iif
  const oif = number32(bytes, found, ATTRIBUTE.oif)
  if (oif >= 0) base.oif = oif
  const mark = number32(bytes, found, ATTRIBUTE.mark)
  if (mark >= 0) base.mark = mark
  if (found[2 * ATTRIBUTE.networkHeader + 1] < 0) return base
  const part = (type: number) => {
    const length = Math.max(0, found[2 * type + 1])
    return bytes.subarray(found[2 * type], found[2 * type] + length)
  }
  const packet = parsePacket(part(ATTRIBUTE.networkHeader), part(ATTRIBUTE.transportHeader))
  if (packet !== undefined) base.packet = packet
  return base
}

/** enum nft_verdict_attributes: the code, and the chain of a jump. */
function parseVerdict(bytes: Buffer): TraceVerdict | undefined {
  const start = found[2 * ATTRIBUTE.verdict]
  const length = found[2 * ATTRIBUTE.verdict + 1]
  if (length < 0) return undefined
  findAttributes(bytes, start, start + length, foundInVerdict)
  const code = number32(bytes, foundInVerdict, 1)
  return code < 0 ? undefined : nameVerdict(code, text(bytes, foundInVerdict, 2))
}

function nameVerdict(code: number, chain: string): TraceVerdict {
  const signed = code | 0
  if (signed === JUMP) return { kind: 'jump', chain }
  if (signed === GOTO) return { kind: 'goto', chain }
  // A drop may carry an errno in its high half (NF_DROP_ERR), a queue its number.
  const kind = verdicts.get(signed < 0 ? signed : signed & 0xff)
  return kind === undefined ? { kind: 'unknown', code: signed } : { kind }
}

/** enum nft_verdicts and linux/netfilter.h. */
const JUMP = -3
const GOTO = -4
const verdicts: ReadonlyMap<
  number,
  Exclude<TraceVerdict['kind'], 'jump' | 'goto' | 'unknown'>
> = new Map([
  [0, 'drop'],
  [1, 'accept'],
  [2, 'stolen'],
  [3, 'queue'],
  [4, 'repeat'],
  [-1, 'continue'],
  [-2, 'break'],
  [-5, 'return'],
] as const)

/** NFPROTO_* of linux/netfilter.h. */
const families: Readonly<Record<number, TraceFamily>> = {
  1: 'inet',
  2: 'ip',
  3: 'arp',
  5: 'netdev',
  7: 'bridge',
  10: 'ip6',
}

/** Start and length of each attribute's value, by type; a length of -1 where it is missing. */
type Attributes = Int32Array

type Writable<T> = { -readonly [K in keyof T]: T[K] }

// Traces come by the hundred thousand: one pass over the bytes, and no object for an attribute.
const MOST_TYPES = 32
const found: Attributes = new Int32Array(2 * MOST_TYPES)
const foundInVerdict: Attributes = new Int32Array(2 * MOST_TYPES)

function findAttributes(bytes: Buffer, from: number, to: number, into: Attributes): void {
  into.fill(-1)
  let at = from
  while (at + 4 <= to) {
    const length = bytes.readUInt16LE(at)
    if (length < 4 || at + length > to) return
    // The two high bits say "nested" and "network byte order".
    const type = bytes.readUInt16LE(at + 2) & 0x3fff
    if (type < MOST_TYPES) {
      into[2 * type] = at + 4
      into[2 * type + 1] = length - 4
    }
    at += align(length)
  }
}

/** An attribute of 32 bits, or -1. */
function number32(bytes: Buffer, found: Attributes, type: number): number {
  return found[2 * type + 1] < 4 ? -1 : bytes.readUInt32BE(found[2 * type])
}

/** A name, without its terminating zero; empty where it is missing. */
function text(bytes: Buffer, found: Attributes, type: number): string {
  const length = found[2 * type + 1]
  if (length < 1) return ''
  const start = found[2 * type]
  const end = start + length - (bytes[start + length - 1] === 0 ? 1 : 0)
  return bytes.toString('latin1', start, end)
}

/** Length to the next multiple of four. */
function align(length: number): number {
  return (length + 3) & ~3
}
