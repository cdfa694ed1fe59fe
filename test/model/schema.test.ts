import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { schemaDocs } from '#model'
import type { Instance, InstanceId, NetworkInterfaceId } from '#model'
import { itemSchemas } from '../../src/model/schema/network.ts'
import { maybe, oneOf, record } from '../../src/model/schema/record.ts'
import { idOf, text } from '../../src/model/schema/text.ts'
import { edited, pointersOf, REMOVE, sampleNetwork } from './sample-network.ts'

test.each(schemaDocs)('$file is what the schemas say', ({ file, generate }) => {
  const published = new URL(`../../${file}`, import.meta.url)
  expect(`${JSON.stringify(generate(), null, 2)}\n`).toBe(readFileSync(published, 'utf8'))
})

test('the published network schema names each kind once and refers to it by name', () => {
  const [{ generate }] = schemaDocs
  const document = JSON.stringify(generate())
  const defined = Object.keys(Object(generate()['$defs']))
  const referred = [...document.matchAll(/"#\/\$defs\/(\w+)"/g)].map(([, name]) => name)
  expect(defined.toSorted()).toEqual([...new Set(referred)].toSorted())
  expect(defined).toEqual(expect.arrayContaining(['Vpc', 'PortInterval', 'RouteTarget', 'Gap']))
})

test('a network may have fields that a later version adds, a question may not', () => {
  const [network, question] = schemaDocs.map(({ generate }) => JSON.stringify(generate()))
  expect(network).not.toContain('additionalProperties')
  expect(question).toContain('"additionalProperties":false')
})

test('the compiled check of every kind says yes exactly where the plain schema does', () => {
  const pointers = pointersOf(sampleNetwork()).filter((pointer) => pointer.split('/').length > 3)
  const spoilt = fc.oneof(
    fc.jsonValue(),
    fc.constant(REMOVE),
    fc.constantFrom('10.0.0.1', '::1', 6),
  )
  const compiled = Object.entries(itemSchemas).map(([list, schema]) => ({
    list,
    schema,
    fast: z.compile<z.ZodType>(schema, { strict: true }),
  }))
  fc.assert(
    fc.property(fc.constantFrom(...pointers), spoilt, (pointer, value) => {
      const network = edited({ [pointer]: value })
      for (const { list, schema, fast } of compiled) {
        const items: unknown = Reflect.get(Object(network), list)
        for (const item of Array.isArray(items) ? items : []) {
          expect(z.validate(fast, item)).toBe(schema.safeParse(item).success)
        }
      }
    }),
  )
})

// The lines below are checked by the compiler alone: each error that it does not find fails there.
test('a schema that parts from its interface does not compile', () => {
  interface Small {
    readonly id: string
    readonly os?: 'linux' | 'windows'
    readonly master?: InstanceId | NetworkInterfaceId
  }
  const whole = {
    id: text('id'),
    os: maybe(oneOf(['linux', 'windows'])),
    master: maybe(idOf<'instance' | 'networkInterface'>('id')),
  }
  record<Small>()({}, whole)
  const { os: _, ...withoutOs } = whole
  // @ts-expect-error -- a field is missing from the schema
  record<Small>()({}, withoutOs)
  // @ts-expect-error -- a field is in the schema only
  record<Small>()({}, { ...whole, extra: text('extra') })
  // @ts-expect-error -- the schema knows one word less than the interface
  record<Small>()({}, { ...whole, os: maybe(oneOf(['linux'])) })
  // @ts-expect-error -- and one word more
  record<Small>()({}, { ...whole, os: maybe(oneOf(['linux', 'windows', 'bsd'])) })
  // @ts-expect-error -- the schema demands what is optional
  record<Small>()({}, { ...whole, os: oneOf(['linux', 'windows']) })
  // @ts-expect-error -- the schema lets what is demanded be absent
  record<Small>()({}, { ...whole, id: maybe(text('id')) })
  // @ts-expect-error -- the id carries the wrong brand
  record<Pick<Instance, 'id'>>()({}, { id: idOf<'vpc'>('id') })
  expect(Object.keys(record<Small>()({}, whole).shape)).toEqual(['id', 'os', 'master'])
})
