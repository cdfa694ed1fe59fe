import { providersOf } from '#fabric'
import type { Network } from '#model'

import { type Complaint, refuse } from '../complaint.ts'
import { printable } from '../printable.ts'

/** A network of several clouds would be answered for as if all of it were of one. */
export function unjudgedClouds(
  path: string,
  network: Network,
): { readonly ok: false; readonly complaint: Complaint } | undefined {
  const clouds = providersOf(network)
  const code = 'network.not-in-this-release'
  if (clouds.length > 1) {
    const message = `${printable(path)} holds resources of ${clouds.join(' and ')}; this release answers for one cloud at a time. Keep a file for each.`
    return refuse(code, message)
  }
  return undefined
}
