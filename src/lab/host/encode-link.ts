import { FAMILY } from '../wire/socket-numbers.ts'
import type { DeviceNumbers } from './device-numbers.ts'
import { macBytes, readOptions, switchValue, wholeNumber } from './line-words.ts'
import { attribute, nested, number32, number8, text } from './netlink-message.ts'
import type { RouteMessage } from './netlink-message.ts'
import { BRIDGE, BRIDGE_PORT, DEVICE, LINK, MESSAGE_TYPE, REQUEST } from './netlink-numbers.ts'

/**
 * `link set …`, of ip and of bridge. The attributes go ahead of the flags: a device that comes up
 * before it has its mode of address generation makes itself a link-local address.
 */
export function encodeLinkSet(
  words: readonly string[],
  devices: DeviceNumbers,
): readonly RouteMessage[] | undefined {
  const [name = '', ...rest] = words[0] === 'dev' ? words.slice(1) : words
  const device = devices.of(name)
  if (device === undefined) return undefined
  const isPort = rest.some((word) => portWords.has(word))
  const parts = isPort ? portParts(rest) : deviceParts(rest, devices)
  if (parts === undefined) return undefined
  const { attributes, flags } = parts
  return [
    ...(attributes.length > 0 ? [setting(device, 0, attributes)] : []),
    ...(flags > 0 ? [setting(device, flags, [])] : []),
  ]
}

function setting(device: number, flags: number, attributes: readonly Buffer[]): RouteMessage {
  return {
    type: MESSAGE_TYPE.newLink,
    flags: REQUEST.request,
    body: Buffer.concat([deviceHeader(device, flags), ...attributes]),
  }
}

/** `link add NAME … type bridge …`; the device gets a number here, so that later lines know it. */
export function encodeBridge(
  [name = '', ...words]: readonly string[],
  devices: DeviceNumbers,
): RouteMessage | undefined {
  const known = ['address', 'type', 'stp_state', 'forward_delay', 'mcast_snooping']
  const options = readOptions(words, { values: known, flags: [] })
  if (options?.values.get('type') !== 'bridge') return undefined
  const mac = options.values.get('address')
  const bytes = mac === undefined ? Buffer.alloc(0) : macBytes(mac)
  const settings = [
    numbered('stp_state', (value) => number32(BRIDGE.stpState, value)),
    numbered('forward_delay', (value) => number32(BRIDGE.forwardDelay, value)),
    numbered('mcast_snooping', (value) => number8(BRIDGE.mcastSnooping, value)),
  ]
  if (bytes === undefined || settings.includes(undefined)) return undefined
  return {
    type: MESSAGE_TYPE.newLink,
    flags: REQUEST.request | REQUEST.create | REQUEST.exclusive,
    body: Buffer.concat([
      deviceHeader(devices.take(name), 0),
      text(LINK.name, name),
      ...(bytes.length > 0 ? [attribute(LINK.address, bytes)] : []),
      nested(LINK.info, [
        text(LINK.infoKind, 'bridge'),
        nested(
          LINK.infoData,
          settings.filter((part) => part !== undefined),
        ),
      ]),
    ]),
  }

  function numbered(word: string, make: (value: number) => Buffer): Buffer | undefined {
    const said = options?.values.get(word)
    if (said === undefined) return Buffer.alloc(0)
    const value = wholeNumber(said)
    return value === undefined ? undefined : make(value)
  }
}

/** `struct ifinfomsg` of no family: the flags are to be set, and no others change. */
function deviceHeader(device: number, flags: number): Buffer {
  const header = Buffer.alloc(16)
  header.writeInt32LE(device, 4)
  header.writeUInt32LE(flags, 8)
  header.writeUInt32LE(flags, 12)
  return header
}

interface LinkParts {
  readonly attributes: readonly Buffer[]
  readonly flags: number
}

function deviceParts(words: readonly string[], devices: DeviceNumbers): LinkParts | undefined {
  const known = { values: ['master', 'addrgenmode', 'arp'], flags: ['up'] }
  const options = readOptions(words, known)
  if (options === undefined) return undefined
  const { values, flags } = options
  const [master, generation] = [values.get('master'), values.get('addrgenmode')]
  const bridge = master === undefined ? undefined : devices.of(master)
  const isOdd =
    (master !== undefined && bridge === undefined) ||
    (generation ?? 'none') !== 'none' ||
    (values.get('arp') ?? 'off') !== 'off'
  if (isOdd) return undefined
  const attributes = [
    ...(bridge === undefined ? [] : [number32(LINK.master, bridge)]),
    ...(generation === undefined ? [] : [noGeneratedAddress]),
  ]
  const wanted = (flags.has('up') ? DEVICE.up : 0) | (values.has('arp') ? DEVICE.noArp : 0)
  return { attributes, flags: wanted }
}

/** No link-local address of the kernel's own making. */
const noGeneratedAddress = nested(LINK.familySpecific, [
  nested(FAMILY.ipv6, [number8(LINK.ipv6AddressGeneration, 1)]),
])

const portWords: ReadonlyMap<string, number> = new Map([
  ['proxy_arp', BRIDGE_PORT.proxyArp],
  ['learning', BRIDGE_PORT.learning],
  ['flood', BRIDGE_PORT.flood],
  ['mcast_flood', BRIDGE_PORT.mcastFlood],
  ['bcast_flood', BRIDGE_PORT.bcastFlood],
])

/** `[type bridge_slave] learning off …`: both tools set a port of a bridge. */
function portParts(words: readonly string[]): LinkParts | undefined {
  const options = readOptions(words, { values: ['type', ...portWords.keys()], flags: [] })
  if (options === undefined) return undefined
  const settings: Buffer[] = []
  for (const [word, said] of options.values) {
    const number = portWords.get(word)
    const value = switchValue(said)
    if (number !== undefined && value !== undefined) settings.push(number8(number, value))
    else if (said !== 'bridge_slave') return undefined
  }
  const slave = [text(LINK.infoSlaveKind, 'bridge'), nested(LINK.infoSlaveData, settings)]
  return { attributes: [nested(LINK.info, slave)], flags: 0 }
}
