import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { type Dice, diceOf, randomNetwork, seededRandom } from '#conformance'
import { compilePlan, joinLab, labAbility, labNames, livingHost, startLab, sweep } from '#lab'
import {
  end,
  type Living,
  machineDevices,
  machineMounts,
  namespacesOf,
  processesWith,
  stillHeld,
} from './lab-machine.ts'

// Processes are ended at random moments: HOPWISE_KILLS rounds of seed HOPWISE_SEED.
const ROUNDS = Number(process.env['HOPWISE_KILLS'] ?? 30)
const SEED = Number(process.env['HOPWISE_SEED'] ?? Date.now() % 1_000_000)

const ability = await labAbility()
const lacking = ability.kind === 'unable' ? ability.lacks.map(({ why }) => why).join('; ') : ''

const folder = mkdtempSync(join(tmpdir(), 'hopwise-kills-'))
process.env['HOPWISE_LABS'] = folder
const variable = `HOPWISE_LABS=${folder}`
const planFile = join(folder, 'plan.json')
const network = randomNetwork(seededRandom(7), { gaps: false, classic: false })
writeFileSync(planFile, JSON.stringify(compilePlan(network)))

beforeEach(({ skip }) => {
  if (lacking !== '') skip(lacking)
})

afterEach(() => {
  for (const one of processesWith(variable)) end(one)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A word of the starter, and how long after it the blow may fall. */
const moments = [
  ['starting', 300],
  ['started', 250],
  ['built', 500],
  ['probed', 700],
  ['ending', 15],
] as const
const victims = ['starter', 'host', 'both'] as const
const signals = ['SIGKILL', 'SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGINT'] as const

test(`whatever is killed whenever, nothing stays and the name is free (seed ${SEED})`, async () => {
  const dice = diceOf(seededRandom(SEED))
  const before = [machineDevices(), machineMounts()]
  for (let round = 0; round < ROUNDS; round++) {
    const blow = await strike(dice)
    try {
      await recover(blow)
    } catch (error) {
      throw new Error(`after ${blow.name}`, { cause: error })
    }
  }
  expect([machineDevices(), machineMounts()]).toEqual(before)
})

test('of several starts of one name at once exactly one wins and can be asked', async () => {
  for (let round = 0; round < 8; round++) {
    const starters = Array.from({ length: 4 }, () => run('contested', 'stay'))
    const ends = await Promise.all(starters.map(({ said }) => said))
    const winners = ends.filter((words) => words.includes('stays'))
    expect(winners).toHaveLength(1)
    const others = ends.filter((words) => !words.includes('stays')).flat()
    expect(others.filter((word) => word.startsWith('failed')).join()).toMatch(
      /^(failed: a lab named contested is (up already|being started),?){3}$/,
    )
    const lab = await joinLab('contested')
    expect(await lab.ask({ op: 'status' })).toMatchObject({ stays: true })
    // Every second time the next four find a dead one in their way.
    if (round % 2 === 0) await lab.end()
    else for (const one of processesWith(variable)) end(one)
    await settled(() => processesWith(variable).length === 0, 'a process lives')
  }
})

test('a lab that stays outlives its starter and ends when its folder is taken away', async () => {
  const { said } = run('stayer', 'stay')
  expect(await said).toContain('stays')
  await pause(200)
  const lab = await joinLab('stayer')
  expect(await lab.ask({ op: 'status' })).toMatchObject({ stays: true })
  rmSync(join(folder, labsBelow()), { recursive: true, force: true })
  await settled(() => processesWith(variable).length === 0, 'a lab lives without its folder')
  expect(livingHost('stayer')).toBeUndefined()
})

/** What has to be true some time after a blow. */
async function recover({ namespaces, lastWord }: Blow): Promise<void> {
  expect(lastWord).toMatch(/^(?:ended|failed: .+|killed)$/)
  await settled(() => processesWith(variable).length === 0, 'a process lives')
  await settled(() => stillHeld(namespaces).length === 0, 'a namespace is held')
  sweep()
  expect(leftFolders()).toEqual([])
  const lab = await startLab('struck')
  expect(await lab.ask({ op: 'status' })).toMatchObject({ spaces: 0 })
  await lab.end()
  expect(labNames()).toEqual([])
  expect(leftFolders()).toEqual([])
}

interface Started {
  readonly living: Living | undefined
  /** Every word, once it has ended. */
  readonly said: Promise<readonly string[]>
  readonly until: (word: string) => Promise<void>
}

function run(name: string, last: 'end' | 'stay' | 'hold'): Started {
  const program = fileURLToPath(new URL('lab-kills-starter.mjs', import.meta.url))
  const built = fileURLToPath(new URL('../../dist', import.meta.url))
  const child = spawn(process.execPath, [program, built, name, planFile, last], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const words: string[] = []
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => words.push(line))
  return {
    living: processesWith(variable).find(({ pid }) => pid === child.pid),
    said: new Promise((resolve) => lines.once('close', () => resolve(words))),
    async until(word) {
      await settled(() => words.includes(word) || child.exitCode !== null, `no word ${word}`)
    },
  }
}

interface Blow {
  readonly name: string
  readonly namespaces: readonly string[]
  /** Of the starter: a blow at the host alone is for it to bear. */
  readonly lastWord: string
}

async function strike(dice: Dice): Promise<Blow> {
  const [word, most] = dice.pick(moments)
  const [victim, signal] = [dice.pick(victims), dice.pick(signals)]
  const delay = dice.whole(0, most)
  const started = run('struck', 'end')
  await started.until(word)
  await pause(delay)
  const all = processesWith(variable)
  const own = all.find(({ pid }) => pid === started.living?.pid)
  const others = all.filter((one) => one !== own)
  const namespaces = others.flatMap(namespacesOf)
  const isStarterHit = victim !== 'host'
  for (const one of [...(isStarterHit ? [own] : []), ...(victim === 'starter' ? [] : others)]) {
    if (one) end(one, signal)
  }
  const name = `${signal} to ${victim}, ${delay} ms after "${word}"`
  const words = await started.said
  return { name, namespaces, lastWord: isStarterHit ? 'killed' : (words.at(-1) ?? 'nothing') }
}

/** Kernel and processes get some seconds, and no more. */
async function settled(isSo: () => boolean, otherwise: string): Promise<void> {
  const begun = performance.now()
  while (!isSo()) {
    if (performance.now() - begun > 30_000) throw new Error(otherwise)
    await pause(10)
  }
}

function labsBelow(): string {
  return `hopwise-labs-${process.getuid?.() ?? 0}`
}

/** What is in the folder of all labs. */
function leftFolders(): readonly string[] {
  return readdirSync(join(folder, labsBelow()))
}
