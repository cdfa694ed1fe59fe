import { readAzure } from '#dialects'
import type { ReadResult, SourceDocument } from '#dialects'

import { objectIn } from './amend-capture.ts'
import type { Json } from './amend-capture.ts'
import { loadFixture } from './load-fixture.ts'

const subscription = '11111111-2222-3333-4444-555555555555'
export const place = { provider: 'azure', account: subscription, region: 'westeurope' } as const

/** The id of a resource: `network('virtualNetworks/hub')`. */
export const network = (path: string): string => idOf('Microsoft.Network', path)
export const compute = (path: string): string => idOf('Microsoft.Compute', path)

function idOf(space: string, path: string): string {
  return `/subscriptions/${subscription}/resourceGroups/rg-shop/providers/${space}/${path}`
}

/** An id without its head, for comparisons that can be read. */
export function short<Value>(value: Value): Value {
  const text = JSON.stringify(value ?? null)
  const head = /\/subscriptions\/[0-9a-f-]+\/resourceGroups\/rg-shop\/providers\/Microsoft\.\w+\//g
  const parsed: Value = JSON.parse(text.replaceAll(head, ''))
  return parsed
}

/**
 * One file a kind, as ARM lists resources: read as it is, there are no gaps and no notes but a word
 * about the network manager.
 */
export const azureCapture: readonly SourceDocument[] = loadFixture('quay')

/** The same as the az CLI prints it: fields of `properties` stand beside the id. */
export const azCapture: readonly SourceDocument[] = azureCapture.map(({ file, json }) => {
  const { value } = objectIn(json)
  return { file, json: flatten(value) }
})

/** Moves what is under `properties` one level up, in parts, too. */
function flatten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(flatten)
  if (typeof value !== 'object' || value === null) return value
  const { properties, ...rest } = objectIn(value)
  const inner = typeof properties === 'object' && properties !== null ? properties : {}
  const entries = Object.entries({ ...rest, ...inner })
  return Object.fromEntries(entries.map(([key, each]) => [key, flatten(each)]))
}

/** The list of a kind, to be changed. */
export function resourcesIn(documents: readonly SourceDocument[], kind: string): Json[] {
  const found = documents.find(({ file }) => file === `quay/${kind}.json`)
  const list = found && objectIn(found.json)['value']
  if (!Array.isArray(list)) throw new TypeError(`no list of ${kind}`)
  return list.map(objectIn)
}

export function propertiesOf(resource: Json): Json {
  return objectIn(resource['properties'])
}

/** Reads the capture after something in the list of one kind was changed. */
export function readChanged(
  kind: string,
  change: (resources: readonly Json[]) => void,
): ReadResult {
  const documents = structuredClone([...azureCapture])
  change(resourcesIn(documents, kind))
  return readAzure(documents)
}

/** Reads the capture with other properties of one resource. */
export function readWith(kind: string, name: string, properties: Json): ReadResult {
  return readChanged(kind, (resources) => Object.assign(partNamed(resources, name), properties))
}

/** The properties of a resource of that name, or of a part of one: `hub/subnets/web`. */
export function partNamed(resources: readonly Json[], path: string): Json {
  const [name, list, part] = path.split('/')
  const resource = resources.find((each) => each['name'] === name)
  if (!resource) throw new Error(`no ${name}`)
  const properties = propertiesOf(resource)
  if (list === undefined) return properties
  const parts = properties[list]
  if (!Array.isArray(parts)) throw new TypeError(`no ${list}`)
  const found = parts.map(objectIn).find((each) => each['name'] === part)
  if (!found) throw new Error(`no ${part}`)
  return propertiesOf(found)
}

/** Reads the capture without the lists of some kinds. */
export function readWithout(...kinds: readonly string[]): ReadResult {
  const gone = new Set(kinds.map((kind) => `quay/${kind}.json`))
  return readAzure(azureCapture.filter(({ file }) => !gone.has(file)))
}

/** Reads single values, as if nothing else had been exported. */
export function readOnly(...all: readonly unknown[]): ReadResult {
  return readAzure(all.map((json, index) => ({ file: `${index}.json`, json })))
}

/** The gaps of a result in one line each: kind, id or `*`, call. */
export function gapLines({ network: { gaps = [] } }: ReadResult): string[] {
  return gaps.map(({ kind, id, call }) =>
    short(`${kind} ${id ?? '*'}: ${call.replace(/^az /, '')}`),
  )
}

/** The notes of a result in one line each: severity and code. */
export function noteLines({ notes }: ReadResult): string[] {
  return notes.map(({ severity, code }) => `${severity} ${code}`)
}
