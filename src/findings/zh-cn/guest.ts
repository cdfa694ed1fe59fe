import { sentences } from '../template.ts'

/** What happens inside an instance: its firewall, its sockets, its reverse path filter. */
export const guest = sentences({
  'guest.firewall.egress-deny': {
    say: '{component} 不允许从 {source} 到 {destination} 的 {service} 报文发出：被其系统防火墙的 {rule} 拦截',
    advice: '请以 root 身份在实例内放行，并通过管理这些规则的工具永久保存：{command}',
  },
  'guest.firewall.ingress-deny': {
    say: '{component} 不接收从 {source} 到 {destination} 的 {service} 报文：被其系统防火墙的 {rule} 拦截',
    advice: '请以 root 身份在实例内放行，并通过管理这些规则的工具永久保存：{command}',
  },
  'guest.firewall.forward-deny': {
    say: '{component} 不转发从 {source} 到 {destination} 的 {service} 报文：被其系统防火墙的 {rule} 拦截',
    advice: '请以 root 身份在实例内放行，并通过管理这些规则的工具永久保存：{command}',
  },
  'guest.firewall.undecided': {
    say: '无法得知 {component} 的系统防火墙是否放行从 {source} 到 {destination} 的 {service}：{rule} 取决于输入中没有的信息（{because}）',
    advice: '请发送一次这样的报文，并在实例内查看 {rule} 的计数是否增加：{command}',
  },
  'guest.firewall.translates': {
    say: '{component} 通过 {rule} 转换从 {source} 到 {destination} 的 {service} 的地址或端口，而 Hopwise 不分析实例内的地址转换',
    advice: '到 {component} 为止的路径已证明；请以转换后的地址和端口从该实例重新查询。',
  },
  'guest.firewall.unreadable': {
    say: '输入中 {component} 的系统防火墙规则无法解析（{problem}）',
    advice: '请原样放入以下任一命令的输出：{command}',
  },
  'guest.rp-filter': {
    say: '{component} 丢弃从 {source} 到 {destination} 的报文，因为其路由不经 {device} 返回 {source}（反向路径过滤）',
    advice:
      '请添加经 {device} 返回的策略路由，或以 root 身份在实例内放宽过滤：sysctl -w net.ipv4.conf.{device}.rp_filter=2',
  },
  'guest.martian-source': {
    say: '{component} 丢弃从 {source} 到 {destination} 的报文：{source} 是它自己的地址，从外部进入且以此为源地址的报文会被视为伪造',
    advice:
      '请避免 {component} 发出的报文又回到它自己：从相关路由或负载均衡后端中去掉它，或改由其他地址或实例访问。',
  },
  'guest.not-listening': {
    say: '{component} 中没有程序监听 {service}',
    advice: '请启动该服务，并以 root 身份在实例内确认监听：ss -lnp {service|listeners}',
  },
  'guest.listen-wrong-address': {
    say: '{component} 中监听 {service} 的程序绑定在 {listening}，不接受发往 {address} 的连接',
    advice:
      '请在其配置中将监听地址改为 {address} 或所有地址，重启后以 root 身份确认：ss -lnp {service|listeners}',
  },
})
