import { describe, expect, test } from 'vitest'

import { type FindingCode, finding } from '#findings'
import type { Blocker } from '#lab'
import type { Component, FindingRecord } from '#model'
import { isSameReason } from '../../src/conformance/same-reason.ts'

const group: Component = { kind: 'securityGroup', id: 'sg-1' }
const vpc: Component = { kind: 'vpc', id: 'vpc-1' }

describe('what paper and wire say of one dropped packet', () => {
  test.each<[string, FindingRecord, Blocker, boolean]>([
    ['a rule by its id', rule('sgr-1'), drop('sg.ingress.deny', 'sgr-1'), true],
    ['another rule of the group', rule('sgr-2'), drop('sg.ingress.deny', 'sgr-1'), false],
    [
      'a rule of the same id elsewhere',
      rule('sgr-1', vpc),
      drop('sg.ingress.deny', 'sgr-1'),
      false,
    ],
    ['the defaults of two groups', rule('default', vpc), drop('sg.ingress.deny', 'default'), true],
    ['the other leg', said('route.none'), { ...drop('route.none'), leg: 'return' }, false],
    ['a missing route by its cause', said('igw.absent'), drop('route.none'), true],
    ['a cause by what it leads to', said('route.none'), drop('igw.absent'), false],
    ['a route out of service', said('route.inactive'), drop('route.none'), true],
    ['two things that have nothing in common', said('route.loop'), drop('route.none'), false],
  ])('%s', (_, paper, wire, same) => {
    expect(isSameReason(paper, wire)).toBe(same)
  })
})

/** Facts play no part in the comparison. */
function said(code: FindingCode, component = vpc): FindingRecord {
  return { ...finding('igw.absent', { component, leg: 'forward', facts: { vpc: 'vpc-1' } }), code }
}

function rule(id: string, component = group): FindingRecord {
  return { ...said('sg.ingress.deny', component), rule: id }
}

function drop(code: FindingCode, id?: string): Blocker {
  return {
    leg: 'forward',
    code,
    component: group,
    by: 'rule',
    ...(id === undefined ? {} : { rule: id }),
  }
}
