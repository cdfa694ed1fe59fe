import { expect, test } from 'vitest'

import type { SecurityGroupRule } from '#model'

import { gapLines, noteLines, readChanged, readOnly, readWith } from './aws-capture.ts'
import type { Json } from './amend-capture.ts'

/** The rules a group has from one inbound permission. */
function rulesOf(permission: Json): readonly Omit<SecurityGroupRule, 'id'>[] {
  const { network } = readOnly({
    SecurityGroups: [
      {
        GroupId: 'sg-1',
        VpcId: 'vpc-1',
        OwnerId: '1',
        IpPermissions: [permission],
        IpPermissionsEgress: [],
      },
    ],
  })
  return (network.securityGroup?.[0]?.rules ?? []).map(({ id: _, ...rule }) => rule)
}

const any4 = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
const accepts = { direction: 'ingress', action: 'accept', priority: 1 } as const
const everyone = { kind: 'cidr', cidr: '0.0.0.0/0' } as const

test('each range, prefix list and group of a permission is a rule', () => {
  const rules = rulesOf({
    IpProtocol: 'tcp',
    FromPort: 80,
    ToPort: 90,
    IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'inside' }, { CidrIp: '192.0.2.7/32' }],
    Ipv6Ranges: [{ CidrIpv6: '::/0' }],
    PrefixListIds: [{ PrefixListId: 'pl-1' }],
    UserIdGroupPairs: [
      { GroupId: 'sg-2', UserId: '1' },
      { GroupId: 'sg-3', UserId: '2' },
    ],
  })
  const base = { ...accepts, protocol: 6, ports: [{ from: 80, to: 90 }] }
  expect(rules).toHaveLength(6)
  expect(rules).toEqual(
    expect.arrayContaining([
      { ...base, peer: { kind: 'cidr', cidr: '10.0.0.0/8' }, description: 'inside' },
      { ...base, peer: { kind: 'cidr', cidr: '192.0.2.7/32' } },
      { ...base, peer: { kind: 'cidr', cidr: '::/0' } },
      { ...base, peer: { kind: 'prefixList', prefixListId: 'pl-1' } },
      { ...base, peer: { kind: 'group', groupId: 'sg-2' } },
      { ...base, peer: { kind: 'group', groupId: 'sg-3', account: '2' } },
    ]),
  )
})

test.each<[string, Json, Partial<SecurityGroupRule>]>([
  ['every protocol', { IpProtocol: '-1' }, { protocol: 'all', ports: [] }],
  [
    'every protocol, with ports that mean nothing',
    { IpProtocol: '-1', FromPort: 22, ToPort: 22 },
    { protocol: 'all', ports: [] },
  ],
  ['every port', { IpProtocol: 'udp', FromPort: 0, ToPort: 65_535 }, { protocol: 17, ports: [] }],
  [
    'one port',
    { IpProtocol: 'udp', FromPort: 53, ToPort: 53 },
    { protocol: 17, ports: [{ from: 53, to: 53 }] },
  ],
  [
    'a number for a name',
    { IpProtocol: '6', FromPort: 1, ToPort: 2 },
    { protocol: 6, ports: [{ from: 1, to: 2 }] },
  ],
  [
    'ports of a protocol without ports',
    { IpProtocol: '50', FromPort: 1, ToPort: 2 },
    { protocol: 50, ports: [] },
  ],
  [
    'every ICMP message',
    { IpProtocol: 'icmp', FromPort: -1, ToPort: -1 },
    { protocol: 1, ports: [] },
  ],
  [
    'an ICMP type',
    { IpProtocol: 'icmp', FromPort: 3, ToPort: -1 },
    { protocol: 1, icmp: { type: 3 } },
  ],
  [
    'an ICMP type and code',
    { IpProtocol: 'icmp', FromPort: 8, ToPort: 0 },
    { protocol: 1, icmp: { type: 8, code: 0 } },
  ],
  [
    'ICMPv6',
    { IpProtocol: 'icmpv6', FromPort: 128, ToPort: -1 },
    { protocol: 58, icmp: { type: 128 } },
  ],
])('a permission for %s is read as such', (_, permission, expected) => {
  const rules = rulesOf({ ...permission, ...any4 })
  expect(rules).toEqual([{ ...accepts, ports: [], peer: everyone, ...expected }])
})

test('a permission without peers makes no rule, and nothing is missing', () => {
  expect(rulesOf({ IpProtocol: '-1', IpRanges: [], UserIdGroupPairs: null })).toEqual([])
})

test('a group has no rule among its members, and rules have the ids the rule call prints', () => {
  const { network } = readChanged('describe-vpcs', () => {})
  const web = network.securityGroup?.find(({ id }) => id === 'sg-web')
  expect(web).toMatchObject({ type: 'basic', intraGroup: 'drop', name: 'web', vpcId: 'vpc-web' })
  const ids = web?.rules.map(({ id }) => id) ?? []
  expect(ids.filter((id) => id.startsWith('sgr-')).toSorted()).toEqual(['sgr-1', 'sgr-2'])
  expect(ids.filter((id) => !id.startsWith('sgr-'))).toEqual(
    expect.arrayContaining([expect.stringMatching(/^sg-web\/ingress\/\d$/)]),
  )
  expect(new Set(ids).size).toBe(ids.length)
})

test('a rule for a group whose peering is gone is left out with a remark', () => {
  const stale = readChanged('describe-security-groups', (json) => {
    const text = JSON.stringify(json).replace(
      '"PeeringStatus":"active"',
      '"PeeringStatus":"deleted"',
    )
    Object.assign(json, JSON.parse(text))
  })
  expect(noteLines(stale)).toEqual(['info security-group.stale-rule'])
  expect(stale.network.securityGroup?.find(({ id }) => id === 'sg-db')?.rules).toEqual([])
})

test.each<[string, Json]>([
  ['an unknown protocol', { IpProtocol: 'carrier-pigeon', ...any4 }],
  ['ports the wrong way round', { IpProtocol: 'tcp', FromPort: 9, ToPort: 8, ...any4 }],
  ['half a range of ports', { IpProtocol: 'tcp', FromPort: 9, ...any4 }],
  ['a range that is none', { IpProtocol: 'tcp', IpRanges: [{ CidrIp: 'everywhere' }] }],
  ['a range of the other family', { IpProtocol: 'tcp', Ipv6Ranges: [{ CidrIpv6: '10.0.0.0/8' }] }],
  ['a group without an id', { IpProtocol: '-1', UserIdGroupPairs: [{ GroupName: 'x' }] }],
])('a group with %s counts as not read', (_, permission) => {
  const result = readWith('describe-security-groups', 'SecurityGroups', 'sg-db', {
    IpPermissions: [permission],
  })
  expect(noteLines(result)).toEqual(['error security-group.unreadable'])
  expect(gapLines(result)).toEqual([
    'securityGroup sg-db: ec2 describe-security-groups --group-ids sg-db',
  ])
})

test('a group that is printed without its rules counts as not read', () => {
  const result = readChanged('describe-security-groups', (json) => {
    const text = JSON.stringify(json).replaceAll('"IpPermissionsEgress"', '"Somewhere"')
    Object.assign(json, JSON.parse(text))
  })
  expect(gapLines(result)).toEqual([
    'securityGroup sg-db: ec2 describe-security-groups --group-ids sg-db',
    'securityGroup sg-web: ec2 describe-security-groups --group-ids sg-web',
  ])
})
