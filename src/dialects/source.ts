import type { Network } from '#model'

/** One parsed JSON value and where it came from; `file` is a path, used in notes and for its folders. */
export interface SourceDocument {
  readonly file: string
  readonly json: unknown
}

/** Something a reader has to say about its input. Never an exception: bad input is a fact too. */
export interface ReadNote {
  /** `error`: a fact is lost; `warning`: something may be; `info`: read, with a remark. */
  readonly severity: 'error' | 'warning' | 'info'
  readonly file: string
  /** RFC 6901 pointer to a value that exists in the document; empty for the whole of it. */
  readonly pointer: string
  /** Dotted kebab-case, stable. */
  readonly code: string
  readonly message: string
}

/** What a dialect makes of a set of documents. What it could not read is in `network.gaps`. */
export interface ReadResult {
  readonly network: Network
  readonly notes: readonly ReadNote[]
}
