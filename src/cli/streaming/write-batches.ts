import type { Output } from '../shell.ts'

/** Collects lines, so that a million of them are some thousand writes. */
export interface BatchWriter {
  readonly add: (text: string) => void
  /** True when enough has been added to write it. */
  readonly isFull: () => boolean
  /** Writes what was added and waits until more may come; false when nobody reads any more. */
  readonly flush: () => Promise<boolean>
}

const fullAt = 128 * 1024

export function openBatchWriter(output: Output): BatchWriter {
  let batch = ''
  return {
    add(text) {
      batch += text
    },
    isFull: () => batch.length >= fullAt,
    async flush() {
      if (batch !== '' && !output.write(batch)) await output.drained()
      batch = ''
      return !output.closed()
    },
  }
}
