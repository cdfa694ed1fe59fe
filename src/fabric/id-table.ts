import type { Home, Resource } from '#model'

/**
 * Position of each resource in its array, by id: open addressing over one Int32Array, 8 to 16
 * bytes an entry where a Map takes some 50. Ids are unique in practice; the file format allows the
 * same id in two homes, so an equal id is looked for beside the resource that refers to it.
 */
export class IdTable {
  private readonly resources: readonly Resource[]
  private readonly slots: Int32Array
  private readonly mask: number

  constructor(resources: readonly Resource[]) {
    this.resources = resources
    const capacity = 2 ** Math.ceil(Math.log2(resources.length * 2 + 1))
    this.slots = new Int32Array(capacity).fill(-1)
    this.mask = capacity - 1
    resources.forEach(({ id }, position) => this.put(id, position))
  }

  /** Position, or -1. Of several with that id: the one in the same home, else none. */
  find(id: string | undefined, near: Home): number {
    if (id === undefined) return -1
    let found = -1
    let others = 0
    for (let slot = hash(id) & this.mask; this.slots[slot] >= 0; slot = (slot + 1) & this.mask) {
      const resource = this.resources[this.slots[slot]]
      if (resource.id !== id) continue
      if (sameHome(resource, near)) return this.slots[slot]
      found = this.slots[slot]
      others++
    }
    return others === 1 ? found : -1
  }

  private put(id: string, position: number): void {
    let slot = hash(id) & this.mask
    while (this.slots[slot] >= 0) slot = (slot + 1) & this.mask
    this.slots[slot] = position
  }
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193)
  return sum ^ (sum >>> 15)
}

const sameHome = (a: Home, b: Home): boolean =>
  a.region === b.region && a.account === b.account && a.provider === b.provider
