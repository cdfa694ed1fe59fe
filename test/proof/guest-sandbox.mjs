/**
 * Runs inside a network namespace of its own: loads rules, sends raw packets, and reads from the
 * kernel which rules saw them. One JSON request a line on stdin, one JSON answer a line on stdout.
 */

import koffi from 'koffi'
import { spawnSync } from 'node:child_process'
import { readlinkSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** @typedef {readonly [table: string, chain: string, handle: number, type: number, verdict: number]} Trace */
/** @typedef {{ readonly via: string, readonly hex: string, readonly to?: string }} Shot */

const libc = koffi.load('libc.so.6')
const socket = libc.func('int socket(int, int, int)')
const bind = libc.func('int bind(int, const void *, int)')
const setsockopt = libc.func('int setsockopt(int, int, int, const void *, int)')
const sendto = libc.func('long sendto(int, const void *, size_t, int, const void *, int)')
const recv = libc.func('long recv(int, _Out_ uint8_t *, size_t, int)')
const poll = libc.func('int poll(void *, unsigned long, int)')

const [, , outside] = process.argv

/** Nothing is ever sent from the machine's own namespace, or from one with a way to it. */
function assertInside() {
  const here = readlinkSync('/proc/thread-self/ns/net')
  if (!outside || here === outside) throw new Error('not in a network namespace of its own')
}

/** @param {number} result @param {string} what */
function checked(result, what) {
  if (result < 0) throw new Error(`${what} failed, errno ${koffi.errno()}`)
  return result
}

const AF = { inet: 2, inet6: 10, netlink: 16, packet: 17 }
const RAW = 3
const NETLINK_NETFILTER = 12
const NONBLOCK = 0o4000
const TRACE_GROUP = 9

function openTrace() {
  const fd = checked(socket(AF.netlink, RAW | NONBLOCK, NETLINK_NETFILTER), 'trace socket')
  const address = Buffer.alloc(12)
  address.writeUInt16LE(AF.netlink, 0)
  checked(bind(fd, address, address.length), 'bind trace')
  const group = Buffer.alloc(4)
  group.writeUInt32LE(TRACE_GROUP)
  checked(setsockopt(fd, 270, 1, group, 4), 'join trace group')
  const space = Buffer.alloc(4)
  space.writeUInt32LE(4 << 20)
  setsockopt(fd, 1, 33, space, 4)
  return fd
}

/** @param {number} index of the device */
function openFrames(index) {
  const fd = checked(socket(AF.packet, RAW, 0), 'packet socket')
  const address = Buffer.alloc(20)
  address.writeUInt16LE(AF.packet, 0)
  address.writeInt32LE(index, 4)
  checked(bind(fd, address, address.length), 'bind device')
  return fd
}

/** @type {Map<string, number>} */
const senders = new Map()

/** @param {Shot} shot */
function send({ via, hex, to }) {
  const bytes = Buffer.from(hex, 'hex')
  const fd = senders.get(via)
  if (fd === undefined) throw new Error(`no sender ${via}`)
  const address = to === undefined ? null : Buffer.from(to, 'hex')
  return sendto(fd, bytes, bytes.length, 0, address, address?.length ?? 0)
}

const room = Buffer.alloc(1 << 16)
const TRACE_MESSAGE = (10 << 8) | 17

/** @param {number} trace @param {Trace[]} found */
function drain(trace, found) {
  for (;;) {
    const length = Number(recv(trace, room, room.length, 0))
    if (length <= 0) return
    let at = 0
    while (at + 16 <= length) {
      const size = room.readUInt32LE(at)
      if (room.readUInt16LE(at + 4) === TRACE_MESSAGE) found.push(readTrace(at + 20, at + size))
      at += Math.max(16, (size + 3) & ~3)
    }
  }
}

/** @param {number} from @param {number} to @returns {Trace} */
function readTrace(from, to) {
  let [table, chain, handle, type, verdict, policy] = ['', '', 0, 0, 0, -1]
  for (const [kind, start, end] of attributes(from, to)) {
    if (kind === 1) table = room.toString('latin1', start, end - 1)
    if (kind === 2) chain = room.toString('latin1', start, end - 1)
    if (kind === 3) handle = Number(room.readBigUInt64BE(start))
    if (kind === 4) type = room.readUInt32BE(start)
    if (kind === 16) policy = room.readUInt32BE(start)
    if (kind === 5)
      for (const [inner, at] of attributes(start, end))
        if (inner === 1) verdict = room.readInt32BE(at)
  }
  return [table, chain, handle, type, type === 1 ? policy : verdict]
}

/** @param {number} from @param {number} to */
function* attributes(from, to) {
  let at = from
  while (at + 4 <= to) {
    const size = room.readUInt16LE(at)
    yield /** @type {const} */ ([room.readUInt16LE(at + 2) & 0x3fff, at + 4, at + size])
    at += Math.max(4, (size + 3) & ~3)
  }
}

/** A packet has ended where a rule or policy drops it, or in a last chain of table guard. */
const isEnd = (/** @type {Trace} */ [table, chain, , type, verdict]) =>
  table === 'guard' ? chain.startsWith('end') : verdict === 0 && (type === 1 || type === 3)

const PATIENCE = { polls: 10, milliseconds: 10 }

/** @param {number} trace @param {Shot} shot */
function shoot(trace, shot) {
  /** @type {Trace[]} */
  const found = []
  drain(trace, found)
  found.length = 0
  const sent = Number(send(shot))
  const waiting = Buffer.alloc(8)
  waiting.writeInt32LE(trace, 0)
  waiting.writeInt16LE(1, 4)
  for (let i = 0; i < PATIENCE.polls; i++) {
    drain(trace, found)
    if (sent < 0 || found.some(isEnd)) break
    poll(waiting, 1, PATIENCE.milliseconds)
  }
  return { sent, traces: found }
}

/** @param {{ argv: string[], input?: string }} request */
function run({ argv: [program, ...args], input }) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input: input ?? '',
    encoding: 'utf8',
    timeout: 20_000,
    maxBuffer: 64 << 20,
  })
  return { status, stdout, stderr: error ? String(error) : stderr }
}

assertInside()
const trace = openTrace()

/** @type {Record<string, (request: any) => unknown>} */
const answers = {
  run,
  open({ devices }) {
    senders.set('raw4', checked(socket(AF.inet, RAW, 255), 'raw socket'))
    senders.set('raw6', checked(socket(AF.inet6, RAW, 255), 'raw socket'))
    for (const [name, index] of devices) senders.set(name, openFrames(index))
    return {}
  },
  shoot({ shots }) {
    assertInside()
    return shots.map((/** @type {Shot} */ shot) => shoot(trace, shot))
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  let answer
  try {
    answer = { ok: answers[request.do](request) }
  } catch (error) {
    answer = { error: String(error) }
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
