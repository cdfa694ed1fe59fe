import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createAnalyzer } from '#analyzer'
import { documentsFromText, readAlibaba } from '#dialects'
import { compileFabric } from '#fabric'
import {
  type Answer,
  type AnswerError,
  type Network,
  networkFormat,
  parseNetwork,
  type Question,
  type SecurityGroup,
} from '#model'

const suite = join(import.meta.dirname, '../../../shared/suites/alibaba-prowler')
const present = existsSync(join(suite, 'cases.json'))

/** A case as `cases.json` has it. */
interface Case {
  readonly id: string
  readonly question: 'public-internet-to-port' | 'all-ports-open'
  readonly inputs: readonly [file: string]
  readonly filter: { readonly id: string; readonly direction: string }
  readonly source: { readonly type: string; readonly cidr: string }
  readonly protocol: 'tcp' | 'all'
  readonly port: number | null
  readonly expected: 'reachable' | 'unreachable'
}

const cases: readonly Case[] = present
  ? JSON.parse(readFileSync(join(suite, 'cases.json'), 'utf8'))
  : []

test('the suite has the forty-one cases that its README counts', ({ skip }) => {
  skip(!present, 'peer suite not present')
  expect(cases).toHaveLength(41)
  expect(cases.filter(({ expected }) => expected === 'reachable')).toHaveLength(17)
  expect(new Set(cases.map(({ source }) => source.type))).toEqual(new Set(['internet']))
  expect(new Set(cases.map(({ filter }) => filter.direction))).toEqual(new Set(['ingress']))
})

test.for(cases)('the group of $id admits what the peer says', (item) => {
  const analyzer = createAnalyzer(compileFabric(networkAround(readGroup(item))))
  // The peer asks about the whole source: a part of it is not enough.
  const admitted = verdictOf(analyzer.ask(questionOf(item))) === 'reachable'
  expect(admitted).toBe(item.expected === 'reachable')
})

test('the network around a group that admits everything lets everything in', ({ skip }) => {
  skip(!present, 'peer suite not present')
  const [some] = cases
  const group = readGroup(some)
  const rule = { ...group.rules[0], protocol: 'all', ports: [] } as const
  const analyzer = createAnalyzer(compileFabric(networkAround({ ...group, rules: [rule] })))
  const open: Case = { ...some, question: 'all-ports-open', protocol: 'all', port: null }
  expect(analyzer.ask(questionOf(open))).toMatchObject({ verdict: 'reachable', findings: [] })
})

const verdictOf = (answer: Answer | AnswerError): string =>
  'error' in answer ? answer.error.code : answer.verdict

function readGroup({ inputs: [file], filter }: Case): SecurityGroup {
  const read = documentsFromText(file, readFileSync(join(suite, file), 'utf8'))
  const group = readAlibaba(read.documents).network.securityGroup?.find(
    ({ id }) => id === filter.id,
  )
  if (!group) throw new Error(`${filter.id} is not in ${file}`)
  return group
}

const address4 = '47.96.1.10'
const address6 = '2408:4005:1:1::10'

function questionOf({ source, question, port, protocol }: Case): Question {
  const to = source.cidr.includes(':') ? address6 : address4
  if (question === 'all-ports-open') {
    return { from: 'internet', to, protocol: protocol === 'all' ? 'any' : protocol }
  }
  return { from: 'internet', to, protocol: 'tcp', ...(port === null ? {} : { port }) }
}

/** One instance in one vSwitch that nothing but the group filters: its EIP is cut through. */
function networkAround(group: SecurityGroup): Network {
  const home = { provider: 'alibaba', account: group.account, region: group.region } as const
  const vpcId = 'vpc-1'
  const instance = { ...home, id: 'i-1', vpcId, network: 'vpc', state: 'Running' }
  const boundTo = { kind: 'instance', id: 'i-1' }
  const eip = { ...home, id: 'eip-1', kind: 'eip', state: 'InUse', boundTo }
  const gateway = {
    ...home,
    id: 'ipv6gw-1',
    kind: 'ipv6',
    vpcId,
    state: 'Available',
    enabled: true,
  }
  const target = { kind: 'internetGateway', id: 'ipv6gw-1' }
  const route = { id: 'rt-6', destination: '::/0', origin: 'custom', state: 'Available' }
  const parsed = parseNetwork({
    kind: networkFormat,
    vpc: [{ ...home, id: vpcId, cidrs: ['10.0.0.0/16'], ipv6Cidrs: ['2408:4005:1::/56'] }],
    subnet: [{ ...home, id: 'vsw-1', vpcId, cidr: '10.0.1.0/24', ipv6Cidr: '2408:4005:1:1::/64' }],
    routeTable: [
      {
        ...home,
        id: 'rtb-1',
        vpcId,
        type: 'system',
        routes: [{ ...route, nextHops: [{ target }] }],
      },
    ],
    internetGateway: [gateway],
    instance: [instance],
    networkInterface: [
      {
        ...home,
        id: 'eni-1',
        type: 'primary',
        state: 'InUse',
        vpcId,
        subnetId: 'vsw-1',
        instanceId: 'i-1',
        addresses: ['10.0.1.10'],
        ipv6Addresses: [{ address: address6, internet: 'both' }],
        securityGroupIds: [group.id],
      },
    ],
    securityGroup: [{ ...group, ...home, vpcId, type: 'basic', intraGroup: 'drop' }],
    publicAddress: [{ ...eip, address: address4, mode: 'cut-through' }],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.network
}
