import type { Boundary, Network, Resource } from '#model'

import { compareText } from '../compare-text.ts'

const boundaryKinds = ['transitRouter', 'vpnGateway', 'line', 'loadBalancer', 'endpoint'] as const
type BoundaryKind = (typeof boundaryKinds)[number]

/**
 * Components that routes and elastic addresses name and whose inside is not analysed. No call about
 * them is read; that something points at them is all that is known, and all that is needed.
 */
export function readBoundaries(
  resources: Pick<Network, 'routeTable' | 'publicAddress'>,
): Pick<Network, BoundaryKind> {
  const named = [...namedByRoutes(resources), ...namedByAddresses(resources)]
  const lists = boundaryKinds.map((kind) => {
    const ofKind = new Map<string, Boundary>()
    for (const { kind: its, id, by } of named) {
      if (its !== kind || ofKind.has(id)) continue
      ofKind.set(id, { provider: 'alibaba', account: by.account, region: by.region, id })
    }
    return [kind, [...ofKind.values()].toSorted((a, b) => compareText(a.id, b.id))] as const
  })
  return Object.fromEntries(lists)
}

interface Named {
  readonly kind: string
  readonly id: string
  readonly by: Resource
}

function namedByRoutes({ routeTable = [] }: Pick<Network, 'routeTable'>): readonly Named[] {
  return routeTable.flatMap((by) =>
    by.routes.flatMap(({ nextHops }) =>
      nextHops.flatMap(({ target }) =>
        'id' in target ? [{ kind: target.kind, id: target.id, by }] : [],
      ),
    ),
  )
}

function namedByAddresses({ publicAddress = [] }: Pick<Network, 'publicAddress'>): Named[] {
  return publicAddress.flatMap((by) =>
    by.boundTo ? [{ kind: by.boundTo.kind, id: by.boundTo.id, by }] : [],
  )
}
