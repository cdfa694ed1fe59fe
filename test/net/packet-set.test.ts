import fc from 'fast-check'
import { expect, test } from 'vitest'

import {
  AddressSet,
  hasIcmpType,
  hasPorts,
  IcmpTypeSet,
  PacketSet,
  parseAddress,
  PortSet,
  PROTOCOL,
  ProtocolSet,
} from '#net'
import type { IpAddress, Packet, PacketBox } from '#net'

import { given } from './given.ts'
import { testSetLaws } from './set-laws.ts'

/** Each dimension in atoms; a set of packets is a union of boxes whose sides are unions of atoms. */
const addressAtoms = ['10.0.0.0', '10.0.0.1', '10.0.0.2-255.255.255.255', '::-::7', '::8']
const portAtoms = ['22', '23', '24-65535']
const protocolAtoms = ['tcp', 'udp', 'icmp', 'icmpv6', 'gre', 'sctp,50-51']
const icmpTypeAtoms = ['8', '9-255']

const addressSets = unions(addressAtoms, AddressSet.parse, AddressSet.union)
const portSets = unions(portAtoms, PortSet.parse, PortSet.union)
const protocolSets = unions(protocolAtoms, ProtocolSet.parse, ProtocolSet.union)
const icmpTypeSets = unions(icmpTypeAtoms, IcmpTypeSet.parse, IcmpTypeSet.union)

const boxes: fc.Arbitrary<Partial<PacketBox>> = fc.record(
  {
    source: addressSets,
    destination: addressSets,
    protocols: protocolSets,
    sourcePorts: portSets,
    destinationPorts: portSets,
    icmpTypes: icmpTypeSets,
  },
  { requiredKeys: [] },
)

const packetSets = fc.array(boxes, { maxLength: 3 }).map(PacketSet.fromBoxes)

/** One packet of every combination of atoms, and of the rest of each dimension. */
const witnesses: readonly Packet[] = witnessPackets()

testSetLaws('PacketSet', { algebra: PacketSet, sets: packetSets, witnesses, numRuns: 60 })

test('a packet is in a box if and only if each of its fields is in that side', () => {
  fc.assert(
    fc.property(boxes, (box) => {
      const set = PacketSet.fromBoxes([box])
      const members = witnesses.map((packet) => PacketSet.contains(set, packet))
      expect(members).toEqual(witnesses.map((packet) => isInBox(box, packet)))
    }),
  )
})

test('the boxes of a set are disjoint, and together they are the set', () => {
  fc.assert(
    fc.property(packetSets, (set) => {
      const parts = PacketSet.boxes(set).map((box) => PacketSet.fromBoxes([box]))
      expect(PacketSet.fromBoxes(PacketSet.boxes(set))).toEqual(set)
      const total = parts.reduce((count, part) => count + PacketSet.size(part), 0n)
      expect(total).toBe(PacketSet.size(set))
    }),
  )
})

test('a set of packets counts and holds exactly those packets', () => {
  const some = witnesses.filter((_, i) => i % 7 === 0)
  fc.assert(
    fc.property(fc.subarray(some, { maxLength: 6 }), (packets) => {
      const set = PacketSet.of(...packets)
      expect(PacketSet.size(set)).toBe(BigInt(packets.filter(isOfOneFamily).length))
      const members = some.filter((packet) => PacketSet.contains(set, packet))
      expect(members).toEqual(packets.filter(isOfOneFamily))
    }),
  )
})

test('a packet whose addresses differ in family is in no set', () => {
  const mixed: Packet = { ...ssh, destination: address('::1') }
  expect(PacketSet.contains(PacketSet.all, mixed)).toBe(false)
  expect(PacketSet.isEmpty(PacketSet.of(mixed))).toBe(true)
  expect(PacketSet.of(ssh, mixed)).toEqual(PacketSet.of(ssh))
})

test('a field the protocol does not have makes no difference', () => {
  const gre: Packet = { ...ssh, protocol: PROTOCOL.gre }
  const onPort22 = PacketSet.fromBoxes([{ destinationPorts: PortSet.of(22) }])
  expect(PacketSet.contains(onPort22, { ...gre, destinationPort: 23 })).toBe(true)
  expect(PacketSet.of(gre)).toEqual(PacketSet.of({ ...gre, destinationPort: 99, icmpType: 7 }))
  expect(PacketSet.of(ssh)).toEqual(PacketSet.of({ ...ssh, icmpType: 7 }))
  expect(PacketSet.of(ssh)).not.toEqual(PacketSet.of({ ...ssh, sourcePort: 1 }))
})

test('a sample has 0 in the fields its protocol does not have', () => {
  fc.assert(
    fc.property(packetSets, fc.double({ min: 0, max: 0.999, noNaN: true }), (set, value) => {
      const packet = PacketSet.sample(set, () => value)
      fc.pre(packet !== undefined)
      const { protocol, sourcePort, destinationPort, icmpType } = packet
      expect(hasPorts(protocol) || (sourcePort === 0 && destinationPort === 0)).toBe(true)
      expect(hasIcmpType(protocol) || icmpType === 0).toBe(true)
    }),
  )
})

test('however a set is put together, it is the same data', () => {
  const wide = box({ source: '10.0.0.0/8', protocols: 'tcp', destinationPorts: '1-100' })
  const byPort = PacketSet.fromBoxes([
    box({ source: '10.0.0.0/8', protocols: 'tcp', destinationPorts: '51-100' }),
    box({ source: '10.0.0.0/8', protocols: 'tcp', destinationPorts: '1-50' }),
  ])
  const byAddress = PacketSet.fromBoxes([
    box({ source: '10.128.0.0/9', protocols: 'tcp', destinationPorts: '1-100' }),
    box({ source: '10.0.0.0/9', protocols: 'tcp', destinationPorts: '1-100' }),
  ])
  expect(byPort).toEqual(PacketSet.fromBoxes([wide]))
  expect(byAddress).toEqual(byPort)
  expect(PacketSet.boxes(byAddress)).toHaveLength(1)
})

test('a set is described in few words', () => {
  const web = box({ source: '10.0.0.0/8', protocols: 'tcp', destinationPorts: '80,443' })
  const ping = box({ source: '10.0.0.0/8', protocols: 'icmp', icmpTypes: '8' })
  const fromDns = box({ source: '::1', protocols: 'udp', sourcePorts: '53' })
  const ipv4 = PacketSet.fromBoxes([web, ping].map((b) => ({ ...b, ...to('10.1.2.3') })))
  expect(PacketSet.format(PacketSet.all)).toBe('all packets')
  expect(PacketSet.format(PacketSet.empty)).toBe('no packets')
  expect(PacketSet.format(ipv4)).toBe('10.0.0.0/8 -> 10.1.2.3: tcp to port 80,443, and icmp type 8')
  expect(PacketSet.format(PacketSet.fromBoxes([{ ...fromDns, ...to('::2') }]))).toBe(
    '::1 -> ::2: udp from port 53',
  )
  const noSsh = PacketSet.complement(
    PacketSet.fromBoxes([box({ protocols: 'tcp', destinationPorts: '22' })]),
  )
  expect(PacketSet.format(noSsh)).toBe(
    '0.0.0.0/0 -> 0.0.0.0/0: any protocol but tcp, and tcp to port 0-21,23-65535; ' +
      '::/0 -> ::/0: any protocol but tcp, and tcp to port 0-21,23-65535',
  )
})

test('a long description is cut and says how much is missing', () => {
  const hosts = Array.from({ length: 9 }, (_, i) => ({ family: 4 as const, value: BigInt(2 * i) }))
  const from = (count: number) => {
    const source = AddressSet.of(...hosts.slice(0, count))
    return PacketSet.format(PacketSet.fromBoxes([{ source, ...to('10.0.0.1') }]))
  }
  const four = '0.0.0.0,0.0.0.2,0.0.0.4,0.0.0.6'
  expect(from(4)).toBe(`${four} -> 10.0.0.1: any protocol`)
  expect(from(5)).toBe(`${four},1 more -> 10.0.0.1: any protocol`)
  expect(from(9)).toBe(`${four},5 more -> 10.0.0.1: any protocol`)
})

test('sixty rules for sixty sources leave one row each, one for the others, one for IPv6', () => {
  let open = PacketSet.all
  for (let i = 0; i < 60; i++) {
    const rule = box({
      source: `10.${(i * 37) % 256}.0.0/16`,
      protocols: i % 2 ? 'tcp' : 'udp',
      destinationPorts: `${i * 100}-${i * 100 + 150}`,
    })
    open = PacketSet.subtract(open, PacketSet.fromBoxes([rule]))
  }
  expect(open.flows.rows).toHaveLength(62)
})

const ssh: Packet = {
  source: address('10.0.0.1'),
  destination: address('10.0.0.2'),
  protocol: PROTOCOL.tcp,
  sourcePort: 40000,
  destinationPort: 22,
  icmpType: 0,
}

function unions<S>(
  atoms: readonly string[],
  parse: (text: string) => S | undefined,
  union: (a: S, b: S) => S,
): fc.Arbitrary<S> {
  const read = (text: string) => given(parse(text))
  return fc.subarray([...atoms]).map((some) => some.map(read).reduce(union, read('none')))
}

function witnessPackets(): readonly Packet[] {
  const addresses = ['10.0.0.0', '10.0.0.1', '11.0.0.0', '9.0.0.0', '::1', '::8', '::9'].map(
    address,
  )
  const ports = [22, 23, 40000, 0]
  const portPairs = ports.flatMap((from) => ports.map((to) => ({ from, to })))
  const transports = [6, 17, 132, 136].flatMap((protocol) =>
    portPairs.map(({ from, to: destinationPort }) => {
      return { protocol, sourcePort: from, destinationPort, icmpType: 0 }
    }),
  )
  const portless = [1, 58].flatMap((protocol) =>
    [8, 100, 0].map((icmpType) => ({ protocol, sourcePort: 0, destinationPort: 0, icmpType })),
  )
  const bare = [47, 50, 0].map((protocol) => {
    return { protocol, sourcePort: 0, destinationPort: 0, icmpType: 0 }
  })
  const pairs = addresses.flatMap((source) =>
    addresses.map((destination) => ({ source, destination })),
  )
  const ofOneFamily = pairs.filter(isOfOneFamily)
  const mixed = { source: address('10.0.0.0'), destination: address('::1') }
  return [...ofOneFamily, mixed].flatMap((pair) =>
    [...transports, ...portless, ...bare].map((transport) => ({ ...transport, ...pair })),
  )
}

/** Membership by the definition, without the algebra's representation. */
function isInBox(given: Partial<PacketBox>, packet: Packet): boolean {
  const { source, destination, protocols, sourcePorts, destinationPorts, icmpTypes } = given
  const ported = hasPorts(packet.protocol)
  return (
    isOfOneFamily(packet) &&
    (!source || AddressSet.contains(source, packet.source)) &&
    (!destination || AddressSet.contains(destination, packet.destination)) &&
    (!protocols || ProtocolSet.contains(protocols, packet.protocol)) &&
    (!ported || !sourcePorts || PortSet.contains(sourcePorts, packet.sourcePort)) &&
    (!ported || !destinationPorts || PortSet.contains(destinationPorts, packet.destinationPort)) &&
    (!hasIcmpType(packet.protocol) ||
      !icmpTypes ||
      IcmpTypeSet.contains(icmpTypes, packet.icmpType))
  )
}

function isOfOneFamily({ source, destination }: Pick<Packet, 'source' | 'destination'>): boolean {
  return source.family === destination.family
}

type BoxText = { readonly [field in keyof PacketBox]?: string }

function box(text: BoxText): Partial<PacketBox> {
  const { source, destination, protocols, sourcePorts, destinationPorts, icmpTypes } = text
  return {
    source: given(AddressSet.parse(source ?? 'all')),
    destination: given(AddressSet.parse(destination ?? 'all')),
    protocols: given(ProtocolSet.parse(protocols ?? 'all')),
    sourcePorts: given(PortSet.parse(sourcePorts ?? 'all')),
    destinationPorts: given(PortSet.parse(destinationPorts ?? 'all')),
    icmpTypes: given(IcmpTypeSet.parse(icmpTypes ?? 'all')),
  }
}

function to(text: string): { readonly destination: AddressSet } {
  return { destination: AddressSet.of(address(text)) }
}

function address(text: string): IpAddress {
  return given(parseAddress(text))
}
