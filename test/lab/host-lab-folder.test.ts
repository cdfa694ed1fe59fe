import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { claimName } from '../../src/lab/client/claim-name.ts'
import {
  clearName,
  filesOf,
  labNames,
  labsFolder,
  type LabFiles,
  livingHost,
  sweep,
} from '../../src/lab/client/lab-folder.ts'
import { UnusableFolder } from '../../src/lab/client/unusable-folder.ts'
import { ownName } from '../../src/lab/host/process-start.ts'

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'hopwise-folder-'))
  process.env['HOPWISE_LABS'] = folder
  onTestFinished(() => {
    delete process.env['HOPWISE_LABS']
    rmSync(folder, { recursive: true, force: true })
  })
})

function claimed(name: string): LabFiles {
  const files = claimName(name)
  if (!files) throw new Error(`${name} is taken`)
  return files
}

/** The number and start of a process that has ended. */
function deadProcess() {
  const words = ['-e', 'console.log(process.pid)']
  const { stdout } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  return { pid: Number(stdout), started: '1-00000000', isUp: true }
}

test('a name belongs to whoever claims it first, for as long as that process lives', () => {
  const files = claimed('one')
  expect(claimName('one')).toBeUndefined()
  expect(sweep()).toEqual([])
  expect(livingHost('one')).toBeUndefined()
  writeFileSync(files.state, JSON.stringify({ ...ownName(), isUp: true }))
  expect(livingHost('one')).toMatchObject({ pid: process.pid })
  expect(labNames()).toEqual(['one'])
})

test.for([
  ['of a process that is gone', JSON.stringify(deadProcess())],
  [
    'of another start of the same number',
    JSON.stringify({ ...ownName(), started: '7-x', isUp: true }),
  ],
  ['that is cut off', JSON.stringify({ ...ownName(), isUp: true }).slice(0, 20)],
  ['that is empty', ''],
  ['of an older version', JSON.stringify({ pid: process.pid, started: '7' })],
] as const)('a state file %s holds nothing', ([, text]) => {
  const files = claimed('one')
  writeFileSync(files.state, text)
  writeFileSync(join(files.folder, 'label.json'), '{}')
  expect(livingHost('one')).toBeUndefined()
  expect(sweep()).toEqual(['one'])
  expect(readdirSync(labsFolder())).toEqual([])
  expect(claimName('one')).toBeDefined()
})

test('a name whose lab has died can be claimed at once', () => {
  const dead = claimed('one')
  writeFileSync(dead.state, JSON.stringify(deadProcess()))
  const files = claimed('one')
  expect(files.state).not.toBe(dead.state)
  expect(existsSync(dead.state)).toBe(false)
  expect(filesOf('one')).toEqual(files)
})

test('a claim that was broken off is cleared away, and one under way is not', () => {
  claimed('one')
  const { pid } = deadProcess()
  const [broken, ours] = [`.${pid}.1-x.00`, `.${process.pid}.${ownName().started}.00`]
  for (const name of [broken, ours]) mkdirSync(join(labsFolder(), name))
  sweep()
  expect(readdirSync(labsFolder()).toSorted()).toEqual([ours, 'one'])
})

test('a living lab is not cleared away', () => {
  const files = claimed('one')
  expect(clearName('one')).toBe(false)
  expect(readFileSync(files.state, 'utf8')).toContain(String(process.pid))
})

test('a folder that is open to others is not used', () => {
  claimed('one')
  chmodSync(labsFolder(), 0o777)
  expect(() => claimName('two')).toThrow('belongs to somebody else, or is open to others')
  expect(labNames()).toEqual([])
  expect(sweep()).toEqual([])
})

test('a claim says which folder it cannot write, and what the system says against it', () => {
  const base = labsFolder()
  writeFileSync(base, 'a file')
  const inFile = () => {
    process.env['HOPWISE_LABS'] = base
    claimName('one')
  }
  expect(inFile).toThrow(UnusableFolder)
  expect(inFile).toThrow(/hopwise-labs-\d+ cannot be written: ENOTDIR/)
})

test('a claim ends where no folder can be made at all', () => {
  process.env['HOPWISE_LABS'] = '/proc/nowhere/labs'
  expect(() => claimName('one')).toThrow(UnusableFolder)
})

test('a place that is no folder is not taken for a lab that is being started', () => {
  claimed('one')
  writeFileSync(join(labsFolder(), 'two'), '')
  expect(() => claimName('two')).toThrow(UnusableFolder)
  expect(readdirSync(labsFolder()).toSorted()).toEqual(['one', 'two'])
})

test('commands find each other’s labs whatever TMPDIR is', () => {
  delete process.env['HOPWISE_LABS']
  const before = process.env['TMPDIR']
  const places = ['/tmp/a', '/tmp/b'].map((folder) => {
    process.env['TMPDIR'] = folder
    return labsFolder()
  })
  if (before === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = before
  expect(places[0]).toBe(places[1])
})
