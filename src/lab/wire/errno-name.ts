import { constants } from 'node:os'

/** The name of a system call's error, `EHOSTUNREACH` for 113; the number where it has none. */
export function nameErrno(errno: number): string {
  return names.get(errno) ?? `errno ${errno}`
}

/** Numbers of the errors that decide what happens next. */
export const ERRNO = {
  again: constants.errno.EAGAIN,
  addressInUse: constants.errno.EADDRINUSE,
  brokenPipe: constants.errno.EPIPE,
  connectionRefused: constants.errno.ECONNREFUSED,
  connectionReset: constants.errno.ECONNRESET,
  inProgress: constants.errno.EINPROGRESS,
  interrupted: constants.errno.EINTR,
} as const

/** Where two names share a number, Linux programs print the one that sorts first here. */
const names: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.errno)
    .map(([name, errno]) => [errno, name] as const)
    .sort(([, a], [, b]) => (a < b ? 1 : -1)),
)
