import type { RecordKind } from './record-kind.ts'

/** One reading operation: how its answer is known and what it holds. The rows are in `calls.ts`. */
export interface Call {
  /** As the aws CLI calls it: `ec2 describe-vpcs`. */
  readonly name: string
  /** Keys of its list, as the CLI and as the SDKs spell them. */
  readonly lists: readonly [string, ...string[]]
  readonly kind: RecordKind
  /** The field with a record's id. */
  readonly id: string
  /** Present: the answer speaks about one owner, and is itself a record with the owner's id. */
  readonly about?: Owner
  /** Key under which scripts collect the answers about many owners. */
  readonly group?: string
  /** Records inside each record of the list. */
  readonly within?: Within
  /** The file that turns the records into resources; absent: nothing depends on them. */
  readonly reader?: string
  /** What the network has from it, for the table in the README. */
  readonly supplies: string
}

export interface Owner {
  readonly field: string
  /** The shape of its id: some answers do not name their owner, but their file name may. */
  readonly shape: RegExp
  /** Its kind, for the case that there is only one whom the answer can be about. */
  readonly kind: RecordKind
  /** Fields that only elements of such an answer have: its list's key is not telling. */
  readonly elementHas: readonly string[]
  /** Keys beside the list that tell as much. */
  readonly proof?: readonly string[]
}

export interface Within {
  readonly list: string
  readonly kind: RecordKind
  readonly id: string
}
