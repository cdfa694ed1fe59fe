import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { randomNetwork, seededRandom } from '#conformance'
import { compilePlan, labAbility } from '#lab'
import { end, processesWith } from './lab-machine.ts'
import { readableCopy } from './lab-readable-copy.ts'

// As root these run as the user nobody; anybody else runs them as himself.
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
const ordinary = isRoot
  ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
  : ['env']
const itself = ['env']
const ability = await labAbility()
const lacking = ability.kind === 'unable' ? ability.lacks.map(({ why }) => why).join('; ') : ''

const copy = readableCopy()
const folder = mkdtempSync(join(tmpdir(), 'hopwise-rootless-'))
const starter = join(copy, 'lab-kills-starter.mjs')
const planFile = join(copy, 'plan.json')
copyFileSync(fileURLToPath(new URL('lab-kills-starter.mjs', import.meta.url)), starter)
const network = randomNetwork(seededRandom(7), { gaps: false, classic: false })
writeFileSync(planFile, JSON.stringify(compilePlan(network)))
for (const file of [starter, planFile]) chmodSync(file, 0o644)
chmodSync(folder, 0o1777)
const env = { ...process.env, HOPWISE_LABS: folder, TMPDIR: folder, HOME: folder }
const variable = `HOPWISE_LABS=${folder}`

beforeEach(({ skip }) => {
  if (lacking !== '') skip(lacking)
})

afterAll(() => {
  for (const one of processesWith(variable)) end(one)
  for (const path of [copy, folder]) rmSync(path, { recursive: true, force: true })
})

test('an ordinary user builds, probes and ends a lab', async () => {
  const words = await lab('mine', ordinary)
  expect(words).toEqual(expect.arrayContaining(['built', 'probed', 'ended']))
  expect(answersIn(words)).toMatch(/answered\+/)
  expect(processesWith(variable)).toEqual([])
})

test('labs of one name or several, of root and of others, do not meet', async () => {
  const alone = await lab('alone', itself)
  const ends = await Promise.all([lab('a', itself), lab('b', itself), lab('a', ordinary)])
  // Anybody but root is one user here: of his two labs named a, one is refused.
  const held = isRoot ? ends : ends.filter((words) => words.at(-1) === 'ended')
  expect(held.length).toBeGreaterThan(1)
  for (const words of held) expect(answersIn(words)).toBe(answersIn(alone))
})

test('where user namespaces are forbidden the reason is said (needs root)', async ({ skip }) => {
  if (!isRoot) skip('needs root')
  const script = 'read go; echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"'
  const words = [...ordinary, process.execPath, '-e', askAbility]
  const child = spawn('unshare', ['--user', '--keep-caps', 'sh', '-ec', script, 'sh', ...words], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const said = text(child.stdout)
  await mapUsers(child)
  child.stdin.end('go\n')
  const answer: unknown = JSON.parse(await said)
  expect(answer).toMatchObject({ kind: 'unable', lacks: [{ feature: 'user namespaces' }] })
  expect(JSON.stringify(answer)).toContain('user.max_user_namespaces')
})

test('root without the right to make namespaces is told so (needs root)', async ({ skip }) => {
  if (!isRoot) skip('needs root')
  const words = ['setpriv', '--bounding-set=-sys_admin', process.execPath, '-e', askAbility]
  const answer: unknown = JSON.parse(await output(words))
  expect(answer).toMatchObject({ kind: 'unable' })
  expect(JSON.stringify(answer)).toContain('CAP_SYS_ADMIN')
})

const door = join(copy, 'dist/lab/index.js')
const askAbility = `import(${JSON.stringify(door)}).then(async ({ labAbility }) => console.log(JSON.stringify(await labAbility())))`

/** Everything that a starter said. */
async function lab(name: string, user: readonly string[]): Promise<readonly string[]> {
  const program = [process.execPath, starter, join(copy, 'dist'), name, planFile, 'end']
  return (await output([...user, ...program])).trim().split('\n')
}

function output([command = '', ...args]: readonly string[]): Promise<string> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  return text(child.stdout)
}

/** The last answers: packets of the first round may wait for a cable. */
function answersIn(words: readonly string[]): string | undefined {
  return words.findLast((word) => word.startsWith('answers '))
}

/** Gives a process in a new user namespace every user of the machine. */
async function mapUsers({ pid = 0 }: ChildProcess): Promise<void> {
  const machine = readFileSync('/proc/self/uid_map', 'utf8')
  for (let waited = 0; waited < 500; waited++) {
    if (readFileSync(`/proc/${pid}/uid_map`, 'utf8') !== machine) break
    await pause(10)
  }
  for (const map of ['uid_map', 'gid_map']) writeFileSync(`/proc/${pid}/${map}`, '0 0 65536\n')
}
