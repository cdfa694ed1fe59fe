import { readAlibaba } from '#dialects'
import type { ReadResult, SourceDocument } from '#dialects'

import { loadFixture } from './load-fixture.ts'

/** A complete capture of one account and region: read as it is, it has no notes and no gaps. */
export const capture: readonly SourceDocument[] = loadFixture('storefront')

/** JSON that a test may change. */
export type Json = Record<string, unknown>

/** The capture with the documents whose name has this part changed by `change`. */
export function amended(
  part: string,
  change: (json: Json) => void,
  documents = capture,
): SourceDocument[] {
  if (!documents.some(({ file }) => file.includes(part))) throw new Error(`no document ${part}`)
  return documents.map((document) => {
    if (!document.file.includes(part)) return document
    const json = objectIn(structuredClone(document.json))
    change(json)
    return { ...document, json }
  })
}

export function without(part: string, documents = capture): SourceDocument[] {
  const rest = documents.filter(({ file }) => !file.includes(part))
  if (rest.length === documents.length) throw new Error(`no document ${part}`)
  return rest
}

/** The value as an object to change; throws for anything else. */
export function objectIn(value: unknown): Json {
  if (!isJson(value)) throw new TypeError(`not an object: ${JSON.stringify(value)}`)
  return value
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The elements of a wrapped list as objects to change. */
export function itemsIn(json: Json, outer: string, wrapper: string): Json[] {
  const list = objectIn(json[outer])[wrapper]
  if (!Array.isArray(list)) throw new TypeError(`${outer}.${wrapper} is no list`)
  return list.map(objectIn)
}

export function readAmended(part: string, change: (json: Json) => void): ReadResult {
  return readAlibaba(amended(part, change))
}

/** The gaps of a result in one line each: kind, id or `*`, call. */
export function gapLines({ network }: ReadResult): string[] {
  const short = (call: string): string =>
    call.replace(/^aliyun \S+ /, '').replace(/ --RegionId \S+/, '')
  return (network.gaps ?? []).map(({ kind, id, call }) => `${kind} ${id ?? '*'}: ${short(call)}`)
}

/** The notes of a result in one line each: severity and code. */
export function noteLines({ notes }: ReadResult): string[] {
  return notes.map(({ severity, code }) => `${severity} ${code}`)
}
