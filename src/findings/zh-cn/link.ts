import { sentences } from '../template.ts'

/** Links between networks, and components whose inside is not analysed. */
export const link = sentences({
  'peer.absent': {
    say: '专有网络 {from} 与专有网络 {to} 未互连',
    advice: '请在专有网络控制台创建 {from} 与 {to} 之间的对等连接，并在两端添加指向它的路由。',
  },
  'peer.bad-state': {
    say: '{component} 的状态为 {state}，无法传输报文',
    advice:
      '请在专有网络控制台打开 {component-id}，接受或激活它；路由器接口还须与已激活的对端接口相连。如果已被拒绝或已过期，请重新创建。',
  },
  'peer.access-off': {
    say: '{component} 不传输任何报文：其中一端不允许访问对端网络',
    advice: '请在对等连接两端的设置中允许访问对端虚拟网络。',
  },
  'peer.forwarded-refused': {
    say: '{component} 不接受来自 {source} 的报文，该地址不属于专有网络 {vpc}',
    advice: '请在 {component-id} 的接收端允许来自对端网络的转发流量。',
  },
  'peer.not-transitive': {
    say: '{component} 只能到达专有网络 {vpc} 内部，而 {destination} 不在其任何交换机中',
    advice: '请直接连接 {destination} 所在的网络，或通过转发路由器（云企业网）连接两端。',
  },
  'peer.cidr-overlap': {
    say: '{destination} 在 {component} 的两端都存在，其中包括专有网络 {vpc}',
    advice: '请为其中一端更换网段，或使用VPC NAT网关转换地址。',
  },
  'classiclink.absent': {
    say: '{source} 与 {destination} 之间没有建立ClassicLink连接',
    advice:
      '请在专有网络控制台为专有网络开启ClassicLink，再在 ECS 控制台将经典网络实例连接到该专有网络。',
  },
  'classiclink.outside-primary': {
    say: '{address} 不在专有网络 {vpc} 的主网段内，ClassicLink仅可到达主网段',
    advice: '请将实例迁移到 {vpc} 主网段内的交换机。',
  },
  'classiclink.subnet-not-covered': {
    say: '{address} 所在的专有网络 {vpc} 交换机不在 10.111.0.0/16 内，ClassicLink仅可到达该网段内的交换机',
    advice: '请将实例迁移到 10.111.0.0/16 内的交换机。',
  },
  'tr.attachment-bad-state': {
    say: '{component} 的连接 {attachment} 处于 {state} 状态，不转发报文',
    advice: '请接受或修复连接 {attachment}；如已不存在，请重新创建。',
  },
  'tr.no-association': {
    say: '{component} 的连接 {attachment} 未关联任何路由表',
    advice: '请将 {attachment} 关联到 {component-id} 的某个路由表。',
  },
  'tr.no-route': {
    say: '{component} 的路由表 {table} 中没有到 {destination} 的路由',
    advice: '请让通往 {destination} 的连接向 {table} 传播路由，或在其中添加静态路由。',
  },
  'tr.blackhole': {
    say: '{component} 的路由表 {table} 有意丢弃发往 {destination} 的报文（黑洞路由）',
    advice: '请将 {table} 中的黑洞路由改为指向某个连接的路由。',
  },
  'tr.zone-restriction': {
    say: '可用区 {zone} 无法到达 {component}：连接 {attachment} 在该可用区没有子网',
    advice: '请为连接 {attachment} 添加可用区 {zone} 的子网。',
  },
  'tr.routes-unreadable': {
    say: '{component} 的路由表 {table} 未列出到 {destination} 的路由，但它还学习了未读取的路由',
    advice: '请读取 {table} 学习到的路由，并确认线路对端发布了 {destination}。',
  },
  'vpn.internal-route': {
    say: '{component} 不知道如何到达 {destination}：其线路均无相应路由，且只使用静态路由',
    advice: '请为通往 {destination} 的线路添加路由。',
  },
  'tr.unsupported-attachment': {
    say: '发往 {destination} 的报文由 {component} 接管，其内部不在分析范围内',
    advice:
      '请在云企业网控制台检查 {component-id} 的关联转发、路由学习和路由条目，再发起真实连接验证。',
  },
  'vpn.leaves-model': {
    say: '{component} 将发往 {destination} 的报文送出所分析的网络',
    advice: '请确认 IPsec 隧道已连通、其路由覆盖 {destination}，且对端有回程路由。',
  },
  'line.leaves-model': {
    say: '{component} 将发往 {destination} 的报文交给专线对端的网络',
    advice: '请确认专线和 BGP 会话正常，且对端有路由并放行该报文。',
  },
  'lb.bad-state': {
    say: '{component} 处于 {state} 状态，不接受连接',
    advice: '请在负载均衡控制台启动 {component-id}；若已锁定，请续费。',
  },
  'lb.no-listener': {
    say: '{component} 在 {address} 上没有运行中的 {service} 监听',
    advice: '请在负载均衡控制台为 {component-id} 添加 {service} 监听，或启动已停止的监听。',
  },
  'lb.listener-no-backend': {
    say: '{component} 的 {service} 监听没有权重大于 0 的后端服务器',
    advice: '请在负载均衡控制台为 {component-id} 添加后端服务器，或为其设置权重。',
  },
  'lb.return-bypass': {
    say: '从 {source} 到 {destination} 的应答未从 {component} 转发请求的网卡离开，因而丢失',
    advice: '请在后端实例内添加策略路由，使源地址为 {source} 的应答从拥有该地址的网卡离开。',
  },
  'lb.backends-partial': {
    say: '经 {component} 的 {branches} 条路径中有 {failing} 条不通',
    advice: '请修复不通路径上的后端服务器，或在负载均衡控制台将其权重设为 0。',
  },
  'lb.not-analysed': {
    say: '发往 {address} 的报文由 {component} 接收，其监听和后端服务器不在分析范围内',
    advice: '请在负载均衡控制台检查其监听和健康检查，并针对其中一台后端实例重新查询。',
  },
  'lb.echo-not-analysed': {
    say: '{address} 是 {component} 的地址，该地址是否响应 ICMP 回显请求由云厂商决定',
    advice: '请改为查询其某个监听的 TCP 或 UDP 端口。',
  },
  'service.unknown': {
    say: '{address} 是云服务地址（100.64.0.0/10），但不属于输入中的任何云服务',
    advice: '请将该服务及其地址段加入输入数据，或向 {address} 发起真实连接验证。',
  },
})
