import { sentences } from '../template.ts'

/** Address translation and the way to and from the Internet. */
export const edge = sentences({
  'nat.bad-state': {
    say: '{component} 的状态为 {state}，只有处于 Available（可用）状态且未锁定时才能使用',
    advice:
      '请等待其状态变为 Available（可用），或解除锁定；查询状态和锁定原因：aliyun vpc DescribeNatGateways --NatGatewayId {component-id}',
  },
  'nat.no-addresses': {
    say: '{component} 没有可供 {source} 使用的弹性公网IP',
    advice:
      '请在专有网络控制台打开 {component-id}，绑定弹性公网IP，并在覆盖 {source} 的SNAT条目中选择该地址。',
  },
  'nat.snat-missing': {
    say: '{component} 没有覆盖 {source} 的SNAT条目',
    advice: '请在专有网络控制台打开 {component-id} 的SNAT管理页签，为 {source|cidr} 创建SNAT条目。',
  },
  'nat.dnat-missing': {
    say: '{component} 没有 {address} 上 {service} 的DNAT条目',
    advice:
      '请在专有网络控制台打开 {component-id} 的DNAT管理页签，创建从 {address} 的 {service} 到服务器私网IP和端口的DNAT条目。',
  },
  'nat.protocol-unsupported': {
    say: '{component} 仅转换 TCP、UDP 和 ICMP，当前协议为 {protocol}',
    advice: '请在私网地址之间（对等连接、VPN）传输 {protocol}，或将其封装在 TCP 或 UDP 中。',
  },
  'nat.return-bypass': {
    say: '回包经 {actual} 发出，而不是经 {expected} 发出，客户端会丢弃该回包',
    advice:
      '请让回包经过 {expected}：解绑使其绕行的公网IP，或添加到客户端且下一跳为 {expected} 的路由。',
  },
  'nat.hairpin': {
    say: '{component} 不会将经自身SNAT发出的报文折返到自身地址 {address}',
    advice: '请改为访问目的端的私网IP。',
  },
  'igw.absent': {
    say: '专有网络 {vpc} 没有通往公网的网关',
    advice: '请在专有网络控制台为 {vpc} 创建并激活IPv4网关（IPv6 流量请创建IPv6网关）。',
  },
  'igw.private-destination': {
    say: '{component} 不转发发往私网地址 {destination} 的报文',
    advice:
      '请添加目标网段为 {destination|cidr} 的路由，下一跳为私网资源（对等连接、转发路由器、VPN网关）。',
  },
  'igw.no-way-out': {
    say: '{source} 没有通往公网的出口：没有NAT网关、公网IP、负载均衡出站规则，也没有默认出站访问',
    advice: '请为 {source} 所在的子网绑定NAT网关，或为 {component-id} 分配公网IP。',
  },
  'igw.no-public-mapping.egress': {
    say: '{component} 丢弃来自 {source} 的报文，因为该地址没有公网IP（IPv6 地址没有公网带宽）',
    advice:
      '请为 {source} 所在的弹性网卡绑定弹性公网IP，或将其流量路由到NAT网关；IPv6 地址请在IPv6网关开通公网带宽。',
  },
  'igw.no-public-mapping.ingress': {
    say: '公网无法访问 {address}：该地址没有公网映射（IPv6 地址没有公网带宽）',
    advice: '请为应答的弹性网卡绑定弹性公网IP；IPv6 地址请在IPv6网关为 {address} 开通公网带宽。',
  },
  'ipv6.egress-only': {
    say: '{address} 只能主动访问公网，不接受来自公网的连接，因为仅主动出规则包含该地址',
    advice: '请在专有网络控制台的IPv6网关中删除 {address} 的仅主动出规则。',
  },
})
