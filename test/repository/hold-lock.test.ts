import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holdLock } from '../../scripts/hold-lock.mjs'

let folder = ''
let lock = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopwise-lock-'))
  lock = join(folder, 'inner/prepare.lock')
})

afterEach(() => rmSync(folder, { recursive: true }))

test('the lock is held while the work runs and given back, also when the work throws', () => {
  expect(holdLock(lock, () => readFileSync(lock, 'utf8'))).toBe(String(process.pid))
  expect(existsSync(lock)).toBe(false)
  const fail = () => {
    throw new Error('the work failed')
  }
  expect(() => holdLock(lock, fail)).toThrow('the work failed')
  expect(existsSync(lock)).toBe(false)
})

test('a lock left by a process that is gone is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  holdLock(lock, () => writeFileSync(lock, String(pid)))
  writeFileSync(lock, String(pid))
  expect(holdLock(lock, () => 'done', 0)).toBe('done')
})

test('a lock held by a living process is waited for, then given up with the file named', () => {
  expect(() => holdLock(lock, () => holdLock(lock, () => 'twice', 400))).toThrow(lock)
})
