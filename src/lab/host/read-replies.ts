import { HEADER_SIZE } from './netlink-message.ts'
import { REPLY } from './netlink-numbers.ts'

/** What the kernel says to a message: `errno` 0 where it was carried out. */
export interface Reply {
  readonly number: number
  readonly errno: number
  /** Its own words on an error, if it has any. */
  readonly words?: string
}

/** Reads `struct nlmsgerr` out of one datagram; other messages say nothing here. */
export function readReplies(bytes: Buffer): readonly Reply[] {
  const replies: Reply[] = []
  for (let at = 0; at + HEADER_SIZE + 4 <= bytes.length;) {
    const size = bytes.readUInt32LE(at)
    if (size < HEADER_SIZE || at + size > bytes.length) break
    if (bytes.readUInt16LE(at + 4) === REPLY.error) {
      replies.push(readReply(bytes.subarray(at, at + size)))
    }
    at += (size + 3) & ~3
  }
  return replies
}

function readReply(message: Buffer): Reply {
  const number = message.readUInt32LE(8)
  const errno = Math.abs(message.readInt32LE(HEADER_SIZE))
  const flags = message.readUInt16LE(6)
  const isExplained = (flags & REPLY.explained) !== 0 && (flags & REPLY.capped) !== 0
  const words = isExplained ? readWords(message.subarray(2 * HEADER_SIZE + 4)) : undefined
  return { number, errno, ...(words === undefined ? {} : { words }) }
}

/** The attributes of an error stand behind it and the header of the message it is about. */
function readWords(bytes: Buffer): string | undefined {
  for (let at = 0; at + 4 <= bytes.length;) {
    const size = bytes.readUInt16LE(at)
    if (size < 4) return undefined
    if (bytes.readUInt16LE(at + 2) === REPLY.words) {
      return bytes.toString('utf8', at + 4, at + size - 1)
    }
    at += (size + 3) & ~3
  }
  return undefined
}
