import type { TransitAttachment, TransitRouter } from '#model'
import { PORT_FLAG, PORT_STATE } from '../places.ts'
import type { GroupSets } from './compile-groups.ts'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'

/** An interface of a transit router in a subnet of a VPC that is attached to it. */
export interface Plug {
  readonly router: TransitRouter
  readonly attachment: TransitAttachment
  readonly subnetId: string
}

/** In file order: what `TransitRouter.attachments` says of VPCs. */
export const plugsOf = ({ network }: Draft): readonly Plug[] =>
  (network.transitRouter ?? []).flatMap((router) =>
    (router.attachments ?? []).flatMap((attachment) =>
      attachment.kind === 'vpc'
        ? (attachment.subnetIds ?? []).map((subnetId) => ({ router, attachment, subnetId }))
        : [],
    ),
  )

/** Ports without groups, instance and address: they only are in a subnet, and use its table and lists. */
export function fillPlugs(draft: Draft, groups: GroupSets, columns: PortColumns): void {
  columns.routerPlugs.forEach(({ router, attachment, subnetId }, nth) => {
    const port = columns.plugs + nth
    columns.domain[port] = draft.ids.vpc.find(attachment.resourceId, router)
    columns.subnet[port] = draft.ids.subnet.find(subnetId, router)
    columns.set[port] = groups.intern([], router)
    columns.state[port] = PORT_STATE.usable
    columns.flags[port] = PORT_FLAG.groupless
  })
}
