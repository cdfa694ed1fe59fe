import type { MarkField } from './firewall-field.ts'
import type { FirewallPacket, PacketContext } from './firewall-packet.ts'
import type { FirewallChain, FirewallRule, Translation } from './firewall-ruleset.ts'

/** What decided: a rule, a chain's policy, or nothing, because no chain saw the packet. */
export type Decider =
  | { readonly kind: 'rule'; readonly chain: FirewallChain; readonly rule: FirewallRule }
  | { readonly kind: 'policy'; readonly chain: FirewallChain }
  | { readonly kind: 'no-chain' }

/**
 * One way a packet may go through the chains of a hook. There are several only where something is
 * unknown; ways that differ in nothing a later rule could see are one again.
 */
export interface WalkPath {
  readonly packet: FirewallPacket
  readonly context: PacketContext
  /** A rule of this hook has taken the packet away from connection tracking. */
  readonly untracked: boolean
  /** What rules of this hook made of the ends of the packet. */
  readonly translations: readonly Translation[]
  /** What let the packet through, one a base chain. */
  readonly passed: readonly Decider[]
  /** What stands in place of one of them on ways that came together with this one. */
  readonly also: readonly Decider[]
  /** The unknown conditions taken to hold on this way; none on the main way. */
  readonly assumed: readonly string[]
}

/** The path as it is where something unknown is taken to hold. */
export function assume(path: WalkPath, because: string): WalkPath {
  return path.assumed.includes(because) ? path : { ...path, assumed: [...path.assumed, because] }
}

/** The path with another mark. */
export function withMark(path: WalkPath, field: MarkField, mark: bigint | 'unknown'): WalkPath {
  const value = mark === 'unknown' ? mark : Number(mark)
  return { ...path, context: { ...path.context, [field]: value } }
}

/** The path after a translation, which also answers what `ct status` and `ct original` ask. */
export function translate(path: WalkPath, to: Translation): WalkPath {
  const { packet, context } = path
  const { sourceType, reverseRoute, destinationType, ...kept } = context
  const ofOtherEnd =
    to.end === 'source'
      ? { ...(destinationType && { destinationType }) }
      : {
          ...(sourceType && { sourceType }),
          ...(reverseRoute !== undefined && { reverseRoute }),
        }
  const translated = context.translated ?? { source: false, destination: false }
  return {
    ...path,
    packet: rewrite(packet, to),
    context: {
      ...kept,
      // What the routes say of the old address they need not say of the new one.
      ...(to.address === 'kept' ? context : ofOtherEnd),
      // The first packet's ends before anything was rewritten; a second translation keeps them.
      original: context.original ?? packet,
      translated: { ...translated, [to.end]: translated[to.end] === true || changes(packet, to) },
    },
    translations: [...path.translations, to],
  }
}

/** Whether a translation makes a difference: the kernel does not count one that makes none. */
function changes(packet: FirewallPacket, { end, address, port }: Translation): boolean | 'unknown' {
  const oldAddress = packet[end]
  const oldPort = packet[end === 'source' ? 'sourcePort' : 'destinationPort']
  const addressChanges =
    typeof address === 'object'
      ? oldAddress && oldAddress.value !== address.value
      : openChange(address)
  const portChanges = typeof port === 'number' ? oldPort !== port : openChange(port)
  if (addressChanges === true || portChanges === true) return true
  return addressChanges === false && portChanges === false ? false : 'unknown'
}

const openChange = (to: string) => (to === 'kept' ? false : undefined)

function rewrite(packet: FirewallPacket, { end, address, port }: Translation): FirewallPacket {
  const portField = end === 'source' ? 'sourcePort' : 'destinationPort'
  const { [end]: oldAddress, [portField]: oldPort, ...rest } = packet
  const newAddress = typeof address === 'object' ? address : address === 'kept' ? oldAddress : null
  const newPort = typeof port === 'number' ? port : port === 'kept' ? oldPort : null
  return {
    ...rest,
    ...(newAddress ? { [end]: newAddress } : {}),
    ...(newPort === null || newPort === undefined ? {} : { [portField]: newPort }),
  }
}

/** Joins paths that look alike to every later rule, preferring the one that assumes least. */
export function mergePaths(paths: readonly WalkPath[]): readonly WalkPath[] {
  if (paths.length < 2) return paths
  const exact = mergeBy(paths, likeness)
  if (exact.length <= MOST_PATHS) return exact
  // Too many marks to keep apart: they become one path with marks nobody knows.
  const blurred = exact.map((path) =>
    withMark(withMark(path, 'mark', 'unknown'), 'connectionMark', 'unknown'),
  )
  return mergeBy(blurred, likeness)
}

const MOST_PATHS = 64

function mergeBy(
  paths: readonly WalkPath[],
  keyOf: (path: WalkPath) => string,
): readonly WalkPath[] {
  const best = new Map<string, WalkPath>()
  for (const path of paths) {
    const key = keyOf(path)
    const known = best.get(key)
    if (!known) best.set(key, path)
    else if (path.assumed.length < known.assumed.length) best.set(key, join(path, known))
    else best.set(key, join(known, path))
  }
  return [...best.values()]
}

function join(path: WalkPath, other: WalkPath): WalkPath {
  const also = otherDeciders(path.passed, [...path.also, ...other.passed, ...other.also])
  return { ...path, also }
}

/** Those that are not among the known ones, each once. */
export function otherDeciders(
  known: readonly Decider[],
  deciders: readonly Decider[],
): readonly Decider[] {
  const names = new Set(known.map(nameDecider))
  return deciders.filter((decider) => names.size < names.add(nameDecider(decider)).size)
}

function nameDecider(decider: Decider): string {
  if (decider.kind === 'no-chain') return decider.kind
  const { family, table, name } = decider.chain
  const position = decider.kind === 'rule' ? decider.rule.position : 'policy'
  return [family, table, name, position].join('\n')
}

function likeness({ context, untracked, translations }: WalkPath): string {
  const { mark, connectionMark, state } = context
  return [mark, connectionMark, state, untracked, ...translations.map(nameTranslation)].join('|')
}

/** A text that is the same for equal translations. */
export function nameTranslation({ end, address, port }: Translation): string {
  const name = typeof address === 'object' ? `${address.family}/${address.value}` : address
  return `${end} ${name} ${port}`
}
