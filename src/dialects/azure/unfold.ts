import { child, elementsOf, isContainer, isRecord, rootSpot, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import type { SourceDocument } from '../source.ts'
import { parseArmId } from './arm-id.ts'
import { field } from './field.ts'

/** What a document holds. */
export interface Unfolded {
  /** Values with an ARM id, wherever they stood. */
  readonly resources: readonly Spot[]
  /** Service tags with their prefixes. */
  readonly tags: readonly Spot[]
  /** Resources of a template, which have no id. */
  readonly nameless: readonly Spot[]
  /** Lists, be they empty, under a key or in a file. */
  readonly lists: readonly Spot[]
  /** Answers that say that there is more. */
  readonly cut: readonly Spot[]
  /** Values that hold no resource. */
  readonly unread: readonly Spot[]
}

/**
 * Finds the resources in a document: one, a list of them, an answer of ARM (`value`) or of Resource
 * Graph (`data`), an exported template (`resources`), or an object with any of these under its keys.
 */
export function unfold(document: SourceDocument): Unfolded {
  const search = newSearch()
  visit(search, rootSpot(document), 0)
  return search
}

/** Whether any part of the value is Azure's. */
export function holdsAzureResource(json: unknown): boolean {
  const { resources, tags, nameless } = unfold({ file: '', json })
  return resources.length > 0 || tags.length > 0 || nameless.length > 0
}

interface Search {
  readonly resources: Spot[]
  readonly tags: Spot[]
  readonly nameless: Spot[]
  readonly lists: Spot[]
  readonly cut: Spot[]
  readonly unread: Spot[]
  /** Containers left to look at: an end for cyclic input. */
  left: number
}

function newSearch(): Search {
  const lists = { resources: [], tags: [], nameless: [], lists: [], cut: [], unread: [] }
  return { ...lists, left: 1_000_000 }
}

/** Resources stand at most this deep: subscription, kind, page, list. */
const deepest = 6

/** Returns whether the value is, or holds, something of Azure's. */
function visit(search: Search, spot: Spot, depth: number): boolean {
  search.left -= 1
  if (!isContainer(spot.value) || search.left < 0 || depth > deepest) return false
  if (takeResource(search, spot)) return true
  const before = search.unread.length
  if (Array.isArray(spot.value)) search.lists.push(spot)
  else if (nextPage(spot)) search.cut.push(spot)
  let found = false
  for (const key of Object.keys(spot.value))
    found = visit(search, child(spot, key), depth + 1) || found
  // One remark about the whole is better than one about each part, if none of them is ours.
  if (!found) {
    search.unread.length = before
    if (!isEmpty(spot.value)) search.unread.push(spot)
  }
  return found
}

function takeResource(search: Search, spot: Spot): boolean {
  if (!isRecord(spot.value)) return false
  const tags = elementsOf(field(spot, 'values')).filter(isTag)
  if (tags.length > 0) search.tags.push(...tags)
  else if (isResource(spot)) search.resources.push(spot)
  else if (isTemplateResource(spot)) search.nameless.push(spot)
  else return false
  return true
}

function isTag(spot: Spot): boolean {
  return textOf(child(spot, 'name')) !== undefined && Array.isArray(prefixesOf(spot).value)
}

/** The prefixes of a service tag. */
export function prefixesOf(tag: Spot): Spot {
  return field(tag, 'addressPrefixes')
}

/** A mere reference, an id and nothing else, is no resource. */
export function isResource(spot: Spot): boolean {
  const id = textOf(child(spot, 'id'))
  if (id === undefined || !isRecord(spot.value) || !parseArmId(id)) return false
  return Object.keys(spot.value).some((key) => key !== 'id' && key !== 'resourceGroup')
}

function isTemplateResource(spot: Spot): boolean {
  const type = textOf(child(spot, 'type')) ?? ''
  return /^microsoft\.[a-z]+\/\w/i.test(type) && textOf(child(spot, 'name')) !== undefined
}

function nextPage(spot: Spot): boolean {
  return ['nextLink', '$skipToken', 'skip_token'].some((key) => textOf(child(spot, key)))
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0
}
