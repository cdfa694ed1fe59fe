import { sentences } from '../template.ts'

/** Routes and next hops. */
export const route = sentences({
  'route.none': {
    say: '对于来自 {source} 的报文，{component} 没有到 {destination} 的路由',
    advice:
      '请在专有网络控制台打开 {component-id}，添加目标网段为 {destination|cidr} 的自定义路由，下一跳指向可达该网段的资源。',
  },
  'route.return.none': {
    say: '对于来自 {source} 的回包，{component} 没有到 {destination} 的回程路由',
    advice:
      '请在专有网络控制台打开 {component-id}，添加目标网段为 {destination|cidr} 的自定义回程路由。',
  },
  'route.inactive': {
    say: '{component} 中通往 {destination} 的 {rule} 未生效（{state}）',
    advice:
      '请等待路由状态变为 Available（可用），或修复其下一跳；查询两者：aliyun vpc DescribeRouteEntryList --RouteTableId {component-id}',
  },
  'route.blackhole': {
    say: '{component} 丢弃发往 {destination} 的报文：{rule} 是黑洞路由',
    advice: '请在专有网络控制台打开 {component-id}，将 {rule} 的下一跳改为有效资源，或删除该路由。',
  },
  'route.next-hop-unresolved': {
    say: '{component} 将发往 {destination} 的报文交给下一跳 {target}，而该专有网络中不存在此下一跳',
    advice: '请在专有网络控制台打开 {component-id}，修改 {rule} 的下一跳。',
  },
  'route.next-hop-down': {
    say: '{component} 将发往 {destination} 的报文交给下一跳 {target}，而该下一跳的状态为 {state}',
    advice: '请恢复 {target}，或在专有网络控制台打开 {component-id}，修改 {rule} 的下一跳。',
  },
  'route.loop': {
    say: '发往 {destination} 的报文形成路由环路：{cycle}',
    advice: '请在该环路经过的任一路由表中修改到 {destination} 的下一跳。',
  },
  'route.too-long': {
    say: '发往 {destination} 的报文经过 {limit} 跳仍未到达',
    advice: '请在路径中找到折返的下一跳，并修改对应的路由。',
  },
  'route.return.asymmetric': {
    say: '回包路径（{return}）与请求路径（{forward}）不同',
    advice: '如果任一路径上的防火墙或实例会记录连接状态，请让两个方向经过相同的下一跳。',
  },
  'route.ecmp-partial': {
    say: '{component} 的 {branches} 条等价路由分支中有 {failing} 条不通',
    advice: '请修复不通分支的下一跳，或将其从路由中移除。',
  },
})
