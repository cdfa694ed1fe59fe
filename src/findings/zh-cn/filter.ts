import { sentences } from '../template.ts'

/** Security groups, network ACLs and what the platform itself drops. */
export const filter = sentences({
  'sg.egress.no-match': {
    say: '{component} 没有允许通过 {service} 访问 {destination} 的出方向规则',
    advice:
      '请仅放行该流量：aliyun ecs AuthorizeSecurityGroupEgress --SecurityGroupId {component-id} --IpProtocol {service|protocol} --PortRange {service|ports} {destination|destination-option}',
  },
  'sg.egress.deny': {
    say: '{component} 的 {rule}（出方向，优先级 {priority}）拒绝通过 {service} 访问 {destination}',
    advice:
      '请在 ECS 控制台打开 {component-id} 的出方向页签，收窄或删除 {rule}，或添加一条优先级数值小于 {priority} 的允许规则，放行到 {destination|cidr} 的 {service}。',
    topAdvice:
      '请在 ECS 控制台打开 {component-id} 的出方向页签，收窄或删除 {rule}；其优先级已为 {priority}，任何允许规则都无法优先于它。',
  },
  'sg.ingress.no-match': {
    say: '{component} 没有允许 {source} 通过 {service} 访问的入方向规则',
    advice:
      '请仅放行该流量：aliyun ecs AuthorizeSecurityGroup --SecurityGroupId {component-id} --IpProtocol {service|protocol} --PortRange {service|ports} {source|source-option}',
  },
  'sg.ingress.deny': {
    say: '{component} 的 {rule}（入方向，优先级 {priority}）拒绝 {source} 通过 {service} 访问',
    advice:
      '请在 ECS 控制台打开 {component-id} 的入方向页签，收窄或删除 {rule}，或添加一条优先级数值小于 {priority} 的允许规则，放行来自 {source|cidr} 的 {service}。',
    topAdvice:
      '请在 ECS 控制台打开 {component-id} 的入方向页签，收窄或删除 {rule}；其优先级已为 {priority}，任何允许规则都无法优先于它。',
  },
  'sg.intra-group-isolated': {
    say: '{component} 的组内实例相互隔离，{source} 访问 {destination} 需要规则放行',
    advice:
      '请为该流量添加规则，或允许普通安全组的组内实例互通：aliyun ecs ModifySecurityGroupPolicy --SecurityGroupId {component-id} --InnerAccessPolicy Accept',
  },
  'sg.group-reference-unresolved': {
    say: '{component} 的 {rule} 授权安全组 {group}，但不包含 {source}，因为只匹配同一专有网络内组成员的私网IP',
    advice: '请在 ECS 控制台打开 {component-id}，添加一条以 {source|cidr} 代替安全组的规则。',
  },
  'sg.group-reference-enterprise': {
    say: '{component} 的 {rule} 授权安全组 {group}，但不匹配任何报文，因为只有普通安全组之间可以相互授权',
    advice: '请在 ECS 控制台打开 {component-id}，将该规则改为授权 {group} 成员的IP地址。',
  },
  'acl.egress.deny': {
    say: '交换机 {subnet} 的 {component} 按 {rule}（出方向）拒绝 {source} 通过 {service} 访问 {destination}',
    advice:
      '请在专有网络控制台打开 {component-id}，在 {rule} 之前添加一条出方向允许规则，放行到 {destination|cidr} 的 {service}。',
  },
  'acl.ingress.deny': {
    say: '交换机 {subnet} 的 {component} 按 {rule}（入方向）拒绝 {source} 通过 {service} 访问 {destination}',
    advice:
      '请在专有网络控制台打开 {component-id}，在 {rule} 之前添加一条入方向允许规则，放行来自 {source|cidr} 的 {service}。',
  },
  'acl.return.egress.deny': {
    say: '交换机 {subnet} 的 {component} 按 {rule}（出方向）拒绝 {source} 到 {destination} 的 {service} 回包',
    advice:
      '网络ACL 无状态，回包需要单独放行：请在专有网络控制台打开 {component-id}，在 {rule} 之前添加一条出方向允许规则，放行到 {destination|cidr} 的 {service}。',
  },
  'acl.return.ingress.deny': {
    say: '交换机 {subnet} 的 {component} 按 {rule}（入方向）拒绝 {source} 到 {destination} 的 {service} 回包',
    advice:
      '网络ACL 无状态，回包需要单独放行：请在专有网络控制台打开 {component-id}，在 {rule} 之前添加一条入方向允许规则，放行来自 {source|cidr} 的 {service}。',
  },
  'policy.platform-blocked': {
    say: '{component} 丢弃发往公网 {destination} 的 {service}，任何规则都无法放行',
    advice: '请改用 465 端口发送邮件，或在安全管控平台申请解封 TCP 25 端口。',
  },
})
