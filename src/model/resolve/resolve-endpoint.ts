import type { NetworkIndex } from '../index-network.ts'
import type { Gap } from '../network.ts'
import { parseAddressText } from '../parse-address-text.ts'
import type { Vpc } from '../vpc.ts'
import { writeAddressBook } from './address-book.ts'
import type { AddressBook } from './address-book.ts'
import type { Endpoint, Resolution } from './endpoint.ts'
import { namedThings, onlyInside, preferInside } from './narrow-endpoints.ts'
import { isEndpointKind, writeNameBook } from './name-book.ts'
import type { NameBook } from './name-book.ts'
import { addressMeanings, addressMeaningsIn } from './resolve-address.ts'
import { suggestNames } from './suggest-names.ts'

/** How the text of a question is looked up. */
export interface ResolveOptions {
  /** A VPC id: names and addresses are looked up there; ids are ids everywhere. */
  readonly scope?: string
  /**
   * Whether a name that nothing has gets suggestions, which reads all names (0.2 s for 300,000).
   * A stream of questions says no. Default: yes.
   */
  readonly suggest?: boolean
}

/**
 * What `from` or `to` of a question means: the word `internet` (in any case), an id, an address, or
 * a name that only one thing has, in this order. The books it looks things up in are written at the
 * first question and kept with the index, so a million questions cost a few lookups each.
 */
export function resolveEndpoint(
  index: NetworkIndex,
  text: string,
  { scope, suggest = true }: ResolveOptions = {},
): Resolution {
  if (isInternet(text)) return INTERNET
  const books = booksOf(index)
  const vpcs = scope === undefined ? [] : index.having('vpc', scope)
  if (scope !== undefined && vpcs.length !== 1) return badScope(index, scope, vpcs, suggest)
  const [vpc] = vpcs
  const meanings = meaningsOf(books, text, vpc)
  return settle(meanings) ?? explainAbsence(books, text, suggest)
}

interface Books {
  readonly index: NetworkIndex
  readonly names: NameBook
  readonly addresses: () => AddressBook
}

const written = new WeakMap<NetworkIndex, Books>()

function booksOf(index: NetworkIndex): Books {
  const known = written.get(index)
  if (known) return known
  let addresses: AddressBook | undefined
  const books: Books = {
    index,
    names: writeNameBook(index),
    addresses: () => (addresses ??= writeAddressBook(index)),
  }
  written.set(index, books)
  return books
}

const INTERNET: Endpoint = { kind: 'internet' }

function isInternet(text: string): boolean {
  return text.length === 8 && text.toLowerCase() === 'internet'
}

/** An id that only one thing has needs no scope; among namesakes the scope decides. */
function meaningsOf(
  { index, names, addresses }: Books,
  text: string,
  scope: Vpc | undefined,
): readonly Endpoint[] {
  const ids = names.byId(text)
  if (ids.length > 0) return ids.length === 1 ? ids : preferInside(index, ids, scope)
  const address = parseAddressText(text)
  if (address === undefined) return onlyInside(index, namedThings(names.byName(text)), scope)
  return scope
    ? addressMeaningsIn(addresses(), address, scope)
    : addressMeanings(addresses(), address)
}

/** Undefined: no meaning. */
function settle(meanings: readonly Endpoint[]): Resolution | undefined {
  if (meanings.length < 2) return meanings[0]
  return {
    kind: 'ambiguous',
    candidates: meanings.slice(0, MOST_CANDIDATES),
    count: meanings.length,
  }
}

const MOST_CANDIDATES = 20

function explainAbsence({ index, names }: Books, text: string, suggest: boolean): Resolution {
  const gap = index.network.gaps?.find(({ id }) => id === text)
  if (gap) return { kind: 'unread', gap }
  const resourceKind = names.otherKind(text)
  if (resourceKind) return { kind: 'not-an-endpoint', resourceKind, id: text }
  const near = suggest ? suggestNames(text, names.words()) : []
  return { kind: 'not-found', near, gaps: index.network.gaps?.filter(isWholeKind) ?? [] }
}

function isWholeKind({ kind, id }: Gap): boolean {
  return id === undefined && isEndpointKind(kind)
}

function badScope(
  index: NetworkIndex,
  scope: string,
  vpcs: readonly Vpc[],
  suggest: boolean,
): Resolution {
  if (vpcs.length > 1) return { kind: 'unknown-scope', near: [] }
  const gap = index.network.gaps?.find(
    ({ kind, id }) => kind === 'vpc' && (id === undefined || id === scope),
  )
  if (gap) return { kind: 'unread', gap }
  const ids = index.all('vpc').map(({ id }) => id)
  return { kind: 'unknown-scope', near: suggest ? suggestNames(scope, ids) : [] }
}
