import fc from 'fast-check'
import { expect, test } from 'vitest'

import { readAws, recognise } from '#dialects'

import { awsCapture } from './aws-capture.ts'
import { complaints, junk, mutate } from './hostile-values.ts'

const call = /^aws (?:ec2|elbv2|elb|directconnect) (?:describe|search|get)-[a-z]/
const values = fc.oneof(
  junk,
  fc.constantFrom<unknown>('local', 'vpc-web', 'sg-web', '10.0.1.10', 'arn:aws:x', 'nat-1', 65_536),
)

test('whatever a value of an AWS capture is replaced by, reading ends with notes that point at values', () => {
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(), values), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(edits, (chosen) => {
      const documents = structuredClone([...awsCapture])
      for (const [which, where, value] of chosen) {
        mutate(documents[which % documents.length], where, value)
      }
      expect(complaints(documents, readAws(documents), call)).toEqual([])
    }),
    { numRuns: 250 },
  )
})

test('any JSON at all is read as AWS answers without an exception', () => {
  const keys = fc.constantFrom(
    'Vpcs',
    'Reservations',
    'Instances',
    'Routes',
    'VpcId',
    'InstanceId',
    'security_groups',
    'GroupId',
    'IpPermissions',
    'Entries',
    'Attributes',
    'TransitGatewayStaticRoutes',
    'provider',
    '__proto__',
  )
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'json' },
      junk,
      fc.dictionary(keys, tie('any'), { maxKeys: 4, depthIdentifier: 'json' }),
      fc.array(tie('any'), { maxLength: 3, depthIdentifier: 'json' }),
    ),
  })).any
  fc.assert(
    fc.property(value, (json) => {
      const documents = [{ file: 'a.json', json }]
      recognise(json)
      expect(complaints(documents, readAws(documents), call)).toEqual([])
    }),
    { numRuns: 400 },
  )
})

test('an AWS answer that holds itself ends', () => {
  const cyclic: Record<string, unknown> = {}
  for (const key of ['Vpcs', 'a', 'b', 'c', 'd', 'e', 'Reservations']) cyclic[key] = cyclic
  cyclic['Instances'] = [cyclic, cyclic]
  cyclic['TransitGatewayStaticRoutes'] = [cyclic]
  const documents = [
    { file: 'a.json', json: cyclic },
    { file: 'b.json', json: { Vpcs: [{ VpcId: 'vpc-1', Tags: cyclic, CidrBlock: cyclic }] } },
    { file: 'c.json', json: { Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/8' }] } },
  ]
  expect(readAws(documents).network.kind).toBe('hopwise.network/v1')
})

test('keys of the language are data of AWS answers like others', () => {
  const json: unknown = JSON.parse(
    '{"__proto__":{"Vpcs":[]},"constructor":{"name":1},"Vpcs":[{"VpcId":"vpc-1","CidrBlock":"10.0.0.0/8","__proto__":{"OwnerId":"x"},"OwnerId":"constructor"}]}',
  )
  expect(readAws([{ file: 'a.json', json }]).network.vpc).toEqual([
    {
      provider: 'aws',
      account: 'constructor',
      region: 'unknown',
      id: 'vpc-1',
      cidrs: ['10.0.0.0/8'],
    },
  ])
})
