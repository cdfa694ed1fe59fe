import { FAMILY } from '../wire/socket-numbers.ts'
import { type AddressBytes, addressBytes } from './address-words.ts'
import type { DeviceNumbers } from './device-numbers.ts'
import { type LineOptions, readOptions, wholeNumber } from './line-words.ts'
import { attribute, number32, type RouteMessage } from './netlink-message.ts'
import { MESSAGE_TYPE, REQUEST, ROUTE } from './netlink-numbers.ts'

const creating: Readonly<Record<string, number>> = {
  add: REQUEST.request | REQUEST.create | REQUEST.exclusive,
  append: REQUEST.request | REQUEST.create | REQUEST.append,
  replace: REQUEST.request | REQUEST.create | REQUEST.replace,
}

/** `route add …`, `append` and `replace`, with one next hop or several. */
export function encodeRoute(
  [operation = '', said = '', ...words]: readonly string[],
  devices: DeviceNumbers,
): RouteMessage | undefined {
  const flags = creating[operation]
  const [own, ...hopWords] = splitAt(words, 'nexthop')
  const known = { values: ['via', 'dev', 'table', 'metric', 'src'], flags: ['onlink'] }
  const options = readOptions(own, known)
  if (flags === undefined || !options) return undefined
  const gateway = addressBytes(options.values.get('via') ?? '')
  const destination = said === 'default' ? everything(gateway) : addressBytes(said)
  if (!destination) return undefined
  const hops = hopWords.map((item) => encodeHop(item, destination.family, devices))
  const parts = hops.length === 0 ? singleHop(options, destination.family, devices) : listed(hops)
  const rest = commonParts(options, destination.family)
  if (!parts || !rest) return undefined
  const { values } = options
  const isNear = hops.length === 0 && !values.has('via') && destination.family === FAMILY.ipv4
  return {
    type: MESSAGE_TYPE.newRoute,
    flags,
    body: Buffer.concat([
      header(destination, rest.table, isNear, options.flags.has('onlink')),
      attribute(ROUTE.destination, destination.bytes),
      ...parts,
      ...rest.attributes,
    ]),
  }
}

function splitAt(words: readonly string[], mark: string): [string[], ...string[][]] {
  const parts: [string[], ...string[][]] = [[]]
  for (const word of words) {
    if (word === mark) parts.push([])
    else parts.at(-1)?.push(word)
  }
  return parts
}

/** A default route is of its gateway's family, and of IPv4 without one. */
function everything(gateway: AddressBytes | undefined): AddressBytes {
  const family = gateway?.family ?? FAMILY.ipv4
  return { family, bytes: Buffer.alloc(family === FAMILY.ipv4 ? 4 : 16), length: 0 }
}

interface CommonParts {
  readonly table: number
  readonly attributes: readonly Buffer[]
}

function commonParts({ values }: LineOptions, family: number): CommonParts | undefined {
  const table = wholeNumber(values.get('table') ?? String(ROUTE.mainTable))
  const metric = wholeNumber(values.get('metric') ?? '0')
  const said = values.get('src')
  const source = said === undefined ? undefined : addressBytes(said)
  if (table === undefined || metric === undefined) return undefined
  if (said !== undefined && source?.family !== family) return undefined
  const attributes = [
    ...(values.has('metric') ? [number32(ROUTE.metric, metric)] : []),
    ...(source ? [attribute(ROUTE.preferredSource, source.bytes)] : []),
    ...(table > 255 ? [number32(ROUTE.table, table)] : []),
  ]
  return { table, attributes }
}

/** `struct rtmsg`; a table beyond 255 is an attribute of its own. */
function header(
  { family, length }: AddressBytes,
  table: number,
  isNear: boolean,
  isOnLink: boolean,
): Buffer {
  const scope = isNear ? ROUTE.linkScope : 0
  const fields = [family, length, 0, 0, table > 255 ? 0 : table, ROUTE.bootProtocol, scope]
  const bytes = Buffer.from([...fields, ROUTE.unicast, 0, 0, 0, 0])
  bytes.writeUInt32LE(isOnLink ? ROUTE.onLink : 0, 8)
  return bytes
}

function singleHop(
  { values }: LineOptions,
  family: number,
  devices: DeviceNumbers,
): readonly Buffer[] | undefined {
  const device = devices.of(values.get('dev') ?? '')
  const via = values.get('via')
  const gateway = via === undefined ? undefined : addressBytes(via)
  if (device === undefined || (via !== undefined && gateway?.family !== family)) return undefined
  return [
    ...(gateway ? [attribute(ROUTE.gateway, gateway.bytes)] : []),
    number32(ROUTE.device, device),
  ]
}

function listed(hops: readonly (Buffer | undefined)[]): readonly Buffer[] | undefined {
  const known = hops.filter((hop) => hop !== undefined)
  if (known.length < hops.length) return undefined
  return [attribute(ROUTE.multipath, Buffer.concat(known))]
}

/** `struct rtnexthop` with its gateway. */
function encodeHop(
  words: readonly string[],
  family: number,
  devices: DeviceNumbers,
): Buffer | undefined {
  const options = readOptions(words, { values: ['via', 'dev'], flags: ['onlink'] })
  if (!options) return undefined
  const device = devices.of(options.values.get('dev') ?? '')
  const via = options.values.get('via')
  const gateway = via === undefined ? undefined : addressBytes(via)
  if (device === undefined || (via !== undefined && gateway?.family !== family)) return undefined
  const attributes = gateway ? attribute(ROUTE.gateway, gateway.bytes) : Buffer.alloc(0)
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16LE(8 + attributes.length, 0)
  bytes.writeUInt8(options.flags.has('onlink') ? ROUTE.onLink : 0, 2)
  bytes.writeInt32LE(device, 4)
  return Buffer.concat([bytes, attributes])
}
