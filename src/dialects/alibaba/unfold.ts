import type { SourceDocument } from '../source.ts'
import type { Call } from './call.ts'
import { findCall } from './find-call.ts'
import { child, isContainer, isRecord, rootSpot, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'

/** One answer of one call, wherever in a document it stood. */
export interface Answer {
  readonly call: Call
  readonly spot: Spot
  /** Folders and file name, then the keys above the answer: they may name region, account, owner. */
  readonly keys: readonly string[]
}

/** A part of a document that is no answer; `refusal` is the API's own error code. */
export interface Unread {
  readonly spot: Spot
  readonly refusal?: string
}

export interface Unfolded {
  readonly answers: readonly Answer[]
  readonly unread: readonly Unread[]
}

/**
 * Finds the answers in a document: the document itself, or the parts of an array of pages, or of
 * an object such as `{"DescribeVpcs": …}` or `{"cn-hangzhou": {"DescribeVpcs": [page, page]}}`.
 */
export function unfold(document: SourceDocument): Unfolded {
  const search: Search = { answers: [], unread: [], left: 50_000 }
  visit(search, rootSpot(document), pathKeys(document.file), 0)
  return search
}

/** Whether any part of the value is an answer, a refused one included. */
export function holdsAlibabaAnswer(json: unknown): boolean {
  const { answers, unread } = unfold({ file: '', json })
  return answers.length > 0 || unread.some(({ refusal }) => refusal !== undefined)
}

interface Search {
  readonly answers: Answer[]
  readonly unread: Unread[]
  /** Values left to look at: an end for cyclic input. */
  left: number
}

/** Answers stand at most this deep: region, call, owner, page. */
const deepest = 5

/** Returns whether the value is, or holds, an answer. */
function visit(search: Search, spot: Spot, keys: readonly string[], depth: number): boolean {
  search.left -= 1
  const call = findCall(spot, keys)
  if (call) {
    search.answers.push({ call, spot, keys })
    return true
  }
  const refusal = refusalOf(spot)
  if (refusal === undefined && holdsParts(search, spot, keys, depth)) return true
  search.unread.push(refusal === undefined ? { spot } : { spot, refusal })
  return refusal !== undefined
}

function holdsParts(search: Search, spot: Spot, keys: readonly string[], depth: number): boolean {
  if (!isContainer(spot.value) || depth >= deepest) return false
  const unreadBefore = search.unread.length
  const list = Array.isArray(spot.value)
  let found = false
  for (const key of Object.keys(spot.value)) {
    if (search.left <= 0) break
    const part = child(spot, key)
    if (!isContainer(part.value)) continue
    found = visit(search, part, list ? keys : [...keys, key], depth + 1) || found
  }
  // One remark about the whole is better than one about each part, if none of them is ours.
  if (!found) search.unread.length = unreadBefore
  return found
}

/** Failed calls answer `{Code, Message, RequestId, HostId}`. */
function refusalOf(spot: Spot): string | undefined {
  if (!isRecord(spot.value) || textOf(child(spot, 'Message')) === undefined) return undefined
  const known = ['RequestId', 'HostId'].some((key) => textOf(child(spot, key)) !== undefined)
  return known ? textOf(child(spot, 'Code')) : undefined
}

function pathKeys(file: string): readonly string[] {
  return file.split(/[/\\]+/).filter((key) => key !== '' && key !== '.')
}
