import fc from 'fast-check'

import type { ReadResult, SourceDocument } from '#dialects'
import { parseNetwork } from '#model'

/** Values that stand where others were expected. */
export const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    '-1/-1',
    '0/99999',
    '::/0',
    '10.0.0.0/33',
    '10.0.0.7/8',
    'ALL',
    'accept',
    'cn-hangzhou',
    'i-1',
    0,
    -1,
    1e308,
    Number.NaN,
    2 ** 60,
    true,
    [],
    {},
    [[]],
    [null],
    [''],
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string(),
)

/** Replaces the value at one of the document's places. */
export function mutate(document: SourceDocument | undefined, where: number, value: unknown): void {
  const places: { holder: object; key: string }[] = []
  const visit = (holder: unknown): void => {
    if (typeof holder !== 'object' || holder === null) return
    for (const key of Object.keys(holder)) {
      places.push({ holder, key })
      visit(Reflect.get(holder, key))
    }
  }
  visit(document?.json)
  const place = places[where % Math.max(1, places.length)]
  if (place) Reflect.set(place.holder, place.key, value)
}

/** What is wrong with a result, whatever the input was; a gap names a `call` of its cloud's CLI. */
export function complaints(
  documents: readonly SourceDocument[],
  result: ReadResult,
  call = /^aliyun [a-z-]+ (?:Describe|List|Get)[A-Z]/,
): readonly string[] {
  const { notes, network } = result
  const parsed = parseNetwork(network).problems.filter(
    ({ severity, code }) => severity === 'error' && !inputsOwn.includes(code),
  )
  return [
    ...notes.flatMap(({ file, pointer, code, message }) => {
      const named = documents.filter((document) => document.file === file)
      const found = named.some(({ json }) => resolves(json, pointer))
      const sound = found && /^[a-z0-9]+(?:[.-][a-z0-9]+)+$/.test(code) && message !== ''
      return sound ? [] : [`${file}${pointer} ${code} ${message}`]
    }),
    ...(network.gaps ?? []).flatMap((gap) => (call.test(gap.call) ? [] : [gap.call])),
    ...parsed.map(({ pointer, message }) => `${pointer} ${message}`),
  ]
}

/** Contradictions that an input may have in itself, and that the network then has too. */
const inputsOwn: readonly string[] = [
  'wrong-vpc',
  'duplicate-address',
  'address-outside-subnet',
  'address-outside-vpc',
  'subnet-outside-vpc',
  'overlapping-subnets',
  'duplicate-id',
]

function resolves(json: unknown, pointer: string): boolean {
  let value: unknown = json
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false
    value = Reflect.get(value, key)
  }
  return true
}
