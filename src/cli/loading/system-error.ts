/** What an error of the operating system means, in words, or undefined for errors that are ours. */
export function systemErrorText(error: unknown): string | undefined {
  const code = systemErrorCode(error)
  if (code === undefined) return undefined
  return Object.hasOwn(words, code) ? words[code] : `the system says ${code}`
}

/** `ENOENT` and its kind, or undefined for errors that do not come from the operating system. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'the system does not permit it',
  ELOOP: 'its symbolic links run in a circle',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this machine',
  EIO: 'the device reports a read or write error',
  EBUSY: 'it is in use',
  EEXIST: 'it exists already',
  EFBIG: 'the file would be too large',
}
