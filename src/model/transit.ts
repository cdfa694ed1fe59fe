import type { CidrText, SubnetId } from './id.ts'
import type { Boundary } from './service.ts'

/**
 * A router that VPCs, lines and other routers attach to (AWS transit gateway). Each attachment asks
 * the table it is associated with. Without `attachments` and `tables` its inside was not read.
 */
export interface TransitRouter extends Boundary {
  readonly attachments?: readonly TransitAttachment[]
  readonly tables?: readonly TransitTable[]
}

/** What an attachment connects. */
export const transitAttachmentKinds = ['vpc', 'line', 'peering', 'unsupported'] as const
/** One of `transitAttachmentKinds`. */
export type TransitAttachmentKind = (typeof transitAttachmentKinds)[number]

/** One plug of a transit router. */
export interface TransitAttachment {
  readonly id: string
  readonly kind: TransitAttachmentKind
  /** The VPC, the line, or the transit router at the other end. */
  readonly resourceId: string
  /** Provider word; only `available` carries packets. */
  readonly state: string
  /** Of a VPC: the subnets that hold its interfaces, one a zone. Only these zones reach it. */
  readonly subnetIds?: readonly SubnetId[]
  /** The table it asks; absent: none, so that nothing it sends is routed. */
  readonly tableId?: string
}

/** A table of a transit router: static routes, and the attachments that announce their own. */
export interface TransitTable {
  readonly id: string
  readonly routes: readonly TransitRoute[]
  /** Attachments whose addresses it learns: of a VPC its ranges, of a line its routes. */
  readonly propagations: readonly string[]
}

/** A static route; without attachments a black hole. */
export interface TransitRoute {
  readonly destination: CidrText
  readonly attachmentIds: readonly string[]
}

/** A way out of the cloud to somewhere of the customer's: a VPN connection, Direct Connect, a VBR. */
export interface Line extends Boundary {
  readonly medium?: 'vpn' | 'direct'
  readonly attachedTo?: {
    readonly kind: 'vpnGateway' | 'transitRouter' | 'line'
    readonly id: string
  }
  /** Ranges that are known to be behind it. */
  readonly routes?: readonly CidrText[]
  /** True: there is nothing else behind it (static routing). Else more may be learned. */
  readonly routesComplete?: boolean
}
