import { expect, test } from 'vitest'

import { readAlibaba } from '#dialects'
import type { ReadResult } from '#dialects'

import { gapLines, noteLines } from './amend-capture.ts'

/** A group of one VPC with these permissions, as DescribeSecurityGroupAttribute prints them. */
function readGroup(permissions: readonly object[], group: object = {}): ReadResult {
  const json = {
    RequestId: '5B2A9C71-0E4D-4F63-8A17-6C3D9E2F1B08',
    RegionId: 'cn-beijing',
    SecurityGroupId: 'sg-2ze1',
    VpcId: 'vpc-2ze1',
    InnerAccessPolicy: 'Accept',
    Permissions: { Permission: permissions },
    ...group,
  }
  return readAlibaba([{ file: 'DescribeSecurityGroupAttribute.json', json }])
}

const open = {
  Direction: 'ingress',
  Policy: 'Accept',
  IpProtocol: 'TCP',
  PortRange: '22/22',
  SourceCidrIp: '0.0.0.0/0',
  Priority: '1',
  NicType: 'intranet',
}

function rulesOf(result: ReadResult) {
  return result.network.securityGroup?.[0]?.rules
}

test('words may have any case, protocols any number, ports any documented form', () => {
  const read = (over: object) => rulesOf(readGroup([{ ...open, ...over }]))?.[0]
  expect(read({ Policy: 'drop', Direction: 'INGRESS' })).toMatchObject({ action: 'drop' })
  expect(read({ IpProtocol: 'udp' })).toMatchObject({ protocol: 17 })
  expect(read({ IpProtocol: 'ICMPv6', PortRange: '-1/-1' })).toMatchObject({
    protocol: 58,
    ports: [],
  })
  expect(read({ IpProtocol: 'gre', PortRange: '-1/-1' })).toMatchObject({ protocol: 47 })
  expect(read({ IpProtocol: '132', PortRange: '-1/-1' })).toMatchObject({ protocol: 132 })
  expect(read({ IpProtocol: 'All', PortRange: '-1/-1' })).toMatchObject({
    protocol: 'all',
    ports: [],
  })
  expect(read({ PortRange: '-1/-1' })).toMatchObject({ ports: [] })
  expect(read({ PortRange: '1/65535' })).toMatchObject({ ports: [{ from: 1, to: 65_535 }] })
  expect(read({ Priority: 100 })).toMatchObject({ priority: 100 })
  expect(read({ Priority: '' })).toMatchObject({ priority: 1 })
  expect(read({ SourcePortRange: '500/600' })).toMatchObject({
    sourcePorts: [{ from: 500, to: 600 }],
  })
})

test('the peer is a range of either family, a group or a list; the range counts first', () => {
  const read = (over: object) => rulesOf(readGroup([{ ...open, SourceCidrIp: '', ...over }]))
  expect(read({ Ipv6SourceCidrIp: '2001:DB8::/32' })?.[0]?.peer).toEqual({
    kind: 'cidr',
    cidr: '2001:db8::/32',
  })
  expect(read({ SourceGroupId: 'sg-2ze2', SourceGroupOwnerAccount: 'ops' })?.[0]?.peer).toEqual({
    kind: 'group',
    groupId: 'sg-2ze2',
    account: 'ops',
  })
  expect(read({ SourcePrefixListId: 'pl-2ze1' })?.[0]?.peer).toEqual({
    kind: 'prefixList',
    prefixListId: 'pl-2ze1',
  })
  const both = readGroup([{ ...open, SourceGroupId: 'sg-2ze2' }])
  expect(rulesOf(both)?.map(({ peer }) => peer)).toEqual([{ kind: 'cidr', cidr: '0.0.0.0/0' }])
  expect(noteLines(both)).toContain('info security-group.range-before-group')
})

test('the other side of a five-tuple rule narrows it to some of the own addresses', () => {
  const [inward, outward] =
    rulesOf(
      readGroup([
        { ...open, DestCidrIp: '10.0.0.5' },
        { ...open, Direction: 'egress', DestCidrIp: '192.0.2.0/24', SourceCidrIp: '10.0.0.5/32' },
      ]),
    ) ?? []
  expect(inward).toMatchObject({ peer: { cidr: '0.0.0.0/0' }, local: '10.0.0.5/32' })
  expect(outward).toMatchObject({
    direction: 'egress',
    peer: { cidr: '192.0.2.0/24' },
    local: '10.0.0.5/32',
  })
})

test('a permission with ranges of both families is two rules', () => {
  const result = readGroup([{ ...open, Ipv6SourceCidrIp: '::/0', SecurityGroupRuleId: 'sgr-1' }])
  expect(rulesOf(result)?.map(({ id, peer }) => [id, peer])).toEqual([
    ['sgr-1', { kind: 'cidr', cidr: '0.0.0.0/0' }],
    ['sgr-1/v6', { kind: 'cidr', cidr: '::/0' }],
  ])
})

test('rules without ids are numbered in the order they count in, whatever the input order', () => {
  const permissions = [
    { ...open, Priority: '10' },
    { ...open, Policy: 'Drop', Priority: '10' },
    { ...open, Priority: '1', PortRange: '80/80' },
    { ...open, Direction: 'egress', DestCidrIp: '0.0.0.0/0', SourceCidrIp: '' },
  ]
  const rules = rulesOf(readGroup(permissions))
  expect(rules?.map(({ id, priority, action }) => [id, priority, action])).toEqual([
    ['sg-2ze1/ingress/1', 1, 'accept'],
    ['sg-2ze1/ingress/2', 10, 'drop'],
    ['sg-2ze1/ingress/3', 10, 'accept'],
    ['sg-2ze1/egress/1', 1, 'accept'],
  ])
  expect(rulesOf(readGroup(permissions.toReversed()))).toEqual(rules)
})

test.each([
  ['an unknown policy', { Policy: 'Reject' }],
  ['no policy', { Policy: '' }],
  ['an unknown protocol word', { IpProtocol: 'TCPX' }],
  ['an unreadable port range', { PortRange: '80-90' }],
  ['a port range the wrong way round', { PortRange: '90/80' }],
  ['no port range where it matters', { PortRange: '' }],
  ['ports for every protocol', { IpProtocol: 'ALL', PortRange: '22/22' }],
  ['an unreadable range', { SourceCidrIp: '10.0.0.0/40' }],
  ['an unreadable range of its own', { DestCidrIp: 'here' }],
  ['no peer', { SourceCidrIp: '' }],
  ['an unknown direction', { Direction: 'both' }],
  ['a priority out of range', { Priority: '0' }],
  ['unreadable source ports', { SourcePortRange: 'any' }],
])('a rule with %s is lost aloud: the group counts as not read', (_, over) => {
  const result = readGroup([open, { ...open, Priority: '7', ...over }])
  expect(rulesOf(result)).toHaveLength(1)
  expect(noteLines(result)).toContain('error security-group.unreadable')
  expect(gapLines(result)).toContain(
    'securityGroup sg-2ze1: DescribeSecurityGroupAttribute --SecurityGroupId sg-2ze1',
  )
})

test('host bits are cut with a remark', () => {
  const result = readGroup([{ ...open, SourceCidrIp: '10.1.2.3/8' }])
  expect(rulesOf(result)?.[0]?.peer).toEqual({ kind: 'cidr', cidr: '10.0.0.0/8' })
  expect(noteLines(result)).toContain('info cidr.host-bits')
  expect(gapLines(result).filter((line) => line.startsWith('securityGroup sg'))).toEqual([])
})

test('the NIC of a rule counts in classic groups only', () => {
  const nics = (group: object) =>
    rulesOf(readGroup([{ ...open, NicType: 'internet' }], group))?.map(({ nic }) => nic)
  expect(nics({})).toEqual([undefined])
  expect(nics({ VpcId: '' })).toEqual(['internet'])
})

test('Accept proves a basic group; Drop may be either type until the listing tells', () => {
  expect(readGroup([]).network.securityGroup?.[0]).toMatchObject({
    type: 'basic',
    intraGroup: 'accept',
  })
  const drop = readGroup([], { InnerAccessPolicy: 'Drop' })
  expect(drop.network.securityGroup?.[0]).toMatchObject({ type: 'basic', intraGroup: 'drop' })
  expect(gapLines(drop)).toContain(
    'securityGroup sg-2ze1: DescribeSecurityGroups --SecurityGroupId sg-2ze1',
  )
})

test('a port list that was not read makes the group unread; one that was is the ports', () => {
  const permission = { ...open, PortRange: '', PortRangeListId: 'prl-1' }
  const unread = readGroup([permission])
  expect(rulesOf(unread)).toEqual([])
  expect(gapLines(unread)).toContain(
    'securityGroup sg-2ze1: DescribePortRangeListEntries --PortRangeListId prl-1',
  )
  const group = {
    SecurityGroupId: 'sg-2ze1',
    InnerAccessPolicy: 'Accept',
    Permissions: { Permission: [permission] },
  }
  const entries = { RequestId: 'r', Entries: [{ PortRange: '80/80' }, { PortRange: '443/444' }] }
  const read = readAlibaba([
    { file: 'group.json', json: group },
    { file: 'ports.json', json: entries },
  ])
  expect(rulesOf(read)?.[0]?.ports).toEqual([
    { from: 443, to: 444 },
    { from: 80, to: 80 },
  ])
})

test('a group that is only listed, or only named, is missed by its id', () => {
  const listed = readAlibaba([
    {
      file: 'a.json',
      json: {
        RegionId: 'cn-beijing',
        TotalCount: 1,
        SecurityGroups: {
          SecurityGroup: [
            { SecurityGroupId: 'sg-2ze9', VpcId: 'vpc-2ze1', SecurityGroupType: 'enterprise' },
          ],
        },
      },
    },
  ])
  expect(listed.network.securityGroup).toMatchObject([
    { id: 'sg-2ze9', type: 'enterprise', intraGroup: 'drop', rules: [] },
  ])
  expect(gapLines(listed)).toContain(
    'securityGroup sg-2ze9: DescribeSecurityGroupAttribute --SecurityGroupId sg-2ze9',
  )
  const named = readGroup([{ ...open, SourceCidrIp: '', SourceGroupId: 'sg-2ze7' }])
  expect(gapLines(named)).toContain(
    'securityGroup sg-2ze7: DescribeSecurityGroupAttribute --SecurityGroupId sg-2ze7',
  )
})
