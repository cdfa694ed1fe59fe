import type { SubnetId, TransitAttachment, TransitAttachmentKind } from '#model'

import { idOf } from '../brand.ts'
import { compareText } from '../compare-text.ts'
import { note } from '../note.ts'
import { elementsOf, isAbsent, shown, textOf } from '../spot.ts'
import { spelt, wordIn } from '../word.ts'
import { askAbout } from './ask.ts'
import { field } from './field.ts'
import { attachmentOfInterface } from './interface-service.ts'
import { miss, recordOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here, listed } from './record.ts'
import type { ApiRecord } from './record.ts'

const kinds = {
  vpc: 'vpc',
  vpn: 'line',
  'direct-connect-gateway': 'line',
  peering: 'peering',
  'tgw-peering': 'peering',
  connect: 'unsupported',
} as const satisfies Record<string, TransitAttachmentKind>

/** Those of one transit gateway; of a VPC's, another call says which subnets they are in. */
export function readAttachments(reading: Reading, router: ApiRecord): readonly TransitAttachment[] {
  return attachmentsOf(reading, router.id).flatMap((record) => {
    const state = textOf(at(record, 'State'))
    if (state !== undefined && spelt(['deleted', 'failed', 'rejected'], state)) return []
    const vpcId = textOf(at(record, 'VpcId'))
    const resourceId = textOf(at(record, 'ResourceId')) ?? vpcId
    if (resourceId === undefined || state === undefined) {
      const call = askAbout.transitAttachments(router.id)
      const what = state === undefined ? 'the state of an attachment' : 'what is attached'
      unreadable(reading, 'transitRouter', router, here(record), what, call)
      return []
    }
    const kind = vpcId === undefined ? kindOf(reading, record) : 'vpc'
    const subnetIds = kind === 'vpc' ? subnetsOf(reading, router, record.id) : undefined
    const tableId = tableOf(reading, router, record)
    return [
      {
        id: record.id,
        kind,
        resourceId,
        state,
        ...(subnetIds && { subnetIds }),
        ...(tableId !== undefined && { tableId }),
      },
    ]
  })
}

/** From the listing of all kinds, or else from that of VPC attachments. */
function attachmentsOf(reading: Reading, routerId: string): readonly ApiRecord[] {
  const own = (record: ApiRecord): boolean => textOf(at(record, 'TransitGatewayId')) === routerId
  const all = recordsOf(reading, 'transitAttachment').filter(own)
  const vpcs = recordsOf(reading, 'transitVpcAttachment').filter(
    (record) => own(record) && !recordOf(reading, 'transitAttachment', record.id),
  )
  return [...all, ...vpcs].toSorted((a, b) => compareText(a.id, b.id))
}

function kindOf(reading: Reading, record: ApiRecord): TransitAttachmentKind {
  const spot = at(record, 'ResourceType')
  const known = wordIn(kinds, textOf(spot)) ?? 'unsupported'
  if (known === 'unsupported') {
    const message = `${record.id}: attachments of type ${shown(spot)} are not analysed.`
    note(reading, 'warning', spot, 'transit-router.unsupported-attachment', message)
  }
  return known
}

/** Interfaces of the transit gateway stand in the same subnets, and name the attachment. */
function subnetsOf(
  reading: Reading,
  router: ApiRecord,
  id: string,
): readonly SubnetId[] | undefined {
  const record = recordOf(reading, 'transitVpcAttachment', id)
  const own = record && elementsOf(at(record, 'SubnetIds')).flatMap((item) => textOf(item) ?? [])
  const seen = recordsOf(reading, 'networkInterface').flatMap((eni) =>
    attachmentOfInterface(textOf(at(eni, 'Description')) ?? '') === id
      ? (textOf(at(eni, 'SubnetId')) ?? [])
      : [],
  )
  const subnets = own ?? (seen.length > 0 ? seen : undefined)
  if (!subnets) miss(reading, 'transitRouter', router, askAbout.transitSubnets(id))
  return subnets && [...new Set(subnets)].toSorted(compareText).map((subnet) => idOf(subnet))
}

/** The table it asks: both ends of the association print it. */
function tableOf(reading: Reading, router: ApiRecord, record: ApiRecord): string | undefined {
  const association = at(record, 'Association')
  const state = field(association, 'State')
  const own = textOf(field(association, 'TransitGatewayRouteTableId'))
  if (own !== undefined) {
    return isAbsent(state) || spelt(['associated'], textOf(state)) ? own : undefined
  }
  const table = recordsOf(reading, 'transitAssociations').find((answer) =>
    listed(answer, 'Associations').some(
      (item) =>
        textOf(field(item, 'TransitGatewayAttachmentId')) === record.id &&
        spelt(['associated'], textOf(field(item, 'State')) ?? 'associated') !== undefined,
    ),
  )
  // Only the listing of all kinds says that there is no association.
  if (!table && record.kind === 'transitVpcAttachment') {
    miss(reading, 'transitRouter', router, askAbout.transitAttachments(router.id))
  }
  return table?.id
}
