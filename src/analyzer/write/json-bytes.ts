/* oxlint-disable max-lines-per-function -- its functions share one buffer, and V8 inlines them (decision 0006) */

/** JSON under way, as bytes. Text that is written often is kept and copied word by word. */
export interface JsonBytes {
  /** Begins a new text; the last one is gone. */
  readonly begin: () => void
  /** Keeps a text that is JSON already, for good; returns its number. */
  readonly keep: (json: string) => number
  /** Writes a kept text. */
  readonly copy: (kept: number) => void
  /** Writes a text that is JSON already. */
  readonly json: (json: string) => void
  /** Writes a text as a JSON string. */
  readonly quoted: (text: string) => void
  /** Writes a small whole number. */
  readonly number: (value: number) => void
  /** Writes a comma. */
  readonly comma: () => void
  /** What was written since `begin`. */
  readonly text: () => string
  /** The same in UTF-8; the next text overwrites it. */
  readonly bytes: () => Uint8Array
}

const firstBytes = 65_536
const firstWords = 16_384

const little = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/**
 * A string that is put together of pieces costs more to flatten than it takes to write them as
 * bytes: 2.6 against 0.7 µs for the 35 pieces of an answer's hops (docs/decisions/0012).
 */
export function createJsonBytes(): JsonBytes {
  let bytes = Buffer.allocUnsafeSlow(firstBytes)
  let view = viewOf(bytes)
  let at = 0
  let words = new Int32Array(firstWords)
  let used = 0
  /** Whether everything written is ASCII, which is the fastest to read. */
  let isAscii = true
  const starts: number[] = []
  const lengths: number[] = []
  const plain: boolean[] = []

  /** Makes room for so many bytes, and for what a copy of whole words writes too much. */
  function reserve(more: number): void {
    if (at + more + 4 <= bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes.length * 2, at + more + 4))
    bytes.copy(larger, 0, 0, at)
    bytes = larger
    view = viewOf(bytes)
  }

  function keep(json: string): number {
    const length = Buffer.byteLength(json)
    const needed = (length + 3) >> 2
    if (used + needed > words.length) {
      const larger = new Int32Array(Math.max(words.length * 2, used + needed))
      larger.set(words)
      words = larger
    }
    Buffer.from(words.buffer, used << 2, needed << 2).write(json)
    starts.push(used)
    lengths.push(length)
    plain.push(length === json.length)
    used += needed
    return starts.length - 1
  }

  function copy(kept: number): void {
    const length = lengths[kept]
    reserve(length)
    // Held in locals: what several functions share is read from memory each time.
    const from = words
    const to = view
    let word = starts[kept]
    const end = at + length
    for (let place = at; place < end; place += 4) to.setInt32(place, from[word++], little)
    at = end
    if (!plain[kept]) isAscii = false
  }

  function json(text: string): void {
    reserve(text.length * 3)
    const written = bytes.write(text, at)
    at += written
    if (written !== text.length) isAscii = false
  }

  /** Plain characters one by one; the first that JSON escapes, or half of one, leaves it to JSON. */
  function quoted(text: string): void {
    const { length } = text
    reserve(length * 3 + 2)
    const to = bytes
    let place = at
    to[place++] = quote
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code < 0x80) {
        if (code < 0x20 || code === quote || code === backslash) return escaped(text)
        to[place++] = code
        continue
      }
      if (code >= 0xd800 && code < 0xe000) return escaped(text)
      isAscii = false
      if (code < 0x800) {
        to[place++] = 0xc0 | (code >> 6)
      } else {
        to[place++] = 0xe0 | (code >> 12)
        to[place++] = 0x80 | ((code >> 6) & 0x3f)
      }
      to[place++] = 0x80 | (code & 0x3f)
    }
    to[place++] = quote
    at = place
  }

  const escaped = (text: string): void => json(JSON.stringify(text))

  /** Digits of what a port or a position can be; anything else is left to JSON. */
  function number(value: number): void {
    if (!(value >= 0 && value < 100_000 && Number.isInteger(value))) return json(String(value))
    reserve(5)
    let unit = 1
    while (unit * 10 <= value) unit *= 10
    for (let rest = value; unit >= 1; unit /= 10) {
      const digit = Math.trunc(rest / unit)
      bytes[at++] = zero + digit
      rest -= digit * unit
    }
  }

  return {
    begin: () => {
      at = 0
      isAscii = true
    },
    keep,
    copy,
    json,
    quoted,
    number,
    comma: () => {
      reserve(1)
      bytes[at++] = comma
    },
    text: () => bytes.toString(isAscii ? 'latin1' : 'utf8', 0, at),
    bytes: () => bytes.subarray(0, at),
  }
}

const zero = 0x30
const quote = 0x22
const backslash = 0x5c
const comma = 0x2c

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength)
