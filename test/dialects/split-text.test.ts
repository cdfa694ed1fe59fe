import { expect, test } from 'vitest'

import { documentsFromText, recognise } from '#dialects'

test('one value is one document of that name', () => {
  const read = documentsFromText('a.json', '\uFEFF { "Vpcs": { "Vpc": [] } }\n')
  expect(read).toEqual({ documents: [{ file: 'a.json', json: { Vpcs: { Vpc: [] } } }], notes: [] })
})

test.each([
  ['one a line', '{"a":1}\n{"a":2}\r\n{"a":3}\n'],
  ['right after each other', '{"a":1}{"a":2}{"a":3}'],
  ['over many lines', '{\n "a": 1\n}\n{\n "a": 2\n}\n\n{"a":\n3}'],
])('values %s become documents numbered by their place', (_, text) => {
  const { documents, notes } = documentsFromText('pages.json', text)
  expect(notes).toEqual([])
  expect(documents).toEqual([1, 2, 3].map((a) => ({ file: `pages.json#${a}`, json: { a } })))
})

test('brackets and quotes inside of texts end nothing', () => {
  const value = { text: '}]{[ "quoted" \\', list: [{ deep: ['}'] }] }
  const text = `${JSON.stringify(value)}\n${JSON.stringify(value, null, 2)}`
  const { documents, notes } = documentsFromText('a.json', text)
  expect(notes).toEqual([])
  expect(documents.map(({ json }) => json)).toEqual([value, value])
})

test('account ids keep all of their digits', () => {
  const text =
    '{"OwnerId":253460731706911258,"list":[1234567890123456,-1234567890123456,1234567890123456.5],"s":"1234567890123456789"}'
  const [document] = documentsFromText('a.json', text).documents
  expect(document?.json).toEqual({
    OwnerId: '253460731706911258',
    list: ['1234567890123456', -1234567890123456, 1234567890123456.5],
    s: '1234567890123456789',
  })
})

test.each([
  ['nothing', '', 0],
  ['prose', 'aliyun: command not found', 0],
  ['a half value', '{"a":1}\n{"a":', 1],
  ['rubbish between values', '{"a":1}\nERROR: x\n{"a":2}', 1],
  ['almost JSON', "{'a':1}", 0],
  ['a trailing comma', '{"a":1,}', 0],
  ['a bare number', '12', 0],
])('%s is a note, not an exception', (_, text, documents) => {
  const read = documentsFromText('a.json', text)
  expect(read.documents).toHaveLength(documents)
  expect(read.notes).toHaveLength(1)
  expect(read.notes[0]).toMatchObject({ severity: 'error', pointer: '', code: 'text.not-json' })
})

test('what AWS prints under the same keys is not taken for ours', () => {
  const foreign: readonly unknown[] = [
    { Vpcs: [{ VpcId: 'vpc-0a1', CidrBlock: '10.0.0.0/16', State: 'available', OwnerId: '1' }] },
    { Vpcs: [] },
    { SecurityGroups: [{ GroupId: 'sg-0a1', IpPermissions: [], VpcId: 'vpc-0a1' }] },
    { NetworkAcls: [{ NetworkAclId: 'acl-0a1', Associations: [], Entries: [] }] },
    { NatGateways: [{ NatGatewayId: 'nat-0a1', State: 'available', VpcId: 'vpc-0a1' }] },
    { PrefixLists: [{ PrefixListId: 'pl-0a1', Cidrs: [] }] },
    { RouteTables: [{ RouteTableId: 'rtb-0a1', Routes: [], Associations: [] }] },
    { Entries: [{ Cidr: '10.0.0.0/8' }] },
    { NetworkInterfaces: [{ NetworkInterfaceId: 'eni-0a1', VpcId: 'vpc-0a1' }] },
    { Reservations: [{ Instances: [{ InstanceId: 'i-0a1', State: {} }] }] },
    { kind: 'something' },
    [],
    null,
    'Vpcs',
  ]
  expect(foreign.filter((json) => recognise(json) === 'alibaba')).toEqual([])
})

test('pages in a list, calls in an object and refusals are recognised', () => {
  const page = { RequestId: 'r', Vpcs: { Vpc: [] } }
  for (const json of [
    page,
    [page, page],
    { DescribeVpcs: [page] },
    { 'cn-beijing': { DescribeVpcs: page } },
  ]) {
    expect(recognise(json)).toBe('alibaba')
  }
  expect(recognise({ DescribeVpcs: { Vpcs: [] } })).toBe('alibaba')
  expect(recognise({ Code: 'Forbidden.RAM', Message: 'no', RequestId: 'r' })).toBe('alibaba')
})
