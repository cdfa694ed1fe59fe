import type { GapKind } from '#model'

import { ask } from './ask.ts'
import { canonicalText } from '../canonical-text.ts'
import { note } from '../note.ts'
import { missContent, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import type { ApiRecord } from './record.ts'
import type { RecordKind } from './record-kind.ts'
import { child, isAbsent } from '../spot.ts'

interface Facts {
  readonly gap: GapKind
  readonly ask: (id: string) => string
  readonly fields: readonly string[]
}

/** The fields a verdict can depend on. Two answers that differ in one were taken at two times. */
const facts: Partial<Record<RecordKind, Facts>> = {
  vpc: {
    gap: 'vpc',
    ask: ask.vpc,
    fields: ['CidrBlock', 'SecondaryCidrBlocks', 'UserCidrs', 'Ipv6CidrBlock'],
  },
  subnet: { gap: 'subnet', ask: ask.subnet, fields: ['VpcId', 'CidrBlock', 'Ipv6CidrBlock'] },
  instance: {
    gap: 'instance',
    ask: ask.instance,
    fields: ['Status', 'VpcAttributes', 'SecurityGroupIds', 'PublicIpAddress', 'InnerIpAddress'],
  },
  networkInterface: {
    gap: 'networkInterface',
    ask: ask.networkInterface,
    fields: [
      'Status',
      'VpcId',
      'VSwitchId',
      'InstanceId',
      'PrivateIpAddress',
      'SecurityGroupIds',
      'SourceDestCheck',
    ],
  },
  securityGroup: {
    gap: 'securityGroup',
    ask: ask.securityGroup,
    fields: ['VpcId', 'InnerAccessPolicy', 'SecurityGroupType'],
  },
  permission: {
    gap: 'securityGroup',
    ask: ask.securityGroup,
    fields: [
      'Direction',
      'Policy',
      'Priority',
      'IpProtocol',
      'PortRange',
      'SourceCidrIp',
      'SourceGroupId',
      'DestCidrIp',
      'DestGroupId',
    ],
  },
  networkAcl: {
    gap: 'networkAcl',
    ask: ask.networkAcl,
    fields: ['VpcId', 'IngressAclEntries', 'EgressAclEntries'],
  },
  routeEntry: {
    gap: 'routeTable',
    ask: ask.routeTable,
    fields: ['DestinationCidrBlock', 'Status'],
  },
  publicAddress: {
    gap: 'publicAddress',
    ask: ask.publicAddress,
    fields: ['IpAddress', 'Status', 'InstanceId', 'PrivateIpAddress', 'Mode', 'BusinessStatus'],
  },
  natGateway: {
    gap: 'natGateway',
    ask: ask.natGateway,
    fields: ['Status', 'VpcId', 'NetworkType'],
  },
  snatEntry: {
    gap: 'natGateway',
    ask: ask.natGateway,
    fields: ['Status', 'SnatIp', 'SourceCIDR', 'SourceVSwitchId'],
  },
  forwardEntry: {
    gap: 'natGateway',
    ask: ask.natGateway,
    fields: ['Status', 'ExternalIp', 'ExternalPort', 'InternalIp', 'InternalPort', 'IpProtocol'],
  },
  routerInterface: { gap: 'routerInterface', ask: ask.routerInterface, fields: ['Status'] },
  peering: { gap: 'peering', ask: ask.peering, fields: ['Status', 'BizStatus'] },
  ipv4Gateway: {
    gap: 'internetGateway',
    ask: ask.internetGateway,
    fields: ['Enabled', 'Status', 'VpcId', 'Ipv4GatewayRouteTableId'],
  },
  haVip: { gap: 'haVip', ask: ask.haVip, fields: ['IpAddress', 'VSwitchId', 'MasterInstanceId'] },
}

/** Says where answers contradict each other; the resource then counts as not read. */
export function reportContradictions(reading: Reading): void {
  for (const kind of reading.records.keys()) {
    const known = facts[kind]
    if (!known) continue
    for (const record of recordsOf(reading, kind)) {
      const differing = known.fields.filter((field) => differs(record, field))
      if (differing.length === 0) continue
      const subject = { ...record, id: record.owner ?? record.id }
      const message = `${record.id}: answers differ in ${differing.join(', ')}; one of them is used.`
      for (const spot of record.spots) {
        note(reading, 'warning', spot, 'resource.contradiction', message)
      }
      missContent(reading, known.gap, subject, known.ask(subject.id))
    }
  }
}

/** A listing that shows nothing where the details show something merely shows less. */
function differs({ spots, answers }: ApiRecord, field: string): boolean {
  if (spots.length < 2) return false
  const printed = spots.flatMap((spot, index) => {
    const value = child(spot, field)
    if (isAbsent(value)) return []
    const text = canonicalText(value.value)
    const brief = !answers[index]?.call.detail && /^(?:\[\]|\{(?:"\w+":\[\])?\})$/.test(text)
    return [{ text, brief }]
  })
  const weighty = printed.some(({ brief }) => !brief)
    ? printed.filter(({ brief }) => !brief || !answers.some(({ call }) => call.detail))
    : printed
  return new Set(weighty.map(({ text }) => text)).size > 1
}
