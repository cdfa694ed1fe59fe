import type { Resource } from '#model'

/**
 * Position of each resource in its array, by id. Ids are unique in practice; the file format
 * allows the same id in two accounts, so those get a second table by full key.
 */
export class IdTable {
  private readonly byId = new Map<string, number>()
  private readonly byKey = new Map<string, number>()

  constructor(resources: readonly Resource[]) {
    resources.forEach((resource, position) => {
      const earlier = this.byId.get(resource.id)
      if (earlier === undefined) return void this.byId.set(resource.id, position)
      const first = earlier >= 0 ? resources[earlier] : undefined
      if (first) this.byKey.set(keyOf(first, first.id), earlier)
      this.byId.set(resource.id, ambiguous)
      this.byKey.set(keyOf(resource, resource.id), position)
    })
  }

  /** Position, or -1. A repeated id is looked up beside the resource that refers to it. */
  find(id: string, near: Pick<Resource, 'provider' | 'account' | 'region'>): number {
    const position = this.byId.get(id) ?? -1
    return position === ambiguous ? (this.byKey.get(keyOf(near, id)) ?? -1) : position
  }
}

const ambiguous = -2

const keyOf = (near: Pick<Resource, 'provider' | 'account' | 'region'>, id: string): string =>
  `${near.provider}/${near.account}/${near.region}/${id}`
