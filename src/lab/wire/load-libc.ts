import type { Libc, LoadedLibc, Pointed } from './libc.ts'

/**
 * Binds the C library through koffi. The package is optional: without it, or on a machine whose
 * structures are laid out differently, the reason comes back and nothing is thrown. The variable
 * HOPWISE_NO_KOFFI stands for its absence.
 */
export async function loadLibc(): Promise<LoadedLibc> {
  if (process.env['HOPWISE_NO_KOFFI']) return absent('HOPWISE_NO_KOFFI is set')
  const place = `${process.platform} ${process.arch}`
  if (!knownPlaces.has(place)) return absent(`the system calls of ${place} are not known`)
  let koffi: Koffi
  try {
    koffi = await importKoffi()
  } catch (error) {
    return absent(`koffi cannot be loaded: ${firstLine(error)}`)
  }
  const problems: string[] = []
  for (const name of libraries) {
    try {
      return { kind: 'loaded', libc: bindLibrary(koffi, name) }
    } catch (error) {
      problems.push(firstLine(error))
    }
  }
  return absent(`no C library can be bound: ${problems.join('; ')}`)
}

/** The one place that names the package: it may be absent. */
const importKoffi = () => import('koffi')

type Koffi = Awaited<ReturnType<typeof importKoffi>>

/** 64-bit and little-endian, with the generic socket numbers: what `socket-numbers.ts` holds. */
const knownPlaces: ReadonlySet<string> = new Set(['linux x64', 'linux arm64', 'linux riscv64'])

/** glibc, then musl. */
const libraries = ['libc.so.6', `libc.musl-${process.arch === 'x64' ? 'x86_64' : 'aarch64'}.so.1`]

function bindLibrary(koffi: Koffi, name: string): Libc {
  const library = koffi.load(name)
  const bind = (definition: string) => {
    const call = library.func(definition)
    return (...given: readonly (number | Pointed)[]): number => {
      const result: number = call(...given)
      return result < 0 ? -koffi.errno() : result
    }
  }
  // koffi has no ssize_t; what is sent and received here fits an int.
  return {
    setns: bind('int setns(int fd, int kind)'),
    prctl: bind('int prctl(int option, ulong argument)'),
    socket: bind('int socket(int family, int type, int protocol)'),
    bind: bind('int bind(int fd, void *address, uint size)'),
    connect: bind('int connect(int fd, void *address, uint size)'),
    listen: bind('int listen(int fd, int backlog)'),
    accept4: bind('int accept4(int fd, void *address, void *size, int flags)'),
    getsockname: bind('int getsockname(int fd, void *address, void *size)'),
    getsockopt: bind('int getsockopt(int fd, int level, int name, void *value, void *size)'),
    setsockopt: bind('int setsockopt(int fd, int level, int name, void *value, uint size)'),
    send: bind('int send(int fd, void *data, size_t size, int flags)'),
    recv: bind('int recv(int fd, void *data, size_t size, int flags)'),
    sendmsg: bind('int sendmsg(int fd, void *message, int flags)'),
    recvmsg: bind('int recvmsg(int fd, void *message, int flags)'),
    ioctl: bind('int ioctl(int fd, ulong request, void *argument)'),
    epoll_create1: bind('int epoll_create1(int flags)'),
    epoll_ctl: bind('int epoll_ctl(int epoll, int operation, int fd, void *event)'),
    epoll_wait: bind('int epoll_wait(int epoll, void *events, int most, int timeout)'),
    close: bind('int close(int fd)'),
    allocate: (size) => allocate(koffi, size),
  }
}

function allocate(koffi: Koffi, size: number): ReturnType<Libc['allocate']> {
  const memory: unknown = koffi.alloc('uint8_t', size)
  const bytes = Buffer.from(koffi.view(memory, size))
  bytes.fill(0)
  return { pointer: koffi.address(memory), bytes }
}

function absent(why: string): LoadedLibc {
  return { kind: 'absent', why }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]
}
