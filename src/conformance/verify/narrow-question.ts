import type { Analyzer, AskedPacket } from '#analyzer'
import { addressesOf, type Fabric, rankFamily } from '#fabric'
import type { Question } from '#model'
import { formatAddress, parseAddress, PROTOCOL } from '#net'
import type { ConcreteQuestion } from '../draw/concrete-question.ts'
import { pairQuestion } from '../pair-question.ts'
import type { NamedService } from './named-service.ts'

/** What questions are narrowed against. */
export interface NarrowGround {
  readonly fabric: Fabric
  readonly analyzer: Analyzer
  /** Hosts that stand for the Internet. */
  readonly hosts: readonly string[]
  /** Services that stand for every port. */
  readonly services: readonly NamedService[]
}

/** The packets that stand for a question, or why there are none. */
export type Narrowed =
  | { readonly kind: 'packets'; readonly packets: readonly Packet[] }
  /** The analyzer settled it without a packet; `code` says by which finding. */
  | { readonly kind: 'settled'; readonly code: string; readonly verdict: string }
  | { readonly kind: 'unaskable'; readonly message: string }

/** A packet whose client's port is anybody's choice, if the question did not name one. */
export type Packet = Omit<ConcreteQuestion, 'sourcePort'> & { readonly sourcePort?: number }

/** Ports by which a question about every port is asked, and packets for one question. */
const MOST_PORTS = 6
const MOST_PACKETS = 64

/**
 * A question may mean many packets: every port, the whole Internet, an instance of several
 * addresses. Real packets are single: this names a few that stand for it.
 */
export function narrowQuestion(ground: NarrowGround, question: Question): Narrowed {
  const resolved = ground.analyzer.resolve(question)
  if (resolved.kind === 'unaskable') return { kind: 'unaskable', message: resolved.message }
  if (resolved.kind === 'settled') return settled(ground, question, resolved.code)
  const packets = new Map<string, Packet>()
  for (const box of resolved.boxes) {
    // `any` also names protocols that nobody sends.
    if (question.protocol === 'any' && !sendable.has(box.protocol)) continue
    const from = originOf(ground, question, resolved.from, box)
    for (const origin of from) {
      for (const to of destinationsOf(ground, question, resolved.to.address, box)) {
        for (const destinationPort of portsOf(ground, box)) {
          const { protocol } = box
          const open = { from: origin, to, protocol, destinationPort }
          const { sourcePort } = question
          const each = sourcePort === undefined ? clientPortsOf(ground, open) : [box.sourcePort]
          const all =
            each.length === 0 ? [open] : each.map((port) => ({ ...open, sourcePort: port }))
          for (const packet of all) packets.set(JSON.stringify(packet), packet)
        }
      }
    }
  }
  return { kind: 'packets', packets: [...packets.values()].slice(0, MOST_PACKETS) }
}

function settled({ analyzer }: NarrowGround, question: Question, code: string): Narrowed {
  const told = analyzer.verdict(question)
  return { kind: 'settled', code, verdict: 'error' in told ? 'undetermined' : told.verdict }
}

/** One port of each stretch of client ports that has a fate of its own; empty: all share one. */
function clientPortsOf({ analyzer }: NarrowGround, packet: Packet): readonly number[] {
  const pair = pairQuestion({ ...packet, sourcePort: 0 }, 0)
  if (pair?.paper.port === undefined) return []
  const { sourcePort: _, ...paper } = pair.paper
  const answer = analyzer.ask(paper)
  const parts = 'error' in answer ? [] : (answer.parts ?? [])
  const stretches = new Set(parts.flatMap(({ sourcePorts }) => sourcePorts?.split(',')[0] ?? []))
  if (stretches.size < 2) return []
  return [...stretches].map((text) => {
    const [low = 0, high = low] = text.split('-').map(Number)
    return Math.floor((low + high) / 2)
  })
}

const sendable: ReadonlySet<number> = new Set(Object.values(PROTOCOL))

function originOf(
  { fabric, hosts }: NarrowGround,
  { from: asked }: Question,
  from: { readonly kind: string; readonly id: string; readonly address?: string },
  { port, source, sourceHigh, destination, instance }: AskedPacket,
): readonly ConcreteQuestion['from'][] {
  const isAddress = parseAddress(asked) !== undefined
  if (!isAddress && from.kind === 'instance') return [{ kind: 'instance', id: from.id }]
  if (!isAddress && from.kind === 'networkInterface') {
    return [{ kind: 'networkInterface', id: from.id }]
  }
  if (instance < 0 && port < 0) {
    if (isAddress) return [{ kind: 'address', address: from.address ?? asked }]
    const family = rankFamily(fabric.line, destination)
    return hosts.filter(isOf(family)).map((address) => ({ kind: 'address', address }))
  }
  const { id: vpcId } = fabric.network.vpc?.[fabric.ports.domain[port]] ?? {}
  if (source !== sourceHigh) return []
  const address = textOf(fabric, source)
  return [{ kind: 'address', address, ...(vpcId === undefined ? {} : { vpcId }) }]
}

function destinationsOf(
  { fabric, hosts }: NarrowGround,
  { to: asked }: Question,
  address: string | undefined,
  { destination, destinationHigh }: AskedPacket,
): readonly string[] {
  const single = destination === destinationHigh
  // A rank may stand for a stretch of addresses, of which the asked one is not the first.
  if (single && parseAddress(asked)) {
    const known = address !== undefined && rankHolds(fabric, destination, address)
    return [known ? address : textOf(fabric, destination)]
  }
  if (single && asked.toLowerCase() !== 'internet') return [textOf(fabric, destination)]
  return hosts.filter(isOf(rankFamily(fabric.line, destination)))
}

/** Ports of TCP and UDP; a protocol without ports has the one that stands for none. */
function portsOf(
  { services }: NarrowGround,
  { protocol, destinationPort: low, destinationPortHigh: high }: AskedPacket,
): readonly number[] {
  if (low === high) return [low]
  const named = services.flatMap((service) =>
    service.protocol === protocol && service.port !== undefined ? [service.port] : [],
  )
  const within = named.filter((port) => low <= port && port <= high)
  return within.length === 0 ? [Math.max(low, 80)] : within.slice(0, MOST_PORTS)
}

function isOf(family: 4 | 6): (address: string) => boolean {
  return (address) => parseAddress(address)?.family === family
}

function textOf({ line }: Fabric, rank: number): string {
  return formatAddress({ family: rankFamily(line, rank), value: addressesOf(line, rank).low })
}

function rankHolds({ line }: Fabric, rank: number, text: string): boolean {
  const parsed = parseAddress(text)
  const { low, high } = addressesOf(line, rank)
  return parsed?.family === rankFamily(line, rank) && parsed.value >= low && parsed.value <= high
}
