import { closeSync, openSync, statSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { Ground } from '../../src/lab/wire/ground.ts'
import type { Libc } from '../../src/lab/wire/libc.ts'

// Guards against what the kernel does not do to us; the namespaces are this process's own files.
const folder = '/proc/self/ns'
const isHere = process.platform === 'linux'
const inodeOf = (name: string) => statSync(`${folder}/${name}`, { bigint: true }).ino

/** System calls that claim success and do nothing, but for those that a test gives. */
function claiming(calls: Partial<Libc>): Libc {
  const done = () => 0
  return {
    setns: done,
    prctl: done,
    socket: () => SOCKET,
    bind: done,
    connect: done,
    listen: done,
    accept4: done,
    getsockname: done,
    getsockopt: done,
    setsockopt: done,
    send: done,
    recv: done,
    sendmsg: done,
    recvmsg: done,
    ioctl: () => -1,
    epoll_create1: done,
    epoll_ctl: done,
    epoll_wait: done,
    close: done,
    allocate: (size) => ({ pointer: 0n, bytes: Buffer.alloc(size) }),
    ...calls,
  }
}

/** A number that no descriptor of a test has. */
const SOCKET = 987_654

function groundWith(calls: Partial<Libc>, machineInode = 1n): Ground {
  const ground = new Ground(claiming(calls), folder, machineInode)
  onTestFinished(() => ground.close())
  return ground
}

/** What SIOCGSKNS gives: a descriptor of a namespace, which the ground closes. */
function namespaceOf(name: string): Partial<Libc> {
  return {
    ioctl: () => openSync(`${folder}/${name}`, 'r'),
    close: (fd) => {
      if (fd !== SOCKET) closeSync(fd)
      return 0
    },
  }
}

const open = (ground: Ground, namespace: string, inode: bigint) =>
  ground.open({ namespace, inode }, 2, 1, 0)

test.runIf(isHere)('a socket of the right namespace is handed out (on Linux)', () => {
  const ground = groundWith(namespaceOf('net'))
  expect(open(ground, 'net', inodeOf('net'))).toEqual({ kind: 'open', fd: SOCKET })
})

test.runIf(isHere)('a thread that did not move opens no socket (on Linux)', () => {
  let sockets = 0
  const ground = groundWith({ ...namespaceOf('net'), socket: () => ++sockets })
  expect(open(ground, 'mnt', inodeOf('mnt'))).toMatchObject({
    kind: 'closed',
    why: expect.stringContaining('the thread is in net:['),
  })
  expect(sockets).toBe(0)
})

test.runIf(isHere)('a socket of another namespace is closed and not handed out (on Linux)', () => {
  const closed: number[] = []
  const ground = groundWith({
    ...namespaceOf('mnt'),
    close: (fd) => {
      closed.push(fd)
      if (fd !== SOCKET) closeSync(fd)
      return 0
    },
  })
  expect(open(ground, 'net', inodeOf('net'))).toMatchObject({
    kind: 'closed',
    why: `the socket’s namespace is ${inodeOf('mnt')}, not ${inodeOf('net')}`,
  })
  expect(closed).toContain(SOCKET)
})

test.runIf(isHere)('a socket that does not tell its namespace is not handed out (on Linux)', () => {
  const ground = groundWith({})
  expect(open(ground, 'net', inodeOf('net'))).toMatchObject({ kind: 'closed' })
})

test.runIf(isHere)(
  'the machine’s own namespace is not entered, whatever its name (on Linux)',
  () => {
    let moves = 0
    const inode = inodeOf('net')
    const ground = groundWith({ setns: () => ++moves, ...namespaceOf('net') }, inode)
    expect(open(ground, 'net', inode)).toEqual({
      kind: 'closed',
      why: 'this is the machine’s own network namespace',
    })
    expect(moves).toBe(0)
  },
)

test.runIf(isHere).for(['', '.', '..', '../ns/net', '/proc/1/ns/net', 'a/b', 'a\0b'])(
  'the name %j is none of a namespace (on Linux)',
  (name) => {
    const ground = groundWith(namespaceOf('net'))
    expect(open(ground, name, inodeOf('net'))).toMatchObject({
      kind: 'closed',
      why: expect.stringContaining('names no namespace'),
    })
  },
)

test.runIf(isHere)('a namespace that was made again under its name is refused (on Linux)', () => {
  const ground = groundWith(namespaceOf('net'))
  expect(open(ground, 'net', 7n)).toEqual({
    kind: 'closed',
    why: `namespace net has inode ${inodeOf('net')}, not 7`,
  })
})
