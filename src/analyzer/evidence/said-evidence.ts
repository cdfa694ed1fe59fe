import type { Fabric } from '#fabric'
import type { Component, Stage } from '#model'
import { keep, named } from './keep.ts'
import type { RuleEvidence } from './rule-evidence.ts'

/** What a component says again and again in the same words: one object for all answers. */
export interface SaidEvidence {
  /** A group's rule that lets a packet pass. */
  readonly groupAdmits: (entry: number, egress: boolean) => Stage
  /** A group that knows the connection of a reply. */
  readonly groupKnows: (group: number, egress: boolean) => Stage
  /** A group without a rule for the packet, where that lets it pass. */
  readonly groupDefault: (group: number, egress: boolean) => Stage
  /** A route of a listed table that takes the packet on; undefined for an implied one. */
  readonly routeFollowed: (route: number) => Stage | undefined
  /** A link that carries packets. */
  readonly linkCarries: (link: number) => Stage
}

const shared = new WeakSet<Stage>()

/** Whether a stage was made here: many answers share it. */
export const isKept = (stage: Stage): boolean => shared.has(stage)

function share(stage: Stage): Stage {
  shared.add(stage)
  return stage
}

/** What these stages are put together of. */
interface Sources extends Pick<RuleEvidence, 'groupRule' | 'route'> {
  readonly group: (group: number) => Component
  readonly link: (link: number) => Component
}

export function saidEvidence({ network, routes }: Fabric, show: Sources): SaidEvidence {
  const admits = keep((key) => {
    const { group, rule } = show.groupRule(key >> 1)
    return groupStage(key, show.group(group), 'admit', rule)
  })
  const knows = keep((key) => groupStage(key, show.group(key >> 1), 'exempt', 'session'))
  const defaults = keep((key) => groupStage(key, show.group(key >> 1), 'admit', 'default'))
  const followed = keep((route): { readonly stage?: Stage } => {
    const table = network.routeTable?.[routes.table[route]]
    if (!table || routes.impliedText.has(route)) return {}
    const component = named('routeTable', table)
    const stage: Stage = {
      stage: 'route',
      component,
      decision: 'continue',
      rule: show.route(route),
    }
    return { stage: share(stage) }
  })
  return {
    groupAdmits: (entry, egress) => admits(keyOf(entry, egress)),
    groupKnows: (group, egress) => knows(keyOf(group, egress)),
    groupDefault: (group, egress) => defaults(keyOf(group, egress)),
    routeFollowed: (route) => followed(route).stage,
    linkCarries: keep((link) =>
      share({ stage: 'gateway', component: show.link(link), decision: 'continue' }),
    ),
  }
}

const keyOf = (number: number, egress: boolean): number => (number << 1) | (egress ? 1 : 0)

const groupStage = (
  key: number,
  component: Component,
  decision: Stage['decision'],
  rule: string,
): Stage => share({ stage: key & 1 ? 'group.egress' : 'group.ingress', component, decision, rule })
