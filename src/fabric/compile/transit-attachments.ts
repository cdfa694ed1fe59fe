import type { TransitAttachment, TransitRouter } from '#model'
import type { Draft } from './draft.ts'

/** An attachment and where it stands in the network. */
export interface PlacedAttachment {
  readonly router: TransitRouter
  readonly attachment: TransitAttachment
  readonly routerPosition: number
  readonly entry: number
}

/** Every attachment of every transit router, in file order: their numbers. */
export const attachmentsOf = ({ network }: Pick<Draft, 'network'>): readonly PlacedAttachment[] =>
  (network.transitRouter ?? []).flatMap((router, routerPosition) =>
    (router.attachments ?? []).map((attachment, entry) => ({
      router,
      attachment,
      routerPosition,
      entry,
    })),
  )
