/**
 * Numbers pairs of whole numbers in the order in which they come: equal pairs have one number, and
 * other pairs another. Chained, it numbers tuples of any length. Open addressing over flat arrays;
 * a hash only says where to look, the pair itself is compared.
 */
export class PairNumbers {
  private slots: Int32Array
  private firsts: Int32Array
  private seconds: Int32Array
  private used = 0

  constructor(expected = 256) {
    const size = 1 << Math.ceil(Math.log2(Math.max(16, expected * 2)))
    this.slots = new Int32Array(size).fill(-1)
    this.firsts = new Int32Array(size >> 1)
    this.seconds = new Int32Array(size >> 1)
  }

  /** How many pairs were numbered. */
  get count(): number {
    return this.used
  }

  number(first: number, second: number): number {
    const mask = this.slots.length - 1
    let at = spread(first, second) & mask
    for (let found = this.slots[at]; found >= 0; found = this.slots[at]) {
      if (this.firsts[found] === first && this.seconds[found] === second) return found
      at = (at + 1) & mask
    }
    if (this.used === this.firsts.length) {
      this.grow()
      return this.number(first, second)
    }
    this.firsts[this.used] = first
    this.seconds[this.used] = second
    this.slots[at] = this.used
    return this.used++
  }

  /** Half of the slots stay free, so that searches are short. */
  private grow(): void {
    const size = this.slots.length * 2
    this.slots = new Int32Array(size).fill(-1)
    this.firsts = longer(this.firsts)
    this.seconds = longer(this.seconds)
    for (let pair = 0; pair < this.used; pair++) {
      let at = spread(this.firsts[pair], this.seconds[pair]) & (size - 1)
      while (this.slots[at] >= 0) at = (at + 1) & (size - 1)
      this.slots[at] = pair
    }
  }
}

function longer(column: Int32Array): Int32Array {
  const grown = new Int32Array(column.length * 2)
  grown.set(column)
  return grown
}

/** Mixes both numbers over all bits (the finaliser of MurmurHash3). */
function spread(first: number, second: number): number {
  let mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
