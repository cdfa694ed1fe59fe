import { expect, test } from 'vitest'
import { attribute, frame } from '../../src/lab/host/netlink-message.ts'
import { readReplies } from '../../src/lab/host/read-replies.ts'

/** `struct nlmsgerr` about message `number`, with the words of the kernel if it has some. */
function reply(number: number, errno: number, words?: string): Buffer {
  const error = Buffer.alloc(4)
  error.writeInt32LE(-errno)
  const about = Buffer.alloc(16)
  const said = words === undefined ? Buffer.alloc(0) : attribute(1, Buffer.from(`${words}\0`))
  return frame(
    {
      type: 2,
      flags: words === undefined ? 0x100 : 0x300,
      body: Buffer.concat([error, about, said]),
    },
    number,
  )
}

test('replies are read in their order, with the words of the kernel', () => {
  const bytes = Buffer.concat([reply(3, 17, 'Device is up already'), reply(4, 22), reply(5, 0)])
  expect(readReplies(bytes)).toEqual([
    { number: 3, errno: 17, words: 'Device is up already' },
    { number: 4, errno: 22 },
    { number: 5, errno: 0 },
  ])
})

test('a datagram that was cut off gives what is whole', () => {
  const bytes = Buffer.concat([reply(1, 0), reply(2, 22)])
  for (let length = 0; length < bytes.length; length++) {
    const replies = readReplies(bytes.subarray(0, length))
    expect(replies).toEqual(length < 36 ? [] : [{ number: 1, errno: 0 }])
  }
})
