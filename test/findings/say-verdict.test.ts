import { expect, test } from 'vitest'

import { caveat, finding, sayVerdict } from '#findings'
import { answerFormat } from '#model'
import type { Answer, FindingRecord } from '#model'

const noRule = finding('sg.ingress.no-match', {
  component: { kind: 'securityGroup', id: 'sg-db', name: 'db tier' },
  facts: { service: 'TCP 3306', source: '10.0.1.10', destination: '10.0.2.20' },
  leg: 'forward',
})

const noRouteBack = finding('route.return.none', {
  component: { kind: 'routeTable', id: 'vtb-db' },
  facts: { source: '10.0.2.20', destination: '10.0.1.10' },
  leg: 'return',
})

const conflict = finding('ip.conflict', {
  component: { kind: 'vpc', id: 'vpc-1' },
  facts: { address: '10.0.1.10', owners: 'eni-1, eni-2' },
})

const unread = finding('query.input-missing', {
  component: { kind: 'subnet', id: 'vsw-1' },
  facts: { missing: 'networkAcl nacl-1', call: 'aliyun vpc DescribeNetworkAcls' },
})

const leaves = finding('vpn.leaves-model', {
  component: { kind: 'vpnGateway', id: 'vpn-1' },
  facts: { destination: '192.168.7.7' },
})

test.each<readonly [string, Partial<Answer>, string, string]>([
  [
    'unreachable',
    { verdict: 'unreachable', findings: [noRule] },
    'i-web-1 cannot reach i-db-1 on TCP 3306: security group sg-db (db tier) has no inbound rule for 10.0.1.10 on TCP 3306.',
    'i-web-1 无法通过 TCP 3306 访问 i-db-1：安全组 sg-db（db tier）没有允许 10.0.1.10 通过 TCP 3306 访问的入方向规则。',
  ],
  [
    'unreachable with more blockers',
    { verdict: 'unreachable', findings: [conflict, noRule, noRouteBack] },
    'i-web-1 cannot reach i-db-1 on TCP 3306: security group sg-db (db tier) has no inbound rule for 10.0.1.10 on TCP 3306 (first of 2 blockers).',
    'i-web-1 无法通过 TCP 3306 访问 i-db-1：安全组 sg-db（db tier）没有允许 10.0.1.10 通过 TCP 3306 访问的入方向规则（共 2 处阻断，此为第一处）。',
  ],
  [
    'a lost reply',
    { verdict: 'unreachable', findings: [noRouteBack] },
    'i-web-1 cannot reach i-db-1 on TCP 3306: on the way back, route table vtb-db has no route back to 10.0.1.10 for replies from 10.0.2.20.',
    'i-web-1 无法通过 TCP 3306 访问 i-db-1：回程中，对于来自 10.0.2.20 的回包，路由表 vtb-db 没有到 10.0.1.10 的回程路由。',
  ],
  [
    'reachable',
    { verdict: 'reachable', findings: [conflict] },
    'i-web-1 can reach i-db-1 on TCP 3306.',
    'i-web-1 可以通过 TCP 3306 访问 i-db-1。',
  ],
  [
    'partial',
    { verdict: 'partial', findings: [noRule] },
    'i-web-1 can reach i-db-1 on TCP 3306 only in part: security group sg-db (db tier) has no inbound rule for 10.0.1.10 on TCP 3306.',
    'i-web-1 只有部分流量可以通过 TCP 3306 访问 i-db-1：安全组 sg-db（db tier）没有允许 10.0.1.10 通过 TCP 3306 访问的入方向规则。',
  ],
  [
    'undetermined',
    { verdict: 'undetermined', findings: [unread] },
    'Whether i-web-1 can reach i-db-1 on TCP 3306 cannot be decided from this input: vSwitch vsw-1 cannot be judged: network ACL nacl-1 was not read completely.',
    '根据现有输入无法判断 i-web-1 能否通过 TCP 3306 访问 i-db-1：无法判断交换机 vsw-1：网络ACL nacl-1 的信息未完整读取。',
  ],
  [
    'leaves the model',
    { verdict: 'leaves_model', findings: [conflict, leaves] },
    'Whether i-web-1 can reach i-db-1 on TCP 3306 is decided outside the analysed network: VPN gateway vpn-1 carries packets to 192.168.7.7 out of the analysed network.',
    'i-web-1 能否通过 TCP 3306 访问 i-db-1，取决于所分析网络之外的部分：VPN网关 vpn-1 将发往 192.168.7.7 的报文送出所分析的网络。',
  ],
  [
    'a finding that does not explain the verdict',
    { verdict: 'undetermined', findings: [conflict] },
    'Whether i-web-1 can reach i-db-1 on TCP 3306 cannot be decided from this input.',
    '根据现有输入无法判断 i-web-1 能否通过 TCP 3306 访问 i-db-1。',
  ],
])('a verdict is said in one sentence: %s', (_, answer, english, chinese) => {
  expect(sayVerdict(answerWith(answer), 'en')).toBe(english)
  expect(sayVerdict(answerWith(answer), 'zh-CN')).toBe(chinese)
})

test('the Internet begins a sentence with a capital and stands inside one without', () => {
  const internet = { kind: 'internet', id: 'internet', asked: 'Internet' } as const
  const ping = { verdict: 'reachable', protocol: 'icmp' } as const
  const { port: _, ...answer } = answerWith({ ...ping, from: internet })
  expect(sayVerdict(answer, 'en')).toBe('The Internet can reach i-db-1 over ICMP.')
  expect(sayVerdict(answer, 'zh-CN')).toBe('公网可以通过 ICMP 访问 i-db-1。')
  expect(sayVerdict({ ...answer, from: answer.to, to: internet }, 'en')).toBe(
    'i-db-1 can reach the Internet over ICMP.',
  )
})

test.each([
  [
    { kind: 'publicAddress', id: 'eip-1', address: '203.0.113.9', asked: '203.0.113.9' },
    '203.0.113.9',
  ],
  [{ kind: 'internet', id: 'internet', asked: '8.8.8.8' }, '8.8.8.8'],
  [{ kind: 'internet', id: 'beyond', asked: '10.99.0.5' }, '10.99.0.5'],
  [{ kind: 'networkInterface', id: 'eni-6', asked: '2001:db8::1' }, '2001:db8::1'],
  [{ kind: 'instance', id: 'i-1', name: 'shop', address: '10.0.0.9', asked: 'shop' }, 'i-1'],
  [{ kind: 'internet', id: 'internet', asked: 'internet' }, 'the Internet'],
] as const)('an address is named as it was asked for, anything else by its id: %o', (end, said) => {
  const there = answerWith({ verdict: 'reachable', to: end })
  expect(sayVerdict(there, 'en')).toBe(`i-web-1 can reach ${said} on TCP 3306.`)
  const back = answerWith({ verdict: 'reachable', from: end })
  expect(sayVerdict(back, 'en').toLowerCase()).toBe(
    `${said.toLowerCase()} can reach i-db-1 on tcp 3306.`,
  )
})

test('the caveat says that live behaviour may differ', () => {
  expect(caveat('en')).toContain('live behaviour may differ')
  expect(caveat('zh-CN')).toContain('实际运行情况可能与配置不同')
})

function answerWith(part: Partial<Answer>): Answer {
  const findings: readonly FindingRecord[] = []
  return {
    kind: answerFormat,
    from: { kind: 'instance', id: 'i-web-1', asked: 'web one' },
    to: { kind: 'instance', id: 'i-db-1', asked: 'i-db-1' },
    protocol: 'tcp',
    port: 3306,
    verdict: 'reachable',
    findings,
    hops: [],
    legs: { forward: 'admitted', return: 'admitted' },
    assumptions: [],
    ...part,
  }
}
