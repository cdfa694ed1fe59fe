/** The system's name of an error that Node reports, `ECONNREFUSED`; undefined where it has none. */
export function nodeErrno(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
