import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'

/**
 * All bytes of a file, whose `size` is a guess: it may grow meanwhile, and the system's own files
 * say 0. Undefined when there are more than `allowance`.
 * @throws what the operating system says
 */
export async function readBytes(
  path: string,
  size: number,
  allowance: number,
): Promise<Buffer | undefined> {
  const file = await open(path, 'r')
  try {
    // One more than is expected: the read that finds nothing more proves that all was read.
    let buffer: Buffer = Buffer.allocUnsafe(size + 1)
    let filled = 0
    for (;;) {
      const bytesRead = await readInto(file, buffer, filled)
      if (bytesRead === 0) return buffer.subarray(0, filled)
      filled += bytesRead
      if (filled > allowance) return undefined
      if (filled === buffer.length) buffer = grown(buffer)
    }
  } finally {
    await file.close()
  }
}

async function readInto(file: FileHandle, buffer: Buffer, filled: number): Promise<number> {
  const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, null)
  return bytesRead
}

function grown(buffer: Buffer): Buffer {
  const larger = Buffer.allocUnsafe(buffer.length * 2 + 65_536)
  buffer.copy(larger)
  return larger
}
