import { closeSync, constants, openSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import type { Libc } from '../wire/libc.ts'
import { nameErrno } from '../wire/errno-name.ts'
import { CLONE_NEWNET, FAMILY, SOCKET } from '../wire/socket-numbers.ts'
import { RouteSocket } from './route-socket.ts'
import { run, type Ran, type Tool } from './run-tool.ts'

/** Where `ip netns add` puts the names. */
export const NAMESPACE_FOLDER = '/run/netns'

/** Does things inside a namespace of this lab. */
export interface Entrance {
  /** Runs a tool there and waits for its end. */
  readonly run: (space: string, tool: Tool) => Promise<Ran>
  /** Writes kernel settings, paths below /proc/sys. */
  readonly write: (
    space: string,
    settings: readonly { readonly path: string; readonly value: string }[],
  ) => Promise<void>
  /** Opens a socket that configures it; absent where system calls cannot be made. */
  readonly openRouteSocket?: (space: string) => RouteSocket
}

/** The inode that tells a namespace from every other one. */
export function inodeOf(space: string): bigint {
  return statSync(`${NAMESPACE_FOLDER}/${space}`, { bigint: true }).ino
}

/** Moves this thread for the moment in which a child is started: two microseconds instead of two milliseconds. */
export function enterByThread(libc: Libc): Entrance {
  const home = openSync('/proc/thread-self/ns/net', constants.O_RDONLY)
  const homeLink = readlinkSync('/proc/thread-self/ns/net')
  const goHome = (): void => {
    const back = libc.setns(home, CLONE_NEWNET)
    if (back < 0 || readlinkSync('/proc/thread-self/ns/net') !== homeLink)
      throw new Error('the thread cannot return to its own namespace')
  }
  const within = <T>(space: string, act: () => T): T => {
    const handle = openSync(`${NAMESPACE_FOLDER}/${space}`, constants.O_RDONLY)
    try {
      if (libc.setns(handle, CLONE_NEWNET) < 0) throw new Error(`cannot enter namespace ${space}`)
      return act()
    } finally {
      closeSync(handle)
      goHome()
    }
  }
  return {
    run: (space, tool) => within(space, () => run(tool)),
    async write(space, settings) {
      within(space, () => {
        for (const { path, value } of settings) writeFileSync(`/proc/sys/${path}`, value)
      })
    },
    openRouteSocket(space) {
      const fd = within(space, () => libc.socket(FAMILY.netlink, SOCKET.raw | SOCKET.flags, 0))
      if (fd < 0) throw new Error(`no socket to configure ${space}: ${nameErrno(-fd)}`)
      return new RouteSocket(libc, fd)
    },
  }
}

/** The same without koffi: one more process each time. */
export function enterByTool(): Entrance {
  const inside = (space: string, { command, args, input }: Tool): Tool => ({
    command: 'ip',
    args: ['netns', 'exec', space, command, ...args],
    ...(input === undefined ? {} : { input }),
  })
  return {
    run: (space, tool) => run(inside(space, tool)),
    async write(space, settings) {
      if (settings.length === 0) return
      const script = settings.map(
        ({ path, value }) => `printf '%s\n' '${value.trim()}' > /proc/sys/${path}`,
      )
      const ran = await run(
        inside(space, { command: 'sh', args: ['-e'], input: script.join('\n') }),
      )
      if (ran.code !== 0) throw new Error(`settings of ${space}: ${ran.errors}`)
    },
  }
}
