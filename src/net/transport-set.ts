import { IcmpTypeSet } from './icmp-type-set.ts'
import type { Packet } from './packet.ts'
import { PortSet } from './port-set.ts'
import { productAlgebra } from './product-set.ts'
import type { ProductSet } from './product-set.ts'
import { icmpProtocols, portedProtocols } from './protocol.ts'
import { ProtocolSet } from './protocol-set.ts'
import type { SetAlgebra } from './set-algebra.ts'

/** Pairs of a source port and a destination port. */
export type PortPairs = ProductSet<PortSet, PortSet>

/**
 * What a packet is apart from its addresses. Protocols come in three classes and each carries
 * only the dimensions its header has, so no member is written twice and equality stays exact.
 */
export interface TransportSet {
  readonly kind: 'transport'
  readonly ported: ProductSet<ProtocolSet, PortPairs>
  readonly icmp: ProductSet<ProtocolSet, IcmpTypeSet>
  readonly bare: ProtocolSet
}

/** A box of transports; a dimension the protocols do not have says nothing about them. */
export interface TransportBox {
  readonly protocols: ProtocolSet
  readonly sourcePorts: PortSet
  readonly destinationPorts: PortSet
  readonly icmpTypes: IcmpTypeSet
}

/** The part of a packet a transport set looks at. */
export type Transport = Omit<Packet, 'source' | 'destination'>

/** What sets of transports can do beyond the set operations. */
export interface TransportSetAlgebra extends SetAlgebra<TransportSet> {
  readonly all: TransportSet
  readonly fromBox: (box: TransportBox) => TransportSet
  readonly contains: (set: TransportSet, transport: Transport) => boolean
  /** Disjoint boxes that hold exactly the set, each within one class of protocols. */
  readonly boxes: (set: TransportSet) => readonly TransportBox[]
}

/** Pairs of ports. */
export const PortPairs = productAlgebra(PortSet, PortSet)

const Ported = productAlgebra(ProtocolSet, PortPairs)
const Icmp = productAlgebra(ProtocolSet, IcmpTypeSet)

const PORTED = ProtocolSet.of(...portedProtocols)
const ICMP = ProtocolSet.of(...icmpProtocols)
const BARE = ProtocolSet.complement(ProtocolSet.union(PORTED, ICMP))

/** The box of everything. */
export const everyTransport: TransportBox = {
  protocols: ProtocolSet.all,
  sourcePorts: PortSet.all,
  destinationPorts: PortSet.all,
  icmpTypes: IcmpTypeSet.all,
}

/** Makes and combines sets of transports. */
export const TransportSet: TransportSetAlgebra = {
  empty: transports(Ported.empty, Icmp.empty, ProtocolSet.empty),
  all: fromBox(everyTransport),
  fromBox,
  isEmpty: ({ ported, icmp, bare }) =>
    Ported.isEmpty(ported) && Icmp.isEmpty(icmp) && ProtocolSet.isEmpty(bare),
  equals: (a, b) =>
    Ported.equals(a.ported, b.ported) &&
    Icmp.equals(a.icmp, b.icmp) &&
    ProtocolSet.equals(a.bare, b.bare),
  union: (a, b) => eachClass('union', a, b),
  intersect: (a, b) => eachClass('intersect', a, b),
  subtract: (a, b) => eachClass('subtract', a, b),
  contains,
  boxes,
}

function transports(
  ported: TransportSet['ported'],
  icmp: TransportSet['icmp'],
  bare: TransportSet['bare'],
): TransportSet {
  return { kind: 'transport', ported, icmp, bare }
}

function eachClass(
  operation: 'union' | 'intersect' | 'subtract',
  a: TransportSet,
  b: TransportSet,
): TransportSet {
  return transports(
    Ported[operation](a.ported, b.ported),
    Icmp[operation](a.icmp, b.icmp),
    ProtocolSet[operation](a.bare, b.bare),
  )
}

function fromBox({ protocols, sourcePorts, destinationPorts, icmpTypes }: TransportBox) {
  return transports(
    Ported.box(
      ProtocolSet.intersect(protocols, PORTED),
      PortPairs.box(sourcePorts, destinationPorts),
    ),
    Icmp.box(ProtocolSet.intersect(protocols, ICMP), icmpTypes),
    ProtocolSet.intersect(protocols, BARE),
  )
}

function contains({ ported, icmp, bare }: TransportSet, transport: Transport): boolean {
  const { protocol, sourcePort, destinationPort, icmpType } = transport
  if (ProtocolSet.contains(bare, protocol)) return true
  const ports = rightOf(ported, protocol)?.rows.find(({ left }) =>
    PortSet.contains(left, sourcePort),
  )
  if (ports) return PortSet.contains(ports.right, destinationPort)
  const types = rightOf(icmp, protocol)
  return types !== undefined && IcmpTypeSet.contains(types, icmpType)
}

function rightOf<R>(table: ProductSet<ProtocolSet, R>, protocol: number): R | undefined {
  return table.rows.find(({ left }) => ProtocolSet.contains(left, protocol))?.right
}

function boxes({ ported, icmp, bare }: TransportSet): readonly TransportBox[] {
  return [
    ...ported.rows.flatMap(({ left: protocols, right }) =>
      right.rows.map(({ left: sourcePorts, right: destinationPorts }) => {
        return { ...everyTransport, protocols, sourcePorts, destinationPorts }
      }),
    ),
    ...icmp.rows.map(({ left, right }) => {
      return { ...everyTransport, protocols: left, icmpTypes: right }
    }),
    ...(ProtocolSet.isEmpty(bare) ? [] : [{ ...everyTransport, protocols: bare }]),
  ]
}
