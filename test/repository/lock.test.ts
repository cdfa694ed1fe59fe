import { expect, test } from 'vitest'
import { describePlatform, findAbsent } from '../../scripts/complete-lock.mjs'
import { parseLock } from './parse-lock.ts'
import { readRepository } from './source-file.ts'

test('the lock file knows the packages of every platform (else: npm run lock)', () => {
  expect(findAbsent(parseLock(readRepository()))).toEqual([])
})

const linter = {
  dev: true,
  optionalDependencies: { 'lint-linux-x64': '1.0.0', 'lint-darwin-arm64': '1.0.0' },
}

test('a package that nothing provides is found, one in any folder above is not', () => {
  const locked = {
    '': { dependencies: { lint: '1.0.0' } },
    'node_modules/lint': linter,
    'node_modules/lint/node_modules/lint-linux-x64': { dependencies: { deep: '2.0.0' } },
    'node_modules/deep': {},
  }
  expect(findAbsent(locked)).toEqual([{ name: 'lint-darwin-arm64', version: '1.0.0', dev: true }])
})

test.each([
  ['lint-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
  ['@lint/binding-linux-x64-gnu', { os: ['linux'], cpu: ['x64'], libc: ['glibc'] }],
  ['@lint/binding-linux-arm-musleabihf', { os: ['linux'], cpu: ['arm'], libc: ['musl'] }],
  ['@lint/win32-ia32-msvc', { os: ['win32'], cpu: ['ia32'] }],
])('the platform of %s is told by its name', (name, platform) => {
  const entry = describePlatform({ name, version: '1.0.0', dev: true })
  expect(entry).toEqual({ version: '1.0.0', dev: true, optional: true, ...platform })
})

test('a missing package for every platform, or without one exact version, is an error', () => {
  expect(() => describePlatform({ name: 'zod', version: '4.6.7', dev: false })).toThrow('zod@4.6.7')
  const loose = { name: 'lint-darwin-x64', version: '^1.0.0', dev: false }
  expect(() => describePlatform(loose)).toThrow('lint-darwin-x64@^1.0.0')
})
