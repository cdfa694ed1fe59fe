import { describe, expect, test } from 'vitest'

import { finding, type FindingCode } from '#findings'
import type { Blocker } from '#lab'
import type { Component, FindingRecord } from '#model'
import { compareReasons } from '../../src/conformance/compare-answer.ts'
import { networkOf } from '../lab/balancer-network.ts'

/** Instance i-a has the interface eni-a, i-b has eni-b. */
const network = networkOf()
const eni: Component = { kind: 'networkInterface', id: 'eni-a' }
const instance: Component = { kind: 'instance', id: 'i-a' }
const otherEni: Component = { kind: 'networkInterface', id: 'eni-b' }
const otherInstance: Component = { kind: 'instance', id: 'i-b' }

describe('a dropped packet of which an answer leaves something open', () => {
  test.each<[string, readonly FindingRecord[], Component, boolean | undefined]>([
    ['is not compared where that is the place', [open(eni)], eni, undefined],
    ['is not compared where it is the instance of it', [open(eni)], instance, undefined],
    ['is not compared where it is the interface of it', [open(instance)], eni, undefined],
    ['is another reason at another interface', [open(otherEni)], eni, false],
    ['is another reason at another instance', [open(eni)], otherInstance, false],
    ['is another reason elsewhere', [open({ kind: 'vpc', id: 'vpc-1' })], eni, false],
    ['is another reason on the other leg', [{ ...open(eni), leg: 'return' }], eni, false],
    ['is the reason that a finding names', [open(otherEni), blocks(eni)], eni, true],
    ['is another reason where nothing is open', [], eni, false],
  ])('%s', (_, findings, component, rule) => {
    const { rule: said } = compareReasons(network, { findings, hops: [] }, drop(component))
    expect(said).toBe(rule)
  })
})

test('a dropped packet without a blocker has no reason to compare', () => {
  const nothing = compareReasons(network, { findings: [open(eni)], hops: [] }, undefined)
  expect(nothing).toEqual({ rule: false, firstRule: false })
})

/** Facts play no part in the comparison. */
function said(code: FindingCode, component: Component): FindingRecord {
  return { ...finding('igw.absent', { component, leg: 'forward', facts: { vpc: 'vpc-1' } }), code }
}

function open(component: Component): FindingRecord {
  return { ...said('eni.no-groups', component), effect: 'undecides' }
}

function blocks(component: Component): FindingRecord {
  return said('eni.bad-state', component)
}

function drop(component: Component): Blocker {
  return { leg: 'forward', code: 'eni.bad-state', component, by: 'rule' }
}
