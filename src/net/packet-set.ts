import { AddressSet } from './address-set.ts'
import { numbers } from './arithmetic.ts'
import type { Packet } from './packet.ts'
import { boxAround, boxSize, everyPacket, sampleBox } from './packet-box.ts'
import type { PacketBox } from './packet-box.ts'
import { formatPacketSet } from './packet-text.ts'
import { productAlgebra } from './product-set.ts'
import type { ProductSet } from './product-set.ts'
import type { Random, SetAlgebra } from './set-algebra.ts'
import { TransportSet } from './transport-set.ts'

/**
 * A set of packets: for each set of sources, for each set of destinations, what may travel between
 * them. Canonical, so equal sets are equal data. No member's addresses are of different families.
 */
export interface PacketSet {
  readonly kind: 'packets'
  readonly flows: ProductSet<AddressSet, ProductSet<AddressSet, TransportSet>>
}

/** What sets of packets can do beyond the set operations. */
export interface PacketSetAlgebra extends SetAlgebra<PacketSet> {
  /** Every packet between addresses of one family. */
  readonly all: PacketSet
  /** The set of these packets; one whose addresses differ in family adds nothing. */
  readonly of: (...packets: readonly Packet[]) => PacketSet
  /** The union of these boxes; a field left out is unrestricted. */
  readonly fromBoxes: (boxes: readonly Partial<PacketBox>[]) => PacketSet
  /** Everything of `all` that is not in the set. */
  readonly complement: (set: PacketSet) => PacketSet
  /** Fields the packet's protocol does not have are not looked at. */
  readonly contains: (set: PacketSet, packet: Packet) => boolean
  /** Whether every member of `inner` is in `outer`. */
  readonly isSubset: (inner: PacketSet, outer: PacketSet) => boolean
  /** The number of packets that differ in a field their protocol has. */
  readonly size: (set: PacketSet) => bigint
  /**
   * A member, or undefined when there is none: first a box, each as likely as the other, then a
   * value for each field. Not uniform over packets, or IPv6 would crowd out all else.
   */
  readonly sample: (set: PacketSet, random?: Random) => Packet | undefined
  /** Disjoint boxes that hold exactly the set, each within one family and class of protocols. */
  readonly boxes: (set: PacketSet) => readonly PacketBox[]
  /** A short line for people, not made to be read back; long lists are cut with their count. */
  readonly format: (set: PacketSet) => string
}

const ToDestination = productAlgebra(AddressSet, TransportSet)
const Flows = productAlgebra(AddressSet, ToDestination)

/** Makes and combines sets of packets. */
export const PacketSet: PacketSetAlgebra = {
  empty: packets(Flows.empty),
  all: fromBox(everyPacket),
  of: (...members) => unionAll(members.map((packet) => fromBox(boxAround(packet)))),
  fromBoxes: (all) => unionAll(all.map(fromBox)),
  isEmpty,
  equals: (a, b) => Flows.equals(a.flows, b.flows),
  union,
  intersect: (a, b) => packets(Flows.intersect(a.flows, b.flows)),
  subtract,
  complement: (set) => subtract(PacketSet.all, set),
  contains,
  isSubset: (inner, outer) => isEmpty(subtract(inner, outer)),
  size: (set) => boxes(set).reduce((count, box) => count + boxSize(box), 0n),
  sample,
  boxes,
  format: (set) => formatPacketSet(set, isEmpty(subtract(PacketSet.all, set))),
}

function packets(flows: PacketSet['flows']): PacketSet {
  return { kind: 'packets', flows }
}

/** Splits the box by family: the product of two mixed sets would hold 10.0.0.1 to ::1. */
function fromBox(given: Partial<PacketBox>): PacketSet {
  const box = { ...everyPacket, ...given }
  const transports = TransportSet.fromBox(box)
  const [ipv4, ipv6] = ([4, 6] as const).map((family) =>
    Flows.box(
      AddressSet.ofFamily(box.source, family),
      ToDestination.box(AddressSet.ofFamily(box.destination, family), transports),
    ),
  )
  return packets(Flows.union(ipv4, ipv6))
}

/** By halves, so that n boxes take log n rounds and not n ever larger unions. */
function unionAll(sets: readonly PacketSet[]): PacketSet {
  if (sets.length === 0) return PacketSet.empty
  if (sets.length === 1) return sets[0]
  const middle = sets.length >> 1
  return union(unionAll(sets.slice(0, middle)), unionAll(sets.slice(middle)))
}

function isEmpty(set: PacketSet): boolean {
  return Flows.isEmpty(set.flows)
}

function union(a: PacketSet, b: PacketSet): PacketSet {
  return packets(Flows.union(a.flows, b.flows))
}

function subtract(a: PacketSet, b: PacketSet): PacketSet {
  return packets(Flows.subtract(a.flows, b.flows))
}

function contains(set: PacketSet, packet: Packet): boolean {
  const from = set.flows.rows.find(({ left }) => AddressSet.contains(left, packet.source))
  const to = from?.right.rows.find(({ left }) => AddressSet.contains(left, packet.destination))
  return to !== undefined && TransportSet.contains(to.right, packet)
}

function boxes(set: PacketSet): readonly PacketBox[] {
  return set.flows.rows.flatMap(({ left: source, right }) =>
    right.rows.flatMap(({ left: destination, right: transports }) =>
      TransportSet.boxes(transports).map((box) => ({ ...box, source, destination })),
    ),
  )
}

function sample(set: PacketSet, random: Random = Math.random): Packet | undefined {
  const all = boxes(set)
  return all.length === 0 ? undefined : sampleBox(all[numbers.below(all.length, random)], random)
}
