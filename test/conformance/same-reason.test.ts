import { describe, expect, test } from 'vitest'

import { type FindingCode, finding } from '#findings'
import type { Blocker } from '#lab'
import type { Component, FindingRecord } from '#model'
import { isSameReason } from '../../src/conformance/same-reason.ts'

const group: Component = { kind: 'securityGroup', id: 'sg-1' }
const vpc: Component = { kind: 'vpc', id: 'vpc-1' }

const table: Component = { kind: 'routeTable', id: 'rtb-1' }
const twin: Component = { kind: 'routeTable', id: 'rtb-2' }
const nat: Component = { kind: 'natGateway', id: 'ngw-1' }
const internet: Component = { kind: 'internet', id: 'internet' }
const privately = said('igw.private-destination', nat)
const lost = drop('route.none')
const circle = drop('route.loop')

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
    [
      'the defaults of two groups',
      rule('default', { ...group, id: 'sg-2' }),
      drop('sg.ingress.deny', 'default'),
      true,
    ],
    ['the other leg', said('route.none'), { ...drop('route.none'), leg: 'return' }, false],
    ['a missing route by its cause', said('igw.absent'), drop('route.none'), true],
    ['the cause of a reply', returned(said('igw.absent')), back(lost), true],
    ['a private address behind a router', privately, at(lost, table), true],
    ['a private address behind a NAT gateway', privately, at(lost, nat), true],
    ['another NAT gateway', privately, at(lost, { ...nat, id: 'ngw-2' }), false],
    ['a private address in a VPC', privately, at(lost, vpc), false],
    ['nobody’s address outside', said('address.not-assigned'), at(lost, internet), true],
    ['nobody’s address in a table', said('address.not-assigned'), at(lost, table), false],
    ['one table and its twin', said('route.none', table), at(lost, twin), false],
    ['a link and the table that leads to it', said('peer.not-transitive'), at(lost, table), true],
    ['a circle, which has no place', said('route.loop', table), at(circle, twin), true],
    ['an ACL’s default and its twin’s', aclDefault('acl-1'), aclDrop('acl-2'), false],
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

function returned(finding: FindingRecord): FindingRecord {
  return { ...finding, leg: 'return' }
}

function back(blocker: Blocker): Blocker {
  return { ...blocker, leg: 'return' }
}

function at(blocker: Blocker, component: Component): Blocker {
  return { ...blocker, component }
}

function aclDefault(id: string): FindingRecord {
  return { ...said('acl.ingress.deny', { kind: 'networkAcl', id }), rule: 'default' }
}

function aclDrop(id: string): Blocker {
  return at(drop('acl.ingress.deny', 'default'), { kind: 'networkAcl', id })
}
