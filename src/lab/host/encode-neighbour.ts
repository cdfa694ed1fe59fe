import { addressBytes } from './address-words.ts'
import type { DeviceNumbers } from './device-numbers.ts'
import { macBytes, readOptions } from './line-words.ts'
import { attribute, type RouteMessage } from './netlink-message.ts'
import { ADDRESS, BRIDGE_FAMILY, MESSAGE_TYPE, NEIGHBOUR, REQUEST } from './netlink-numbers.ts'

const creating: Readonly<Record<string, number>> = {
  add: REQUEST.request | REQUEST.create | REQUEST.exclusive,
  replace: REQUEST.request | REQUEST.create | REQUEST.replace,
}

/** `addr add …`. */
export function encodeAddress(
  [operation, said = '', ...words]: readonly string[],
  devices: DeviceNumbers,
): RouteMessage | undefined {
  const options = readOptions(words, { values: ['dev'], flags: ['nodad'] })
  const device = devices.of(options?.values.get('dev') ?? '')
  const address = addressBytes(said)
  if (operation !== 'add' || !options || device === undefined || !address) return undefined
  // Of the loopback range the tool makes addresses of another scope.
  if (said.startsWith('127.')) return undefined
  const { family, bytes, length } = address
  const flags = options.flags.has('nodad') ? ADDRESS.noDuplicateDetection : 0
  const header = Buffer.from([family, length, flags, 0, 0, 0, 0, 0])
  header.writeUInt32LE(device, 4)
  return {
    type: MESSAGE_TYPE.newAddress,
    flags: creating['add'],
    body: Buffer.concat([
      header,
      attribute(ADDRESS.local, bytes),
      attribute(ADDRESS.address, bytes),
    ]),
  }
}

/** `neigh add …` and `neigh replace …`, permanent ones. */
export function encodeNeighbour(
  [operation = '', said = '', ...words]: readonly string[],
  devices: DeviceNumbers,
): RouteMessage | undefined {
  const options = readOptions(words, { values: ['lladdr', 'dev', 'nud'], flags: [] })
  const device = devices.of(options?.values.get('dev') ?? '')
  const mac = macBytes(options?.values.get('lladdr') ?? '')
  const address = addressBytes(said)
  const flags = creating[operation]
  if (options?.values.get('nud') !== 'permanent' || said.includes('/')) return undefined
  if (flags === undefined || device === undefined || !mac || !address) return undefined
  return {
    type: MESSAGE_TYPE.newNeighbour,
    flags,
    body: Buffer.concat([
      neighbourHeader(address.family, device, NEIGHBOUR.permanent, 0),
      attribute(NEIGHBOUR.destination, address.bytes),
      attribute(NEIGHBOUR.linkAddress, mac),
    ]),
  }
}

/** `fdb replace MAC dev PORT master static`. */
export function encodeForwarding(
  [operation = '', said = '', ...words]: readonly string[],
  devices: DeviceNumbers,
): RouteMessage | undefined {
  const options = readOptions(words, { values: ['dev'], flags: ['master', 'static'] })
  const device = devices.of(options?.values.get('dev') ?? '')
  const mac = macBytes(said)
  const flags = creating[operation]
  if (options?.flags.size !== 2 || flags === undefined || device === undefined || !mac) {
    return undefined
  }
  return {
    type: MESSAGE_TYPE.newNeighbour,
    flags,
    body: Buffer.concat([
      neighbourHeader(BRIDGE_FAMILY, device, NEIGHBOUR.noArp, NEIGHBOUR.master),
      attribute(NEIGHBOUR.linkAddress, mac),
    ]),
  }
}

/** `struct ndmsg`. */
function neighbourHeader(family: number, device: number, state: number, flags: number): Buffer {
  const header = Buffer.alloc(12)
  header.writeUInt8(family, 0)
  header.writeInt32LE(device, 4)
  header.writeUInt16LE(state, 8)
  header.writeUInt8(flags, 10)
  return header
}
