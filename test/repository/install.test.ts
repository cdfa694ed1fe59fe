import { expect, test } from 'vitest'
import { tellsTheSame } from '../../scripts/install.mjs'

const zod = { version: '4.6.7', integrity: 'sha512-a' }
const forMac = { version: '1.0.0', integrity: 'sha512-b', optional: true }
const lock = { packages: { '': {}, 'node_modules/zod': zod, 'node_modules/for-mac': forMac } }

test('an installation without the packages of other platforms fits its lock file', () => {
  expect(tellsTheSame(lock, { packages: { 'node_modules/zod': zod } })).toBe(true)
  expect(tellsTheSame({ packages: { '': {}, 'node_modules/zod': zod } }, { packages: {} })).toBe(
    false,
  )
})

test.each([
  ['nothing', null],
  ['an older version', { packages: { 'node_modules/zod': { ...zod, version: '4.6.6' } } }],
  ['another archive', { packages: { 'node_modules/zod': { ...zod, integrity: 'sha512-x' } } }],
  ['something extra', { packages: { 'node_modules/zod': zod, 'node_modules/more': zod } }],
])('an installation with %s is not what the lock file asks for', (_, installed) => {
  expect(tellsTheSame(lock, installed)).toBe(false)
})
