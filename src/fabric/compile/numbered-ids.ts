import type { Home } from '#model'
import type { IdTable } from '../id-table.ts'

/**
 * Numbers of resources by id: the position of those that are listed, and numbers behind the last
 * position for those that are only referred to. So two references to one unread thing are equal.
 */
export class NumberedIds {
  private readonly table: IdTable
  private readonly first: number
  private readonly unread = new Map<string, number>()

  constructor(table: IdTable, listed: number) {
    this.table = table
    this.first = listed
  }

  /** A number of its own even for what is not listed. */
  number(id: string, near: Home): number {
    const known = this.find(id, near)
    if (known >= 0) return known
    const fresh = this.first + this.unread.size
    this.unread.set(id, fresh)
    return fresh
  }

  /** The number, or -1 where nothing of that id was listed or numbered. */
  find(id: string, near: Home): number {
    const listed = this.table.find(id, near)
    return listed >= 0 ? listed : (this.unread.get(id) ?? -1)
  }

  /** Listed or not. */
  get count(): number {
    return this.first + this.unread.size
  }

  /** Ids of those that are not listed, in the order of their numbers. */
  get unreadIds(): readonly string[] {
    return [...this.unread.keys()]
  }
}
