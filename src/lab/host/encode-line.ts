import { FAMILY } from '../wire/socket-numbers.ts'
import type { DeviceNumbers } from './device-numbers.ts'
import { encodeBridge, encodeLinkSet } from './encode-link.ts'
import { encodeAddress, encodeForwarding, encodeNeighbour } from './encode-neighbour.ts'
import { encodeRoute } from './encode-route.ts'
import { encodeRule } from './encode-rule.ts'
import type { RouteMessage } from './netlink-message.ts'

/** Whose batch a line stands in. */
export type BatchTool = 'ip' | 'ip6' | 'bridge'

/**
 * What the tool would send to the kernel for this line; undefined for a line, or a single word of
 * it, that is not among those a compiled plan has. The text stays the truth: the tool takes what is
 * not known here, and a test holds both ways against each other.
 */
export function encodeLine(
  line: string,
  batch: BatchTool,
  devices: DeviceNumbers,
): readonly RouteMessage[] | undefined {
  const [object = '', ...words] = line.split(' ')
  const [operation, ...rest] = words
  if (object === 'link' && operation === 'set') return encodeLinkSet(rest, devices)
  const message = encoders[batch](object, words, devices)
  return message && [message]
}

type Encode = (
  object: string,
  words: readonly string[],
  devices: DeviceNumbers,
) => RouteMessage | undefined

/** Only rules do not show their family. */
const encoders: Readonly<Record<BatchTool, Encode>> = {
  ip: (object, words, devices) =>
    object === 'rule' ? encodeRule(words, FAMILY.ipv4) : encodeObject(object, words, devices),
  ip6: (object, words) => (object === 'rule' ? encodeRule(words, FAMILY.ipv6) : undefined),
  bridge: (object, words, devices) =>
    object === 'fdb' ? encodeForwarding(words, devices) : undefined,
}

function encodeObject(
  object: string,
  words: readonly string[],
  devices: DeviceNumbers,
): RouteMessage | undefined {
  switch (object) {
    case 'link':
      return words[0] === 'add' ? encodeBridge(words.slice(1), devices) : undefined
    case 'addr':
      return encodeAddress(words, devices)
    case 'neigh':
      return encodeNeighbour(words, devices)
    case 'route':
      return encodeRoute(words, devices)
    default:
      return undefined
  }
}
