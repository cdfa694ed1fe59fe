import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { randomNetwork, seededRandom } from '#conformance'
import { compilePlan, explainLacks, labAbility, startLab } from '#lab'

const ability = await labAbility()
const lacking = ability.kind === 'unable' ? ability.lacks.map(({ why }) => why).join('; ') : ''
const network = randomNetwork(seededRandom(7), { gaps: false, classic: false })
const plan = compilePlan(network)

beforeEach(({ skip }) => {
  if (lacking !== '') skip(lacking)
  const folder = mkdtempSync(join(tmpdir(), 'hopwise-features-'))
  setFor('HOPWISE_LABS', folder)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

/** Until the test ends. */
function setFor(name: string, value: string): void {
  const before = process.env[name]
  process.env[name] = value
  onTestFinished(() => {
    if (before === undefined) delete process.env[name]
    else process.env[name] = before
  })
}

test('without koffi a lab is built by tools, and says what it does without', async () => {
  setFor('HOPWISE_NO_KOFFI', '1')
  const found = await labAbility()
  expect(found.kind).toBe('able')
  expect(explainLacks(found.lacks)).toContain('system calls (koffi)')
  const lab = await startLab('tools')
  const { handles } = await lab.ask({ op: 'build', plan })
  expect(handles.length).toBeGreaterThan(0)
  expect(await lab.ask({ op: 'status' })).toMatchObject({
    prober: 'processes',
    evidence: false,
    spaces: plan.spaces.length,
    cables: plan.cables.length,
  })
  await lab.end()
})

test('a missing program is named, with its package', async () => {
  setFor('PATH', '/nonexistent')
  const found = await labAbility()
  const programs = found.lacks.map(({ feature }) => feature)
  // Those in /usr/sbin are found there: an ordinary user's PATH may lack it.
  expect(programs).toContain('the program unshare')
  expect(found.kind).toBe('unable')
  await expect(startLab('nowhere')).rejects.toThrow('install util-linux')
})

test('a line that the kernel refuses names its resource, by either way', async () => {
  const [space] = plan.spaces
  const line = {
    text: 'addr add 10.9.9.9/32 dev lo',
    of: { kind: 'instance', id: 'i-twice' },
  } as const
  const spoiled = {
    ...plan,
    spaces: plan.spaces.map((one) => (one === space ? { ...one, ip: [line, line] } : one)),
  }
  const lab = await startLab('spoiled')
  const why =
    /the kernel refused "addr add 10\.9\.9\.9\/32 dev lo" \(instance i-twice\): .*(?:exist|already)/i
  await expect(lab.ask({ op: 'build', plan: spoiled })).rejects.toThrow(why)
  // A host that could not build can be cleared, and asked again.
  await lab.ask({ op: 'clear' })
  await lab.ask({ op: 'build', plan })
  await lab.end()
  setFor('HOPWISE_NO_KOFFI', '1')
  const other = await startLab('spoiled')
  await expect(other.ask({ op: 'build', plan: spoiled })).rejects.toThrow(why)
  await other.end()
})

test('a lab in a folder with a long path can be reached', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hopwise-'.padEnd(150, 'x')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  setFor('HOPWISE_LABS', folder)
  const lab = await startLab('far')
  expect(await lab.ask({ op: 'status' })).toMatchObject({ stays: false })
  await lab.end()
})
