import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

import { documentsFromText, readAws, recognise } from '#dialects'
import type { SourceDocument } from '#dialects'
import { parseNetwork } from '#model'
import type { Network } from '#model'

import { gapLines } from './aws-capture.ts'

// Skipped in a checkout beside which the suites do not lie: they are not copied into the project.
const suites = join(import.meta.dirname, '../../../shared/suites')

function load(path: string): readonly SourceDocument[] {
  const folder = join(suites, path)
  const files = path.endsWith('.json') ? [folder] : filesIn(folder)
  return files.flatMap((file) => {
    const { documents, notes } = documentsFromText(
      relative(suites, file),
      readFileSync(file, 'utf8'),
    )
    expect(notes).toEqual([])
    return documents
  })
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesIn(path) : path.endsWith('.json') ? [path] : []
    })
    .toSorted()
}

/** How many there are of each kind. */
function counts(network: Network): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(network).flatMap(([kind, list]) =>
      Array.isArray(list) && kind !== 'gaps' ? [[kind, list.length]] : [],
    ),
  )
}

const snapshots: readonly (readonly [
  string,
  Readonly<Record<string, number>>,
  readonly string[],
])[] = [
  [
    'aws-batfish/data/test-direct-connect-gateway',
    {
      vpc: 2,
      subnet: 2,
      instance: 1,
      networkInterface: 1,
      securityGroup: 1,
      networkAcl: 2,
      routeTable: 2,
      transitRouter: 1,
      line: 3,
    },
    [],
  ],
  [
    'aws-batfish/data/test-direct-connect-private-vif',
    {
      vpc: 1,
      subnet: 1,
      instance: 1,
      networkInterface: 1,
      securityGroup: 1,
      networkAcl: 1,
      routeTable: 1,
      vpnGateway: 1,
      line: 2,
    },
    [],
  ],
  [
    'aws-batfish/data/test-load-balancer',
    {
      vpc: 1,
      subnet: 3,
      instance: 3,
      networkInterface: 5,
      securityGroup: 3,
      networkAcl: 1,
      routeTable: 2,
      publicAddress: 1,
      internetGateway: 1,
      loadBalancer: 1,
      prefixList: 2,
    },
    ['natGateway *: ec2 describe-nat-gateways'],
  ],
  [
    'aws-batfish/data/test-nat-gateway',
    {
      vpc: 1,
      subnet: 3,
      instance: 3,
      networkInterface: 4,
      securityGroup: 3,
      networkAcl: 2,
      routeTable: 3,
      publicAddress: 2,
      natGateway: 1,
      internetGateway: 1,
    },
    [],
  ],
  [
    'aws-batfish/data/test-public-private-subnet',
    {
      vpc: 1,
      subnet: 2,
      instance: 2,
      networkInterface: 2,
      securityGroup: 3,
      networkAcl: 1,
      routeTable: 2,
      publicAddress: 1,
      internetGateway: 1,
      vpnGateway: 1,
      line: 1,
    },
    ['line *: directconnect describe-virtual-interfaces'],
  ],
  [
    'aws-batfish/data/test-public-subnet',
    {
      vpc: 1,
      subnet: 1,
      instance: 1,
      networkInterface: 1,
      securityGroup: 2,
      networkAcl: 1,
      routeTable: 2,
      publicAddress: 1,
      internetGateway: 1,
    },
    [],
  ],
  [
    'aws-batfish/data/test-subnet',
    {
      vpc: 1,
      subnet: 1,
      instance: 2,
      networkInterface: 2,
      securityGroup: 3,
      networkAcl: 1,
      routeTable: 1,
    },
    [
      'internetGateway *: ec2 describe-internet-gateways',
      'natGateway *: ec2 describe-nat-gateways',
    ],
  ],
  [
    'aws-batfish/data/test-transit-gateway',
    {
      vpc: 2,
      subnet: 3,
      instance: 3,
      networkInterface: 5,
      securityGroup: 5,
      networkAcl: 2,
      routeTable: 2,
      publicAddress: 1,
      internetGateway: 1,
      transitRouter: 1,
    },
    [],
  ],
  [
    'aws-npguard/data/input_aws_acl_1.json',
    {
      vpc: 2,
      subnet: 7,
      instance: 6,
      networkInterface: 6,
      securityGroup: 3,
      networkAcl: 5,
      publicAddress: 6,
      internetGateway: 2,
    },
    [
      'natGateway *: ec2 describe-nat-gateways --region eu-north-1',
      'networkInterface *: ec2 describe-network-interfaces --region eu-north-1',
      'publicAddress *: ec2 describe-addresses --region eu-north-1',
      'routeTable *: ec2 describe-route-tables --region eu-north-1',
    ],
  ],
  [
    'aws-npguard/data/input_aws_mixed.json',
    {
      vpc: 2,
      subnet: 6,
      instance: 6,
      networkInterface: 6,
      securityGroup: 6,
      networkAcl: 3,
      publicAddress: 3,
      internetGateway: 2,
    },
    [
      'natGateway *: ec2 describe-nat-gateways --region eu-north-1',
      'networkInterface *: ec2 describe-network-interfaces --region eu-north-1',
      'publicAddress *: ec2 describe-addresses --region eu-north-1',
      'routeTable *: ec2 describe-route-tables --region eu-north-1',
    ],
  ],
]

test.skipIf(!existsSync(suites)).each(snapshots)(
  'the snapshot %s is read whole',
  (path, expected, gaps) => {
    const documents = load(path)
    expect(documents.some(({ json }) => recognise(json) === 'aws')).toBe(true)
    expect(documents.some(({ json }) => recognise(json) === 'alibaba')).toBe(false)
    const result = readAws(documents)
    expect(result.notes.filter(({ severity }) => severity !== 'info')).toEqual([])
    expect(counts(result.network)).toEqual(expected)
    expect(gapLines(result)).toEqual(gaps)
    expect(parseNetwork(result.network)).toMatchObject({ ok: true })
    expect(JSON.stringify(result)).not.toContain('psk')
  },
)
