import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import { namespaceLink, threadNamespace } from './check-surroundings.ts'
import { nameErrno } from './errno-name.ts'
import type { Libc } from './libc.ts'
import { CLONE_NEWNET, SIOCGSKNS, SOCKET } from './socket-numbers.ts'

/** A namespace by name, and the inode it must have. */
export interface Site {
  readonly namespace: string
  readonly inode: bigint
}

/** A socket whose own namespace was asked for and is the right one, or why there is none. */
export type OpenedSocket =
  | { readonly kind: 'open'; readonly fd: number }
  | { readonly kind: 'closed'; readonly why: string }

/**
 * Moves this thread between the lab's namespaces and opens sockets there. Nothing is taken on
 * trust: the thread's namespace is read back after each move, and each socket is asked for its own,
 * before anything can be sent. Whoever calls `open` ends with `leave`.
 */
export class Ground {
  readonly #libc: Libc
  readonly #folder: string
  readonly #home: number
  readonly #homeLink: string
  readonly #machineInode: bigint
  readonly #handles = new Map<string, { readonly fd: number; readonly inode: bigint }>()
  #away = false

  constructor(libc: Libc, folder: string, machineInode: bigint) {
    this.#libc = libc
    this.#folder = folder
    this.#machineInode = machineInode
    this.#homeLink = threadNamespace()
    this.#home = openSync('/proc/thread-self/ns/net', constants.O_RDONLY)
  }

  /** Opens a non-blocking socket in a namespace; the thread stays there. */
  open(site: Site, family: number, type: number, protocol: number): OpenedSocket {
    const why = this.#enter(site)
    if (why !== null) return { kind: 'closed', why }
    const fd = this.#libc.socket(family, type | SOCKET.flags, protocol)
    if (fd < 0) return { kind: 'closed', why: `no socket: ${nameErrno(-fd)}` }
    const inode = this.#namespaceOf(fd)
    if (inode === site.inode) return { kind: 'open', fd }
    this.#libc.close(fd)
    const found = inode === undefined ? 'cannot be read' : `is ${inode}`
    return { kind: 'closed', why: `the socket’s namespace ${found}, not ${site.inode}` }
  }

  /** Brings the thread home. Throws if that fails: the process must not go on elsewhere. */
  leave(): void {
    if (!this.#away) return
    const result = this.#libc.setns(this.#home, CLONE_NEWNET)
    if (result < 0 || threadNamespace() !== this.#homeLink)
      throw new Error(`the thread cannot return to its own namespace (${nameErrno(-result)})`)
    this.#away = false
  }

  /** Closes the handle of a namespace, which keeps a deleted one alive. */
  forget(namespace: string): void {
    const handle = this.#handles.get(namespace)
    if (handle !== undefined) closeSync(handle.fd)
    this.#handles.delete(namespace)
  }

  close(): void {
    this.leave()
    for (const namespace of this.#handles.keys()) this.forget(namespace)
    closeSync(this.#home)
  }

  /** Why the thread is not in the namespace now, or null. */
  #enter({ namespace, inode }: Site): string | null {
    if (inode === this.#machineInode) return 'this is the machine’s own network namespace'
    const fd = this.#handle(namespace, inode)
    if (typeof fd === 'string') return fd
    const result = this.#libc.setns(fd, CLONE_NEWNET)
    if (result < 0) return `namespace ${namespace} cannot be entered: ${nameErrno(-result)}`
    this.#away = true
    const link = threadNamespace()
    return link === namespaceLink(inode) ? null : `the thread is in ${link}, not net:[${inode}]`
  }

  /** The namespace's descriptor, or why there is none. */
  #handle(namespace: string, inode: bigint): number | string {
    const known = this.#handles.get(namespace)
    if (known?.inode === inode) return known.fd
    this.forget(namespace)
    if (!plainName.test(namespace)) return `${JSON.stringify(namespace)} names no namespace`
    let fd: number
    try {
      fd = openSync(`${this.#folder}/${namespace}`, constants.O_RDONLY)
    } catch (error) {
      return `namespace ${namespace} cannot be opened: ${String(error)}`
    }
    const found = fstatSync(fd, { bigint: true }).ino
    if (found !== inode) {
      closeSync(fd)
      return `namespace ${namespace} has inode ${found}, not ${inode}`
    }
    this.#handles.set(namespace, { fd, inode })
    return fd
  }

  #namespaceOf(socket: number): bigint | undefined {
    const fd = this.#libc.ioctl(socket, SIOCGSKNS, null)
    if (fd < 0) return undefined
    const { ino } = fstatSync(fd, { bigint: true })
    this.#libc.close(fd)
    return ino
  }
}

/** A namespace's name. No slash: it must not lead out of the folder. */
export const plainName = /^[\w][\w.-]*$/
