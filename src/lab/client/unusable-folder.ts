/**
 * Labs cannot keep their state where they should. `cause` is what the system says against it; absent:
 * the folder belongs to somebody else, or is open to others.
 */
export class UnusableFolder extends Error {
  override readonly name = 'UnusableFolder'
  readonly folder: string

  constructor(folder: string, cause?: unknown) {
    const why = cause instanceof Error ? `cannot be written: ${cause.message}` : foreign
    super(`${folder} ${why}`, { cause })
    this.folder = folder
  }
}

const foreign = 'belongs to somebody else, or is open to others'
