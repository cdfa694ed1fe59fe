import { sentences } from '../template.ts'

/** The question, the input, and what a verdict takes for granted. */
export const question = sentences({
  'query.same-endpoint': {
    say: '{component} 既是源又是目的',
    advice: '请选择两个不同的端点后重新查询。',
  },
  'query.non-routable-address': {
    say: '{address} 是环回、链路本地、组播或保留地址，没有路由通向该地址',
    advice: '请改用实例或弹性网卡的单播地址进行查询。',
  },
  'query.no-common-ip-version': {
    say: '{source} 与 {destination} 没有共同的 IP 版本',
    advice: '请为仅有 IPv4 地址的一端分配 IPv6 地址，或改用同一 IP 版本的两个地址进行查询。',
  },
  'query.unsupported-feature': {
    say: '{component} 依赖 {feature}，Hopwise 尚不分析该功能',
    advice: '到 {component} 为止的路径已经得到证明，其余部分请发起真实连接验证。',
  },
  'query.input-missing': {
    say: '无法判断 {component}：{missing} 的信息未完整读取',
    advice: '请将以下调用的输出加入输入数据后重新查询：{call}',
  },
  'query.branches-cut': {
    say: '仅分析了 {walked} 条分支，上限为 {limit} 条',
    advice: '请将查询缩小到一个源地址、一个目的地址和一个端口。',
  },
  'query.parts-untold': {
    say: '该查询分为 {parts} 个部分，此处完整说明其中 {explained} 个',
    advice: '如需查看其余部分，请缩小到一种协议或更少的端口后重新查询。',
  },
  'assume.guest-accepts': {
    say: '{component} 接受 {service}：其系统防火墙放行，且有程序应答',
    advice: '如需确认，请在系统内查看监听端口和防火墙规则：ss -lntu; nft list ruleset',
  },
  'assume.guest-policy-routing': {
    say: '{component} 从拥有 {source} 的弹性网卡发出以该地址为源的报文',
    advice: '如需确认，请在系统内查看策略路由和路由：ip rule; ip route show table all',
  },
  'assume.acl-same-subnet': {
    say: '交换机 {subnet} 内弹性网卡之间的流量不经过网络ACL',
    advice: '如需确认，请在 {subnet} 内的两台实例之间发起一次连接。',
  },
  'assume.outside-answers': {
    say: '公网主机 {address} 接受报文并应答',
    advice: '如需确认，请从云外的网络发起相同的连接。',
  },
  'assume.service-answers': {
    say: '{address} 上的云服务运行正常，且其白名单允许该源地址',
    advice: '如需确认，请在该服务的控制台查看运行状态和 IP 白名单。',
  },
  'assume.guest-classic-route': {
    say: '{component} 有经内网网卡到 {destination} 的路由',
    advice: '如需确认，请在系统内执行：ip route get {destination}',
  },
  'assume.ephemeral-ports': {
    say: '客户端的源端口取自 {ports}',
    advice: '如果客户端使用其他端口，请指定该源端口后重新查询。',
  },
})
