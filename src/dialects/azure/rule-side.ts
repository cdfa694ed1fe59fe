import { computedTags } from '#model'
import type { ComputedTag, OnePeer, RulePeer } from '#model'
import { parseRange, rangeToPrefixes } from '#net'

import { idOf, readCidr, writeCidr } from '../brand.ts'
import { isAbsent, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt, wordIn } from '../word.ts'
import { namedId } from './field.ts'
import { spelling } from './reading.ts'
import type { Reading } from './reading.ts'
import { listedTag } from './service-tag.ts'

/** Everybody, of both families. */
export const anyPeer: RulePeer = {
  kind: 'anyOf',
  peers: ['0.0.0.0/0', '::/0'].flatMap((text) => {
    const cidr = readCidr(text)?.cidr
    return cidr === undefined ? [] : [{ kind: 'cidr', cidr } as const]
  }),
}

/** One side of a rule: everybody, or any of these. */
export type Side = 'any' | readonly OnePeer[]

/**
 * What prefixes, ranges, service tags and application security groups name together. Undefined:
 * nobody, or something that cannot be understood.
 */
export function readSide(
  reading: Reading,
  prefixes: readonly Spot[],
  groups: readonly Spot[] = [],
): Side | undefined {
  const parts = [
    ...prefixes.filter((spot) => !isAbsent(spot)).map((spot) => readPrefix(reading, textOf(spot))),
    ...groups.map((spot) => readGroup(reading, namedId(spot))),
  ]
  if (parts.length === 0 || parts.includes(undefined)) return undefined
  if (parts.includes('any')) return 'any'
  return parts.flatMap((part) => (part === undefined || part === 'any' ? [] : part))
}

function readGroup(reading: Reading, id: string | undefined): readonly OnePeer[] | undefined {
  return id === undefined ? undefined : [{ kind: 'group', groupId: idOf(spelling(reading, id)) }]
}

/** The far side of a rule. */
export function peerOf(side: Side): RulePeer {
  if (side === 'any') return anyPeer
  const [only] = side
  return side.length === 1 && only ? only : { kind: 'anyOf', peers: side }
}

function readPrefix(
  reading: Reading,
  text: string | undefined,
): 'any' | readonly OnePeer[] | undefined {
  if (text === undefined) return undefined
  if (text === '*' || text.toLowerCase() === 'any') return 'any'
  const cidr = readCidr(text)?.cidr
  if (cidr !== undefined) return [{ kind: 'cidr', cidr }]
  const range = parseRange(text.replaceAll(' ', ''))
  if (range) {
    return rangeToPrefixes(range).map((prefix) => ({ kind: 'cidr', cidr: writeCidr(prefix) }))
  }
  const tag = computedTag(text)
  if (tag) return [{ kind: 'serviceTag', tag }]
  if (!/^[A-Za-z][\w.-]*$/.test(text)) return undefined
  return [{ kind: 'prefixList', prefixListId: idOf(listedTag(reading, text) ?? text) }]
}

/** Tags as they were spelt until 2019. */
const oldTags: Readonly<Record<string, ComputedTag>> = {
  virtual_network: 'VirtualNetwork',
  azure_loadbalancer: 'AzureLoadBalancer',
}

function computedTag(text: string): ComputedTag | undefined {
  return spelt(computedTags, text) ?? wordIn(oldTags, text)
}
