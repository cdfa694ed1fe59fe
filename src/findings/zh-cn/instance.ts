import { sentences } from '../template.ts'

/** Instances, their operating systems, their interfaces and addresses. */
export const instance = sentences({
  'instance.not-running': {
    say: '{component} 的状态为 {state}，只有处于 Running（运行中）状态才能收发报文',
    advice:
      '如果实例处于 Stopped（已停止）状态，请启动实例（其他状态会自行结束）：aliyun ecs StartInstance --InstanceId {component-id}',
  },
  'instance.locked': {
    say: '{component} 已被锁定（{reason}），网络被切断',
    advice:
      '请在 ECS 控制台打开 {component-id} 并解除锁定：欠费锁定（financial）请结清账单，安全锁定（security）请处理安全事件。',
  },
  'instance.no-interface': {
    say: '{component} 没有绑定任何弹性网卡',
    advice: '请在 ECS 控制台打开 {component-id}，在弹性网卡页签绑定弹性网卡。',
  },
  'instance.ip-forward-disabled': {
    say: '{component} 不转发发往 {destination} 的报文，因为其操作系统未开启 IP 转发',
    advice: '请以 root 身份在实例内开启：sysctl -w {destination|forwarding}',
  },
  'instance.forwarding-opaque': {
    say: '发往 {destination} 的报文需要由 {component} 转发，而输入中没有其操作系统的转发配置',
    advice:
      '请将以下命令在实例内的输出加入输入数据：sysctl net.ipv4.ip_forward; ip rule; ip route show table all',
  },
  'guest.route-missing': {
    say: '对于源地址为 {source} 的报文，{component} 没有到 {destination} 的路由',
    advice:
      '请在实例内为 {source} 所用的路由表添加到 {destination|cidr} 的路由，查看现有配置：ip rule; ip route show table all',
  },
  'eni.not-attached': {
    say: '{component} 的状态为 {state}，未绑定实例',
    advice: '请在 ECS 控制台选择“网络与安全 > 弹性网卡”，将 {component-id} 绑定到实例。',
  },
  'eni.bad-state': {
    say: '{component} 的状态为 {state}，只有处于 InUse（已绑定）状态才能收发报文',
    advice:
      '请等待其状态变为 InUse（已绑定）；如果一直为 {state}，请解绑后重新绑定。查询状态：aliyun ecs DescribeNetworkInterfaceAttribute --NetworkInterfaceId {component-id}',
  },
  'eni.source-dest-check': {
    say: '{component} 丢弃从 {source} 到 {destination} 的报文，因为源/目的检查只放行自身地址的报文',
    advice:
      '请关闭该检查：aliyun ecs ModifyNetworkInterfaceAttribute --NetworkInterfaceId {component-id} --SourceDestCheck false',
  },
  'eni.no-public-address': {
    say: '{component} 没有公网IP，而该公网连接需要公网IP',
    advice: '请为其分配公网IP：aliyun ecs AllocatePublicIpAddress --InstanceId {component-id}',
  },
  'eni.no-ipv6-address': {
    say: '{component} 没有IPv6地址，其实例也没有可用于向 {destination} 发送报文的IPv6地址',
    advice:
      '请为其分配IPv6地址：aliyun ecs AssignIpv6Addresses --NetworkInterfaceId {component-id} --Ipv6AddressCount 1',
  },
  'eni.no-groups': {
    say: '输入中 {component} 没有所属安全组，无法得知其过滤规则',
    advice:
      '请将以下调用的输出加入输入数据：aliyun ecs DescribeNetworkInterfaceAttribute --NetworkInterfaceId {component-id}',
  },
  'address.not-ours': {
    say: '本网络中没有任何资源拥有公网地址 {address}，发往该地址的报文不会到达这里',
    advice:
      '请查询属于本网络的公网地址；如果 {address} 本应属于本网络，则它已被释放，或属于未读取的账号。',
  },
  'address.not-assigned': {
    say: '{address} 在专有网络 {vpc} 中未分配给任何资源',
    advice:
      '请改用已分配的地址进行查询，或查找该地址所在位置：aliyun ecs DescribeNetworkInterfaces {address|address-option}',
  },
  'address.holder-unknown': {
    say: '无法得知 {address} 由谁占用：交换机 {subnet} 中有输入未列出的已用地址',
    advice:
      '请查找占用该地址的资源（{call}），并将目录导入为一个网络文件，再将其作为云服务连同专有网络和地址加入该文件。',
  },
  'eip.not-bound': {
    say: '地址为 {address} 的 {component} 未绑定任何资源',
    advice: '请在专有网络控制台选择“弹性公网IP”，将 {component-id} 绑定到实例、弹性网卡或NAT网关。',
  },
  'eip.bad-state': {
    say: '地址为 {address} 的 {component} 状态为 {state}，只有处于 InUse（已分配）状态且未锁定时才能使用',
    advice:
      '请等待其状态变为 InUse（已分配），或解除锁定；查询状态和锁定原因：aliyun vpc DescribeEipAddresses --AllocationId {component-id}',
  },
  'havip.no-master': {
    say: '地址为 {address} 的 {component} 没有主实例，因为没有实例宣告该地址',
    advice: '请在任一已绑定的实例上启动宣告 {address} 的程序（例如 Keepalived）。',
  },
  'ip.conflict': {
    say: '{address} 属于多个资源：{owners}',
    advice: '请改用资源 ID 进行查询；如果两者都需要被访问，请为其中一个更换地址。',
  },
})
