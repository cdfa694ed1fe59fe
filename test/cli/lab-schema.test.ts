import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import type { Unrealised } from '#lab'
import { root } from '../repository/source-file.ts'
import type { Arguments } from '../../src/cli/command.ts'
import { labList } from '../../src/cli/lab/lab-list.ts'
import { labUp } from '../../src/cli/lab/lab-up.ts'
import { labVerify } from '../../src/cli/lab/lab-verify.ts'
import type { Verification } from '../../src/cli/lab/verification.ts'
import { verificationJson } from '../../src/cli/lab/verify-json.ts'
import { component } from '../../src/cli/schema/answer-parts.ts'
import { describes } from '../../src/cli/schema/describes.ts'
import { labPlanSchema } from '../../src/cli/schema/lab-plan-schema.ts'
import { labSchema, labsSchema } from '../../src/cli/schema/lab-schema.ts'
import { verificationSchema } from '../../src/cli/schema/verification-schema.ts'
import { changed, objectsIn } from './edit-document.ts'
import type { Fields } from './edit-document.ts'
import { exampleNetwork } from './example-network.ts'
import { answered, fakeMachine } from './fake-machine.ts'
import type { FakeMachine } from './fake-machine.ts'
import { publishedSchema } from './published-schema.ts'
import { makeFolder, put, withMemory } from './run-in-memory.ts'
import { calm, troubled } from './sample-verification.ts'

const folder = makeFolder()
const shop = put(folder, 'network.json', exampleNetwork)
const broken = put(folder, 'broken.json', { ...exampleNetwork, subnet: [{ id: 7 }] })
const scenarios = readdirSync(join(root, 'scenarios')).flatMap((name) =>
  ['network.json', 'network']
    .map((file) => join('scenarios', name, file))
    .filter((path) => existsSync(join(root, path))),
)

/** The schema in the code, and the one that its file gives to everybody. */
const schemas = {
  lab: [labSchema, publishedSchema('hopwise.lab.v1')],
  plan: [labPlanSchema, publishedSchema('hopwise.lab-plan.v1')],
  list: [labsSchema, publishedSchema('hopwise.labs.v1')],
  verification: [verificationSchema, publishedSchema('hopwise.verification.v1')],
} as const

type Format = keyof typeof schemas

const dryRun = { 'dry-run': true } as const

const verifications: readonly (readonly [string, Verification])[] = [
  ['every one', troubled],
  ['none, of the network of a lab', calm],
]

/** A seat of no instance. */
const carriesNothing = {
  interface: 'eni-standby',
  vpc: 'vpc-spare',
  addresses: expect.anything(),
  stands: false,
  because: expect.anything(),
}

describe('the schemas of what labs print', () => {
  test.each(scenarios)('admit the lab and the plan of %s, field for field', async (path) => {
    const operands = [join(root, path)]
    const up = await print(labUp, fakeMachine(), { operands })
    expect(readings('lab', up)).toEqual([up, up])
    const document = await print(labUp, fakeMachine(), { operands, options: dryRun })
    expect(readings('plan', document)).toEqual([document, document])
  })

  test('have met seats that carry nothing, seats of no instance, and what is left out', async () => {
    const [spare, classic] = await Promise.all(
      ['unattached-eni', 'before-the-vpc'].map(async (name) => {
        const operands = [join(root, `scenarios/${name}/network.json`)]
        return labSchema.parse(await print(labUp, fakeMachine(), { operands }))
      }),
    )
    expect(spare).toMatchObject({ seats: expect.arrayContaining([carriesNothing]) })
    expect(classic).toMatchObject({ leftOut: [{}, {}, {}] })
  })

  test('admit the list of labs, of which one is still another run’s', async () => {
    const machine = fakeMachine({ leftovers: ['old'] })
    const document = await print(labList, machine, { operands: [] })
    expect(readings('list', document)).toEqual([document, document])
    await print(labUp, machine, { operands: [shop] })
    await machine.start('theirs')
    const list = await print(labList, machine, { operands: [] })
    expect(readings('list', list)).toEqual([list, list])
    expect(list).toMatchObject({ labs: [{ name: 'lab' }, { name: 'theirs' }] })
  })

  test('admit verifications, alike or not, of questions given or raised', async () => {
    const wires = [() => answered, () => ({ kind: 'not_measured', why: 'cut' }) as const]
    for (const wire of wires) {
      const told = await print(labVerify, fakeMachine({ wire }), { operands: [shop] })
      expect(readings('verification', told)).toEqual([told, told])
    }
    const questions = put(
      folder,
      'questions.jsonl',
      '{"from":"i-wbe-1","to":"i-db-1","protocol":"tcp"}\n{"from":"i-web-1","to":"i-db-1","protocol":"udp"}\n',
    )
    const options = { questions }
    const given = await print(labVerify, fakeMachine(), { operands: [shop], options })
    expect(readings('verification', given)).toEqual([given, given])
    expect(given).toMatchObject({ notMeasured: [{ example: { from: 'i-wbe-1' } }] })
  })

  test.each(verifications)('admit every disagreement and reason: %s', (_name, verification) => {
    const document = printed(verification)
    expect(readings('verification', document)).toEqual([document, document])
  })

  test.each(['lab', 'plan', 'verification'] as const)(
    'admit in place of a %s the error that the command prints',
    async (format) => {
      const run = format === 'verification' ? labVerify : labUp
      const options = format === 'plan' ? dryRun : {}
      const invalid = await print(run, fakeMachine(), { operands: [broken], options })
      expect(readings(format, invalid)).toEqual([invalid, invalid])
      expect(invalid).toMatchObject({ error: { code: 'network.invalid' } })
      const against = fakeMachine({ against: 'one\ntwo' })
      const operands = [format === 'plan' ? join(folder, 'missing') : shop]
      const document = await print(run, against, { operands, options })
      expect(readings(format, document)).toEqual([document, document])
    },
  )

  test.each(Object.keys(schemas).filter(isFormat))(
    'refuse in a %s what they do not name, wherever it stands',
    async (format) => {
      const whole = await sampleOf(format)
      expect(readings(format, whole)).toEqual([whole, whole])
      const places = objectsIn(whole).filter((path) => path.at(-1) !== 'facts')
      expect(places.length).toBeGreaterThan(1)
      for (const path of places) {
        const more = changed(whole, path, (object) => ({ ...object, unheard: 1 }))
        expect([path, verdictsOn(format, more)]).toEqual([path, [false, false]])
      }
    },
  )

  test.each(Object.keys(schemas).filter(isFormat))(
    'refuse a %s that lacks any of its own fields',
    async (format) => {
      const whole = await sampleOf(format)
      expect(readings(format, whole)).toEqual([whole, whole])
      const absentable = ['source', 'chosen']
      const fields = Object.keys(whole).filter(
        (field) => format !== 'verification' || !absentable.includes(field),
      )
      for (const field of fields) {
        const { [field]: _, ...less } = whole
        expect([field, verdictsOn(format, less)]).toEqual([field, [false, false]])
      }
    },
  )
})

// The lines below are checked by the compiler alone: each error that it does not find fails there.
test('a schema that parts from what is printed does not compile', () => {
  const whole = { component, reason: z.string() }
  const left = describes<Unrealised>()(z.strictObject(whole))
  // @ts-expect-error -- a field is missing from the schema
  describes<Unrealised>()(z.strictObject({ component }))
  // @ts-expect-error -- a field is in the schema only, even if nobody has to give it
  describes<Unrealised>()(z.strictObject({ ...whole, since: z.string().exactOptional() }))
  // @ts-expect-error -- the schema lets what is always there be absent
  describes<Unrealised>()(z.strictObject({ component, reason: z.string().exactOptional() }))
  // @ts-expect-error -- an inner field differs
  describes<Unrealised>()(z.strictObject({ ...whole, component: component.omit({ name: true }) }))
  expect(Object.keys(left.shape)).toEqual(['component', 'reason'])
})

type Command = typeof labUp

interface Given {
  readonly operands: readonly string[]
  readonly options?: Arguments['options']
}

/** What a command prints with `--json`. */
async function print(
  run: Command,
  machine: FakeMachine,
  { operands, options }: Given,
): Promise<Fields> {
  const given: Arguments = { operands, options: { json: true, ...options } }
  const { stdout } = await withMemory((shell) => run(given, shell, machine))
  return JSON.parse(stdout)
}

function printed(verification: Verification): Fields {
  return JSON.parse(JSON.stringify(verificationJson(verification)))
}

async function sampleOf(format: Format): Promise<Fields> {
  if (format === 'verification') return printed(troubled)
  const machine = fakeMachine({ leftovers: ['old'] })
  const operands = [join(root, 'scenarios/unattached-eni/network.json')]
  const options = format === 'plan' ? dryRun : {}
  const up = await print(labUp, machine, { operands, options })
  if (format !== 'list') return up
  return print(labList, machine, { operands: [] })
}

/** What the two schemas make of a document: itself, if nothing is refused and nothing taken away. */
function readings(format: Format, document: Fields): readonly unknown[] {
  return schemas[format].map((schema) => schema.parse(document))
}

function verdictsOn(format: Format, document: unknown): readonly boolean[] {
  return schemas[format].map((schema) => schema.safeParse(document).success)
}

function isFormat(name: string): name is Format {
  return name in schemas
}
