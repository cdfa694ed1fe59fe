import type { Drained, FlowKey, ProbeResult, TracedPacket, TraceEvent } from '../wire/index.ts'
import type { Told, TraceStep } from './request.ts'

/**
 * Gives each probe what nftables said about its packets. A flow is known by what no translation
 * of a batch changes: the client's port, the id of an echo, the key of GRE. `isDeaf`: some
 * namespaces could not be listened to.
 */
export function sortSteps(
  results: readonly ProbeResult[],
  drained: Drained,
  isDeaf: boolean,
): Told[] {
  const steps = new Map<string, TraceStep[]>()
  const locals = greLocals(results)
  for (const event of drained.events) {
    const { packet } = event
    if (!packet) continue
    for (const [key, reply] of flowsOf(packet, locals)) {
      const own = steps.get(key) ?? []
      own.push(stepOf(event, packet, reply))
      steps.set(key, own)
    }
  }
  const incomplete = isDeaf || drained.overflowed.length > 0
  return results.map((result) => ({
    ...result,
    steps: (result.flow && steps.get(keyOf(result.flow))) ?? [],
    incomplete,
  }))
}

/** GRE says nothing about its direction; nothing translates it, so the sender's address does. */
function greLocals(results: readonly ProbeResult[]): ReadonlyMap<number, string> {
  return new Map(
    results.flatMap(({ flow, outcome }) =>
      flow?.kind === 'gre' && 'local' in outcome ? [[flow.greKey, outcome.local] as const] : [],
    ),
  )
}

function keyOf(flow: FlowKey): string {
  switch (flow.kind) {
    case 'tcp':
    case 'udp':
      return `${flow.kind} ${flow.sourcePort}`
    case 'icmp':
      return `icmp ${flow.icmpId}`
    case 'gre':
      return `gre ${flow.greKey}`
  }
}

const echoReplies: ReadonlySet<number> = new Set([0, 129])

/** The flows a packet may be of, and whether it would be on its way back. */
function flowsOf(
  packet: TracedPacket,
  locals: ReadonlyMap<number, string>,
): readonly (readonly [key: string, reply: boolean])[] {
  const { protocol, sourcePort, destinationPort, icmpId, icmpType = 0, greKey } = packet
  if (sourcePort !== undefined && destinationPort !== undefined) {
    const kind = protocol === 6 ? 'tcp' : 'udp'
    return [
      [`${kind} ${sourcePort}`, false],
      [`${kind} ${destinationPort}`, true],
    ]
  }
  if (icmpId !== undefined) return [[`icmp ${icmpId}`, echoReplies.has(icmpType)]]
  if (greKey === undefined) return []
  return [[`gre ${greKey}`, packet.destination === locals.get(greKey)]]
}

function stepOf(event: TraceEvent, packet: TracedPacket, reply: boolean): TraceStep {
  const { verdict, iifName, oifName } = event
  const to = 'chain' in verdict ? ` ${verdict.chain}` : ''
  return {
    space: event.namespace,
    packet: event.traceId,
    reply,
    ttl: packet.ttl,
    family: String(event.family),
    table: event.table,
    chain: event.chain,
    verdict: `${verdict.kind}${to}`,
    source: packet.source,
    destination: packet.destination,
    ...(event.kind === 'rule' ? { handle: event.handle } : {}),
    ...(iifName === undefined ? {} : { iif: iifName }),
    ...(oifName === undefined ? {} : { oif: oifName }),
    ...(packet.destinationPort === undefined ? {} : { destinationPort: packet.destinationPort }),
    ...(event.mark === undefined ? {} : { firewallMark: event.mark }),
  }
}
