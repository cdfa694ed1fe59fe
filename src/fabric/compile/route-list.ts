import type { Routes } from '../ways.ts'

/** A next hop as integers: one of `HOP` and what it points at. */
export interface Hop {
  readonly kind: number
  readonly target: number
}

/** Numbers routes as they are added; shared by every table. */
export class RouteList {
  private readonly table: number[] = []
  private readonly entry: number[] = []
  private readonly hopOffsets: number[] = [0]
  private readonly hopKind: number[] = []
  private readonly hopTarget: number[] = []
  private readonly impliedText = new Map<number, string>()

  /** A route of a table of the network; no hop at all means that none is in service. `text` names one that has no entry. */
  add(table: number, entry: number, hops: readonly Hop[], text?: string): number {
    this.table.push(table)
    this.entry.push(entry)
    for (const { kind, target } of hops) {
      this.hopKind.push(kind)
      this.hopTarget.push(target)
    }
    this.hopOffsets.push(this.hopKind.length)
    const route = this.table.length - 1
    if (text !== undefined) this.impliedText.set(route, text)
    return route
  }

  /** A route that the provider implies. */
  imply(text: string, hop: Hop): number {
    return this.add(-1, -1, [hop], text)
  }

  columns(): Routes {
    return {
      table: Int32Array.from(this.table),
      entry: Int32Array.from(this.entry),
      hopOffsets: Int32Array.from(this.hopOffsets),
      hopKind: Uint8Array.from(this.hopKind),
      hopTarget: Int32Array.from(this.hopTarget),
      impliedText: this.impliedText,
    }
  }
}
