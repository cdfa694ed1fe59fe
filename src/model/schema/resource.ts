import { providers } from '../resource.ts'
import type { Resource } from '../resource.ts'
import { maybe, oneOf, record } from './record.ts'
import { nonEmptyText, text } from './text.ts'

export const provider = oneOf(providers, 'The cloud it lives in.')
export const account = text('Account (subscription, project) that owns it.')
export const region = text('Region it lives in.')

/** The fields of every resource but `id`, which each kind brands for itself. */
export const resourceFields = {
  provider,
  account,
  region,
  name: maybe(text('The name its owner gave it; not unique.')),
}

/** The fields of a kind whose id needs no brand of its own. */
export const plainResourceFields = {
  ...resourceFields,
  id: nonEmptyText("The provider's own id."),
}

/** Not a kind of its own: compiled so that the shared fields cannot part from `Resource`. */
export const resource = record<Resource>()({ id: 'Resource' }, plainResourceFields)
