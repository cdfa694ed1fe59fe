import { expect, test } from 'vitest'

import { finding } from '#findings'
import type { FindingCode } from '#findings'

import { sentences } from '../../src/findings/template.ts'

/** `npm run types` is the judge here: a line marked as an error that compiles is an error itself. */
const component = { kind: 'routeTable', id: 'vtb-1' } as const
const destination = '10.0.0.1'

test('a finding without a fact, with a foreign fact or without a component does not compile', () => {
  const refused = () => [
    // @ts-expect-error -- `source` is missing
    finding('route.none', { component, facts: { destination } }),
    // @ts-expect-error -- a fact is text
    finding('route.blackhole', { component, facts: { destination: 7 } }),
    // @ts-expect-error -- `colour` is not a fact of this code
    finding('route.blackhole', { component, facts: { destination, colour: 'red' } }),
    // @ts-expect-error -- this code has no facts
    finding('instance.no-interface', { component, facts: { destination } }),
    // @ts-expect-error -- no component
    finding('route.blackhole', { facts: { destination } }),
    // @ts-expect-error -- no such code
    finding('route.purple', { component, facts: {} }),
  ]
  expect(refused).toBeTypeOf('function')
})

test('one of several codes with the same facts may be chosen at run time', () => {
  const facts = { service: 'TCP 22', source: '10.0.0.2', destination, subnet: 'vsw-1' }
  const make = (code: FindingCode & `acl.${'egress' | 'ingress'}.deny`) =>
    finding(code, { component, facts }).code
  expect(make('acl.ingress.deny')).toBe('acl.ingress.deny')
})

test('a sentence with a placeholder that its code cannot fill does not compile', () => {
  const refused = () => [
    // @ts-expect-error -- `destination` is no fact of this code
    sentences({ 'query.same-endpoint': { say: 'to {destination}', advice: '' } }),
    // @ts-expect-error -- there is no such form
    sentences({ 'route.blackhole': { say: 'to {destination|inverse}', advice: '' } }),
    // @ts-expect-error -- the second placeholder counts too
    sentences({ 'route.blackhole': { say: '{component}', advice: '{destination} {source}' } }),
    // @ts-expect-error -- there is no such code
    sentences({ 'route.purple': { say: 'to {component}', advice: '' } }),
    // @ts-expect-error -- no advice
    sentences({ 'route.blackhole': { say: 'to {destination}' } }),
  ]
  expect(refused).toBeTypeOf('function')
})
