import { expect, test } from 'vitest'

import { readAws } from '#dialects'

import {
  awsCapture,
  elementsIn,
  gapLines,
  noteLines,
  readChanged,
  readWith,
} from './aws-capture.ts'
import type { Json } from './amend-capture.ts'

const everyPort = { from: 0, to: 65_535 }

test('entries stand in the order of their numbers, and the implied denials are left out', () => {
  const acl = readAws(awsCapture).network.networkAcl?.find(({ id }) => id === 'acl-web')
  expect(acl?.ingress).toEqual([
    {
      id: 'acl-web/ingress/100',
      action: 'drop',
      protocol: 6,
      ports: { from: 22, to: 23 },
      peer: '192.0.2.0/24',
    },
    {
      id: 'acl-web/ingress/110',
      action: 'accept',
      protocol: 1,
      ports: everyPort,
      icmp: { type: 3, code: 4 },
      peer: '0.0.0.0/0',
    },
    {
      id: 'acl-web/ingress/200',
      action: 'accept',
      protocol: 'all',
      ports: everyPort,
      peer: '0.0.0.0/0',
    },
  ])
  expect(acl?.egress.map(({ id, peer }) => [id, peer])).toEqual([
    ['acl-web/egress/100', '0.0.0.0/0'],
    ['acl-web/egress/120', '::/0'],
  ])
})

/** The inbound entry that one printed entry becomes. */
function entryOf(entry: Json) {
  const all = {
    RuleNumber: 5,
    Egress: false,
    RuleAction: 'allow',
    CidrBlock: '10.0.0.0/8',
    ...entry,
  }
  const { network } = readWith('describe-network-acls', 'NetworkAcls', 'acl-data', {
    Entries: [all],
  })
  return network.networkAcl?.find(({ id }) => id === 'acl-data')?.ingress[0]
}

test('nulls are absent: every port, every message', () => {
  const nothing = { PortRange: null, IcmpTypeCode: null, Ipv6CidrBlock: null }
  expect(entryOf({ Protocol: '6', ...nothing })).toMatchObject({ protocol: 6, ports: everyPort })
  const icmp = entryOf({ Protocol: '1', ...nothing })
  expect(icmp).toMatchObject({ protocol: 1, ports: everyPort })
  expect(icmp).not.toHaveProperty('icmp')
  const wide = entryOf({ Protocol: '58', IcmpTypeCode: { Type: -1, Code: -1 } })
  expect(wide).not.toHaveProperty('icmp')
})

test('ports of a protocol without ports are ignored', () => {
  expect(entryOf({ Protocol: '-1', PortRange: { From: 1, To: 2 } })).toMatchObject({
    protocol: 'all',
    ports: everyPort,
  })
  expect(entryOf({ Protocol: '47', PortRange: { From: 1, To: 2 } })).toMatchObject({
    protocol: 47,
    ports: everyPort,
  })
})

test.each<[string, Json]>([
  ['an unknown action', { Protocol: '-1', RuleAction: 'perhaps' }],
  ['no number', { Protocol: '-1', RuleNumber: null }],
  ['no direction', { Protocol: '-1', Egress: null }],
  ['half a range of ports', { Protocol: '6', PortRange: { From: 1 } }],
  ['no range', { Protocol: '6', CidrBlock: null }],
])('an ACL that has an entry with %s counts as not read', (_, entry) => {
  const all = {
    RuleNumber: 5,
    Egress: false,
    RuleAction: 'allow',
    CidrBlock: '10.0.0.0/8',
    ...entry,
  }
  const result = readWith('describe-network-acls', 'NetworkAcls', 'acl-data', { Entries: [all] })
  expect(noteLines(result)).toEqual(['error network-acl.unreadable'])
  expect(gapLines(result)).toEqual([
    'networkAcl acl-data: ec2 describe-network-acls --network-acl-ids acl-data',
  ])
})

test('a subnet has the ACL that names it, or else the default one of its VPC', () => {
  const result = readWith('describe-network-acls', 'NetworkAcls', 'acl-data', { Associations: [] })
  expect(gapLines(result)).toEqual([])
  expect(result.network.subnet?.map(({ id, networkAclId }) => [id, networkAclId])).toEqual([
    ['subnet-a', 'acl-web'],
    ['subnet-b', 'acl-web'],
    ['subnet-d', 'acl-data'],
  ])
})

test('a subnet whose ACL nobody lists is missed', () => {
  const result = readChanged('describe-network-acls', (json) => {
    json['NetworkAcls'] = elementsIn(json, 'NetworkAcls').slice(0, 1)
  })
  expect(gapLines(result)).toEqual([
    'networkAclAssociation subnet-d: ec2 describe-network-acls --filters Name=association.subnet-id,Values=subnet-d',
  ])
})
