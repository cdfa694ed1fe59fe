import { describe, expect, test } from 'vitest'

import { advise, componentName, finding, ruleName, say, serviceText } from '#findings'
import type { Component } from '#model'

import { findingCodes } from '../../src/findings/finding.ts'
import { findingSubjects } from '../../src/findings/finding-subjects.ts'
import { languageOf } from '../../src/findings/languages.ts'

const group: Component = { kind: 'securityGroup', id: 'sg-db', name: 'db tier' }
const table: Component = { kind: 'routeTable', id: 'vtb-1' }
const facts = { service: 'TCP 3306', source: '10.0.1.10', destination: '10.0.2.20' }

test('a blocker names the group by id and name, the peer and the service', () => {
  const record = finding('sg.ingress.no-match', { component: group, facts, leg: 'forward' })
  expect(say(record, 'en')).toBe(
    'security group sg-db (db tier) has no inbound rule for 10.0.1.10 on TCP 3306',
  )
  expect(say(record, 'zh-CN')).toBe(
    '安全组 sg-db（db tier）没有允许 10.0.1.10 通过 TCP 3306 访问的入方向规则',
  )
})

test('its advice is a command that opens exactly this', () => {
  const record = finding('sg.ingress.no-match', { component: group, facts })
  expect(advise(record, 'en')).toBe(
    'Allow exactly this: aliyun ecs AuthorizeSecurityGroup --SecurityGroupId sg-db --IpProtocol tcp --PortRange 3306/3306 --SourceCidrIp 10.0.1.10/32',
  )
})

test.each([
  ['TCP 3306', '10.0.1.10', '--IpProtocol tcp --PortRange 3306/3306 --SourceCidrIp 10.0.1.10/32'],
  ['UDP 100-200', '10.0.0.0/8', '--IpProtocol udp --PortRange 100/200 --SourceCidrIp 10.0.0.0/8'],
  ['TCP', '2001:db8::7', '--IpProtocol tcp --PortRange 1/65535 --Ipv6SourceCidrIp 2001:db8::7/128'],
  ['ICMP', '10.0.1.10', '--IpProtocol icmp --PortRange -1/-1 --SourceCidrIp 10.0.1.10/32'],
  [
    'ICMPv6',
    '2001:db8::/64',
    '--IpProtocol icmpv6 --PortRange -1/-1 --Ipv6SourceCidrIp 2001:db8::/64',
  ],
  ['ALL', '10.0.1.10', '--IpProtocol all --PortRange -1/-1 --SourceCidrIp 10.0.1.10/32'],
  ['protocol 99', '10.0.1.10', '--IpProtocol 99 --PortRange -1/-1 --SourceCidrIp 10.0.1.10/32'],
])('%s from %s becomes parameters of the call', (service, source, parameters) => {
  const given = { component: group, facts: { ...facts, service, source } }
  expect(advise(finding('sg.ingress.no-match', given), 'en')).toContain(parameters)
  expect(advise(finding('sg.ingress.no-match', given), 'zh-CN')).toContain(parameters)
})

test('every protocol and a numbered protocol are said in words', () => {
  const said = (service: string, language: 'en' | 'zh-CN') =>
    say(
      finding('sg.ingress.no-match', { component: group, facts: { ...facts, service } }),
      language,
    )
  expect(said('ALL', 'en')).toContain('on every protocol')
  expect(said('ALL', 'zh-CN')).toContain('通过所有协议访问')
  expect(said('protocol 99', 'zh-CN')).toContain('通过协议 99 访问')
})

test('a command never takes the id of another kind of component', () => {
  const component: Component = { kind: 'networkInterface', id: 'eni-db' }
  const record = finding('sg.ingress.no-match', { component, facts })
  expect(advise(record, 'en')).toContain('--SecurityGroupId <security group of eni-db> ')
  expect(advise(record, 'zh-CN')).toContain('--SecurityGroupId <eni-db 的安全组> ')
})

test('an Allow rule is advised below the priority that denies, and none below the first', () => {
  const deny = (priority: string) =>
    finding('sg.ingress.deny', { component: group, rule: 'sgr-1', facts: { ...facts, priority } })
  expect(advise(deny('10'), 'en')).toMatch(/with a priority number below 10\.$/)
  expect(advise(deny('10'), 'zh-CN')).toContain('优先级数值小于 10 的允许规则')
  expect(advise(deny('1'), 'en')).toMatch(/at priority 1, no Allow rule can come before it\.$/)
  expect(advise(deny('1'), 'zh-CN')).toContain('任何允许规则都无法优先于它')
})

test.each([
  ['locked (financial)', 'is locked (financial);', '状态为已锁定（financial），'],
  ['Unassociating', 'is Unassociating;', '状态为 Unassociating，'],
  ['unknown', 'is in an unknown state;', '状态为未知，'],
])('the state %s is said in words', (state, english, chinese) => {
  const component: Component = { kind: 'publicAddress', id: 'eip-1' }
  const record = finding('eip.bad-state', { component, facts: { address: '203.0.113.9', state } })
  expect(say(record, 'en')).toContain(`EIP eip-1 with address 203.0.113.9 ${english}`)
  expect(say(record, 'zh-CN')).toContain(chinese)
})

test('an id that a shell would not take literally is quoted', () => {
  const component: Component = { kind: 'instance', id: "i-1'; reboot" }
  const record = finding('instance.not-running', { component, facts: { state: 'Stopped' } })
  expect(advise(record, 'en')).toMatch(/--InstanceId 'i-1'\\''; reboot'$/)
})

/** Options of commands that take the id of the component, with the kind they take. */
const optionKinds: Readonly<Record<string, string>> = {
  SecurityGroupId: 'securityGroup',
  InstanceId: 'instance',
  NetworkInterfaceId: 'networkInterface',
  RouteTableId: 'routeTable',
  NatGatewayId: 'natGateway',
  AllocationId: 'publicAddress',
}

test.each(findingCodes)(
  'a command in the advice of %s takes an id of the kind it names',
  (code) => {
    const { advice } = languageOf('en').findings[code]
    for (const [, option = ''] of advice.matchAll(/--(\w+) \{component-id\}/g)) {
      expect(findingSubjects[code]).toEqual([optionKinds[option]])
    }
  },
)

describe('names', () => {
  test.each<readonly [Component, string, string]>([
    [group, 'security group sg-db (db tier)', '安全组 sg-db（db tier）'],
    [{ kind: 'subnet', id: 'vsw-1' }, 'vSwitch vsw-1', '交换机 vsw-1'],
    [{ kind: 'subnet', id: 'subnet-0a1' }, 'subnet subnet-0a1', '子网 subnet-0a1'],
    [{ kind: 'publicAddress', id: 'eip-1', name: 'eip-1' }, 'EIP eip-1', '弹性公网IP eip-1'],
    [{ kind: 'publicAddress', id: 'i-1' }, 'public IP address i-1', '公网IP i-1'],
    [{ kind: 'internetGateway', id: 'ipv4gw-1' }, 'IPv4 gateway ipv4gw-1', 'IPv4网关 ipv4gw-1'],
    [{ kind: 'haVip', id: 'havip-1', name: '' }, 'HaVip havip-1', '高可用虚拟IP havip-1'],
    [{ kind: 'instance', id: 'eip-1' }, 'instance eip-1', '实例 eip-1'],
    [{ kind: 'instance', id: 'constructor' }, 'instance constructor', '实例 constructor'],
    [
      { kind: 'publicAddress', id: 'constructor' },
      'public IP address constructor',
      '公网IP constructor',
    ],
    [{ kind: 'internet', id: 'internet' }, 'the Internet', '公网'],
    [{ kind: 'internet', id: 'beyond' }, 'a network beyond the VPC', '专有网络之外的网络'],
    [{ kind: 'routeTable', id: 'classic network' }, 'the classic network', '经典网络'],
    [{ kind: 'guest', id: 'i-1', name: 'web' }, 'the operating system of i-1', 'i-1 的操作系统'],
    [{ kind: 'instance', id: 'i-1', name: '{id}' }, 'instance i-1 ({id})', '实例 i-1（{id}）'],
  ])('a component is called by what it is and its id: %o', (component, english, chinese) => {
    expect(componentName(component, 'en')).toBe(english)
    expect(componentName(component, 'zh-CN')).toBe(chinese)
  })

  test.each([
    ['sgr-1', group, 'rule sgr-1', '规则 sgr-1'],
    ['rte-1', table, 'route rte-1', '路由 rte-1'],
    ['default', group, 'the default rule', '默认规则'],
    ['session', group, 'the established session', '已建立的会话'],
    [undefined, table, 'a route', '路由'],
    ['intra-group', group, 'members of one group reach each other', '组内互通'],
    ['direct', table, 'past the route table', '不经过路由表'],
    ['supposed', table, 'supposed next hop', '假设的下一跳'],
    ['toString', group, 'rule toString', '规则 toString'],
  ] as const)('rule %s of %o', (rule, component, english, chinese) => {
    expect(ruleName(rule, component, 'en')).toBe(english)
    expect(ruleName(rule, component, 'zh-CN')).toBe(chinese)
  })
})

test.each([
  [['tcp', 3306], 'TCP 3306'],
  [[6, '1024-65535'], 'TCP 1024-65535'],
  [['any'], 'ALL'],
  [['ICMP'], 'ICMP'],
  [[58], 'ICMPv6'],
  [[47], 'GRE'],
  [[34], 'protocol 34'],
  [['253'], 'protocol 253'],
] as const)('the service of %j is written %s', ([protocol, ports], text) => {
  expect(serviceText(protocol, ports)).toBe(text)
})

test('an answer of another release is said by its code and facts', () => {
  const record = { code: 'toString', component: table, facts: { moon: 'full' } }
  expect(say(record, 'en')).toBe(
    'route table vtb-1: toString {"moon":"full"}, a reason that this release of Hopwise does not know',
  )
  expect(say(record, 'zh-CN')).toContain('toString {"moon":"full"}')
  expect(advise(record, 'en')).not.toBe('')
})

test('a record carries the effect and severity of its row, and only the keys that it was given', () => {
  const component = table
  const at = { destination: '10.0.0.1' }
  expect(finding('route.blackhole', { component, facts: at })).toStrictEqual({
    code: 'route.blackhole',
    severity: 'error',
    effect: 'blocks',
    component,
    facts: at,
  })
  const full = finding('route.blackhole', { component, facts: at, leg: 'return', rule: 'rte-1' })
  expect(full).toMatchObject({ leg: 'return', rule: 'rte-1' })
  expect(finding('eni.no-groups', { component, facts: {}, leg: 'forward' })).toStrictEqual({
    code: 'eni.no-groups',
    severity: 'error',
    effect: 'undecides',
    leg: 'forward',
    component,
    facts: {},
  })
  const conflict = { address: '10.0.0.1', owners: 'a, b' }
  const warning = finding('ip.conflict', { component, facts: conflict, rule: 'x', leg: undefined })
  expect(warning).toStrictEqual({
    code: 'ip.conflict',
    severity: 'warning',
    effect: 'warns',
    component,
    rule: 'x',
    facts: conflict,
  })
})
