import { type Component, type Home, type OnePeer, peersIn, type StageName } from '#model'
import { homeOf, unlinkedId } from './places.ts'
import { describing, leaveOpen, note, report, reportLacking, reportMissing } from './record.ts'
import type { Run } from './run.ts'

/** A rule may match, but the list or the member that it names was not read. */
export function noteUnreadPeer(run: Run, port: number, stage: StageName): void {
  const entry = run.judge.openEntry()
  const { group, rule } = run.show.groupRule(Math.max(entry, 0))
  const item = run.fabric.network.securityGroup?.[group]
  const named = item?.rules.find(({ id }) => id === rule)
  const peers = named ? [...peersIn(named.peer), ...(named.own ?? [])] : []
  const list = peers.find((one) => one.kind === 'prefixList' && isUnreadList(run, item, one))
  if (item && entry >= 0 && !list && peers.some(({ kind }) => kind === 'serviceTag'))
    return noteUnreadTag(run, stage, run.show.group(group), rule)
  if (entry < 0 || !item || list?.kind !== 'prefixList') return noteUnreadMember(run, port, stage)
  const component = run.show.group(group)
  const found = reportMissing(run, 'prefixList', item, component, list.prefixListId)
  note(run, stage, component, 'unknown', rule, found)
}

/** What the network around a rule is was not read: a peer, a gateway, what that knows, a table. */
function noteUnreadTag(run: Run, stage: StageName, component: Component, rule: string): void {
  const kinds: readonly string[] = ['peering', 'vpnGateway', 'line', 'routeTable']
  const gap = run.fabric.network.gaps?.find(({ kind }) => kinds.includes(kind))
  const found = report(run, 'query.input-missing', component, {
    missing: gap?.id === undefined ? (gap?.kind ?? 'line') : `${gap.kind} ${gap.id}`,
    call: gap?.call ?? describing('what the gateway of the network has learned'),
  })
  note(run, stage, component, 'unknown', rule, found)
}

function isUnreadList(
  { index }: Run,
  near: Home | undefined,
  peer: OnePeer & { readonly kind: 'prefixList' },
): boolean {
  const list = near && index.get('prefixList', peer.prefixListId, near)
  return typeof list !== 'object' || index.isDoubted('prefixList', list)
}

/** Whether the far end is a member of a group was not read. */
function noteUnreadMember(run: Run, port: number, stage: StageName): void {
  const { ports, domains, instances } = run.fabric
  const domain = ports.domain[port]
  const component = run.show.domain(domain)
  const near = homeOf(run, port)
  const linkUnread = domain >= domains.vpcs && instances.linkUnread[ports.instance[port]] === 1
  const classic = run.fabric.network.instance?.[ports.instance[port]]?.id
  const found =
    linkUnread || !domains.ownersUnread[domain]
      ? reportMissing(
          run,
          'classicLink',
          near,
          component,
          linkUnread ? classic : unlinkedId(run, port),
        )
      : reportLacking(run, 'networkInterface', near, component)
  leaveOpen(run, stage, component, found)
}
