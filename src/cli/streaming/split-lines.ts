import { isUtf8 } from 'node:buffer'

/** The longest line that is read, in bytes. A question needs less than a thousandth of it. */
export const longestLine = 1_000_000

/** Why a line is no text. */
export type LineFault = { readonly fault: 'too-long' | 'not-utf8' }

/** A line without its newline, or why it cannot be read. */
export type Line = string | LineFault

/** Cuts a stream of bytes into lines; holds back at most one line, and never more than `longest`. */
export interface LineSplitter {
  /** The lines that are complete with these bytes. */
  readonly push: (chunk: Buffer) => readonly Line[]
  /** What is left when the stream has ended: one line or none. */
  readonly end: () => readonly Line[]
}

export function openLineSplitter(longest = longestLine): LineSplitter {
  const held: Buffer[] = []
  let heldBytes = 0
  /** Inside a line that was too long: bytes are dropped until it ends. */
  let dropping = false
  let first = true

  function hold(rest: Buffer): void {
    if (dropping || rest.length === 0) return
    // A copy: the chunk it is a part of would otherwise stay in memory.
    held.push(Buffer.from(rest))
    heldBytes += rest.length
    if (heldBytes > longest) drop()
  }

  function drop(): void {
    dropping = true
    held.length = 0
    heldBytes = 0
  }

  function release(upTo: Buffer): Buffer {
    if (held.length === 0) return upTo
    const whole = Buffer.concat([...held, upTo])
    held.length = 0
    heldBytes = 0
    return whole
  }

  function decode(block: Buffer): readonly Line[] {
    const start = first && block.subarray(0, 3).equals(byteOrderMark) ? 3 : 0
    first = false
    return decodeBlock(block.subarray(start), longest)
  }

  return {
    push(chunk) {
      const end = chunk.lastIndexOf(newline)
      if (end < 0) {
        hold(chunk)
        return []
      }
      const begin = dropping ? chunk.indexOf(newline) + 1 : 0
      const lost: readonly Line[] = dropping ? [{ fault: 'too-long' }] : []
      dropping = false
      const complete = begin <= end ? decode(release(chunk.subarray(begin, end))) : []
      hold(chunk.subarray(end + 1))
      return [...lost, ...complete]
    },
    end() {
      if (dropping) return [{ fault: 'too-long' }]
      const rest = release(Buffer.alloc(0))
      return rest.length === 0 ? [] : decode(rest)
    },
  }
}

const newline = 0x0a
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

/** Lines of a block that ends where a line ends; the newline itself is not part of it. */
function decodeBlock(block: Buffer, longest: number): readonly Line[] {
  if (block.length <= longest && isUtf8(block)) return block.toString('utf8').split('\n')
  const lines: Line[] = []
  let start = 0
  while (start <= block.length) {
    const found = block.indexOf(newline, start)
    const end = found < 0 ? block.length : found
    lines.push(decodeLine(block.subarray(start, end), longest))
    start = end + 1
  }
  return lines
}

function decodeLine(line: Buffer, longest: number): Line {
  if (line.length > longest) return { fault: 'too-long' }
  return isUtf8(line) ? line.toString('utf8') : { fault: 'not-utf8' }
}
