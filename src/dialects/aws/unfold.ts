import { rootSpot, child, elementsOf, isContainer, isRecord, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import type { SourceDocument } from '../source.ts'
import type { Call } from './call.ts'
import { calls } from './calls.ts'
import { hasField } from './field.ts'

/** One answer of one call, wherever in a document it stood. */
export interface Answer {
  readonly call: Call
  /** The object that holds the list. */
  readonly spot: Spot
  readonly list: Spot
  /** Folders and file name, then the keys above the answer: they may name region, account, owner. */
  readonly keys: readonly string[]
}

export interface Unfolded {
  readonly answers: readonly Answer[]
  /** Calls whose answers a script collected under one key: whom it does not name has nothing. */
  readonly collected: readonly Answer[]
  /** Lists of resources that no call of the table has. */
  readonly unknown: readonly Spot[]
  /** Values that are no answer at all. */
  readonly unread: readonly Spot[]
}

/**
 * Finds the answers in a document: an object with the list of one call or of many, in the spelling
 * of the CLI or in snake case, a list of such pages, or an object keyed by call, region or account.
 */
export function unfold(document: SourceDocument): Unfolded {
  const search: Search = { answers: [], collected: [], unknown: [], unread: [], left: 50_000 }
  const keys = document.file.split(/[/\\]+/).filter((key) => key !== '' && key !== '.')
  visit(search, rootSpot(document), keys, 0)
  return search
}

/** Whether any part of the value is an answer. */
export function holdsAwsAnswer(json: unknown): boolean {
  return unfold({ file: '', json }).answers.length > 0
}

interface Search {
  readonly answers: Answer[]
  readonly collected: Answer[]
  readonly unknown: Spot[]
  readonly unread: Spot[]
  /** Values left to look at: an end for cyclic input. */
  left: number
}

/** Answers stand at most this deep: account, region, call, page. */
const deepest = 5

/** Returns whether the value is, or holds, an answer. */
function visit(search: Search, spot: Spot, keys: readonly string[], depth: number): boolean {
  search.left -= 1
  if (isRecord(spot.value) && takeAnswers(search, spot, keys, depth)) return true
  if (holdsParts(search, spot, keys, depth)) return true
  const lists = listsIn(spot).filter(({ key }) => /^[A-Z][A-Za-z]+$/.test(String(key)))
  if (isRecord(spot.value) && lists.length > 0) search.unknown.push(...lists)
  else search.unread.push(spot)
  return false
}

function holdsParts(search: Search, spot: Spot, keys: readonly string[], depth: number): boolean {
  if (!isContainer(spot.value) || depth >= deepest) return false
  const before = [search.unread.length, search.unknown.length] as const
  const list = Array.isArray(spot.value)
  let found = false
  for (const key of Object.keys(spot.value)) {
    if (search.left <= 0) break
    const part = child(spot, key)
    if (!isContainer(part.value)) continue
    found = visit(search, part, list ? keys : [...keys, key], depth + 1) || found
  }
  // One remark about the whole is better than one about each part, if none of them is ours.
  if (!found) [search.unread.length, search.unknown.length] = before
  return found
}

/** All lists of an object; the others are remarked on only if some list is known. */
function takeAnswers(search: Search, spot: Spot, keys: readonly string[], depth: number): boolean {
  const lists = listsIn(spot)
  const found = lists.filter((list) => takeList(search, spot, list, keys, depth))
  const sure = found.length > 0 || textOf(child(spot, 'provider')) === 'aws'
  if (!sure) return false
  for (const list of lists) {
    if (found.includes(list)) continue
    const call = elementsOf(list).length === 0 ? callOf(list) : undefined
    if (call) search.answers.push({ call, spot, list, keys })
    else search.unknown.push(list)
  }
  return true
}

function listsIn(spot: Spot): readonly Spot[] {
  if (!isContainer(spot.value)) return []
  return Object.keys(spot.value)
    .map((key) => child(spot, key))
    .filter(({ value }) => Array.isArray(value))
}

function takeList(
  search: Search,
  spot: Spot,
  list: Spot,
  keys: readonly string[],
  depth: number,
): boolean {
  const collection = calls.find(({ group }) => group !== undefined && isNamed(list, group))
  if (collection && holdsCollected(list, collection)) {
    search.collected.push({ call: collection, spot, list, keys })
    for (const item of elementsOf(list)) visit(search, item, keys, depth + 1)
    return true
  }
  const call = calls.find((each) => fits(each, spot, list))
  if (!call) return false
  search.answers.push({ call, spot, list, keys })
  return true
}

function holdsCollected(list: Spot, { lists }: Call): boolean {
  const items = elementsOf(list)
  return items.length === 0 || items.some((item) => lists.some((key) => hasField(item, key)))
}

function fits({ lists, about, id, within }: Call, spot: Spot, list: Spot): boolean {
  if (!lists.some((key) => isNamed(list, key))) return false
  const items = elementsOf(list)
  if (about) {
    const proven = [about.field, ...(about.proof ?? [])].some((key) => hasField(spot, key))
    const telling = items.some((item) => about.elementHas.some((key) => hasField(item, key)))
    return about.elementHas.length === 0 ? hasField(spot, about.field) : proven || telling
  }
  if (items.length === 0) return lists.some((key) => key === list.key)
  return items.some(
    (item) =>
      hasField(item, id) ||
      (within !== undefined && hasField(item, 'Instances')) ||
      isElasticIp(item),
  )
}

/** Elastic addresses of old accounts have no allocation. */
function isElasticIp(item: Spot): boolean {
  return hasField(item, 'PublicIp') && hasField(item, 'Domain')
}

/** The only call that an empty list in another spelling can be of. */
function callOf(list: Spot): Call | undefined {
  return calls.find(({ lists, about }) => !about && lists.some((key) => isNamed(list, key)))
}

/** `InternetGateways` is also `internet_gateways` and `internetGateways`. */
function isNamed({ key }: Spot, name: string): boolean {
  return key === name || plain(String(key)) === plain(name)
}

function plain(key: string): string {
  return key.replaceAll('_', '').toLowerCase()
}
