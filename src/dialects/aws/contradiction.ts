import type { GapKind } from '#model'

import { canonicalText } from '../canonical-text.ts'
import { note } from '../note.ts'
import { elementsOf, isAbsent } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { ask } from './ask.ts'
import { field } from './field.ts'
import { missContent, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import type { ApiRecord } from './record.ts'
import type { RecordKind } from './record-kind.ts'

interface Facts {
  readonly gap: GapKind
  readonly ask: (id: string) => string
  readonly fields: readonly (readonly [string, ...string[]])[]
}

/** The fields a verdict can depend on. Two answers that differ in one were taken at two times. */
const facts: Partial<Record<RecordKind, Facts>> = {
  vpc: { gap: 'vpc', ask: ask.vpc, fields: [['CidrBlock'], ['CidrBlockAssociationSet']] },
  subnet: { gap: 'subnet', ask: ask.subnet, fields: [['VpcId'], ['CidrBlock']] },
  instance: {
    gap: 'instance',
    ask: ask.instance,
    fields: [['State', 'Name'], ['VpcId']],
  },
  networkInterface: {
    gap: 'networkInterface',
    ask: ask.networkInterface,
    fields: [
      ['Status'],
      ['SubnetId'],
      ['PrivateIpAddress'],
      ['Attachment', 'InstanceId'],
      ['Groups'],
      ['SourceDestCheck'],
    ],
  },
  securityGroup: {
    gap: 'securityGroup',
    ask: ask.securityGroup,
    fields: [['VpcId'], ['IpPermissions'], ['IpPermissionsEgress']],
  },
  networkAcl: { gap: 'networkAcl', ask: ask.networkAcl, fields: [['Entries'], ['Associations']] },
  routeTable: { gap: 'routeTable', ask: ask.routeTable, fields: [['Routes'], ['Associations']] },
  internetGateway: {
    gap: 'internetGateway',
    ask: ask.internetGateway,
    fields: [['Attachments']],
  },
  natGateway: {
    gap: 'natGateway',
    ask: ask.natGateway,
    fields: [['State'], ['NatGatewayAddresses']],
  },
  publicAddress: {
    gap: 'publicAddress',
    ask: ask.publicAddress,
    fields: [['PublicIp'], ['NetworkInterfaceId'], ['PrivateIpAddress']],
  },
  peering: { gap: 'peering', ask: ask.peering, fields: [['Status', 'Code']] },
  loadBalancer: {
    gap: 'loadBalancer',
    ask: ask.loadBalancer,
    fields: [['State', 'Code'], ['AvailabilityZones'], ['SecurityGroups']],
  },
}

/** Says where answers contradict each other; the resource then counts as not read. */
export function reportContradictions(reading: Reading): void {
  for (const kind of reading.records.keys()) {
    const known = facts[kind]
    if (!known) continue
    for (const record of recordsOf(reading, kind)) {
      const differing = known.fields.filter((path) => differs(record, path))
      if (differing.length === 0) continue
      const names = differing.map((path) => path.join('.')).join(', ')
      const message = `${record.id}: answers differ in ${names}; one of them is used.`
      for (const spot of record.spots) {
        note(reading, 'warning', spot, 'resource.contradiction', message)
      }
      missContent(reading, known.gap, record, known.ask(record.id))
    }
  }
}

function differs({ spots }: ApiRecord, path: readonly string[]): boolean {
  if (spots.length < 2) return false
  const texts = spots.flatMap((spot) => {
    const value = path.reduce(field, spot)
    return isAbsent(value) ? [] : textOfSet(value)
  })
  return new Set(texts).size > 1
}

/** The calls promise no order for what they list. */
function textOfSet(spot: Spot): string {
  if (!Array.isArray(spot.value)) return canonicalText(spot.value)
  return elementsOf(spot)
    .map(({ value }) => canonicalText(value))
    .toSorted()
    .join(',')
}
