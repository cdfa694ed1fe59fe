import type { Peering, PeeringSide } from '#model'

import { idOf } from '../brand.ts'
import { compareText } from '../compare-text.ts'
import { isAbsent, textOf, truthOf } from '../spot.ts'
import { ask } from './ask.ts'
import { keyOf, parentId } from './arm-id.ts'
import { strangenessOf } from './peering-scope.ts'
import { identityOf, recordOf, recordsOf, spelling, unreadable } from './reading.ts'
import { reference } from './link.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ArmRecord } from './record.ts'

/** One side of a peering: what one virtual network says of another. */
interface Half {
  readonly record: ArmRecord
  readonly own: string
  readonly remote: string
}

/** Peerings: two virtual networks that name each other are one. */
export function readPeerings(reading: Reading): readonly Peering[] {
  const pairs = new Map<string, Half[]>()
  for (const half of recordsOf(reading, 'peering').flatMap((record) => halfOf(reading, record))) {
    const key = [half.own, half.remote].map(keyOf).toSorted(compareText).join('\n')
    pairs.set(key, [...(pairs.get(key) ?? []), half])
  }
  return [...pairs.values()]
    .map((halves) => join(reading, halves))
    .toSorted((a, b) => compareText(a.id, b.id))
}

function halfOf(reading: Reading, record: ArmRecord): Half[] {
  const own = spelling(reading, parentId(record.id))
  const remote = reference(reading, record, 'remoteVirtualNetwork')
  if (remote !== undefined) return [{ record, own, remote }]
  const spot = at(record, 'remoteVirtualNetwork')
  unreadable(reading, 'peering', record, spot, 'its remote network', ask(record.id))
  return []
}

/** The requester is the side whose id comes first: neither is the one that asked. */
function join(reading: Reading, halves: readonly Half[]): Peering {
  const [first, ...others] = halves.toSorted((a, b) =>
    compareText(keyOf(a.record.id), keyOf(b.record.id)),
  )
  const { record, own, remote } = first
  const second = others.find((half) => keyOf(half.own) !== keyOf(own))
  const requester = sideOf(record)
  for (const half of second ? [first, second] : [first]) {
    const strange = strangenessOf(reading, half.record)
    const call = ask(half.record.id)
    if (strange) unreadable(reading, 'peering', record, strange.spot, strange.what, call)
  }
  return {
    id: idOf(record.id),
    ...identityOf(record),
    requesterVpcId: idOf(own),
    accepterVpcId: idOf(remote),
    state: stateOf(reading, first, second),
    sides: { requester, accepter: second ? sideOf(second.record) : assumed(requester) },
  }
}

/** Of the side of a network that is not in the input, whatever lets packets pass. */
function assumed({ usesGateway }: PeeringSide): PeeringSide {
  return { access: true, forwarded: true, lendsGateway: usesGateway, usesGateway: false }
}

function sideOf(record: ArmRecord): PeeringSide {
  const says = (key: string): boolean => truthOf(at(record, key)) === true
  const access = at(record, 'allowVirtualNetworkAccess')
  return {
    access: isAbsent(access) || truthOf(access) === true,
    forwarded: says('allowForwardedTraffic'),
    lendsGateway: says('allowGatewayTransit'),
    usesGateway: says('useRemoteGateways'),
  }
}

/** A listed network that does not name its peer has been disconnected from it. */
function stateOf(reading: Reading, first: Half, second: Half | undefined): string {
  if (!second && recordOf(reading, first.remote)) return 'Disconnected'
  const words = [first, second].flatMap((half) =>
    half ? [textOf(at(half.record, 'peeringState')) ?? 'Unknown'] : [],
  )
  return words.find((word) => word.toLowerCase() !== 'connected') ?? 'Activated'
}
