import type { RecordKind } from './record-kind.ts'

/** One reading operation: how its answer is known and what it holds. The rows are in `calls.ts`. */
export interface Call {
  readonly name: string
  /** As the aliyun CLI calls it. */
  readonly product: 'ecs' | 'vpc' | 'vpcpeer'
  /** The answer has all of these keys … */
  readonly marks: readonly string[]
  /** … at least one of these, if the marks are those of a listed record too … */
  readonly proof?: readonly string[]
  /** … and none of these. */
  readonly unless?: readonly string[]
  /** An element of the answer's list has one of these; needed where `marks` are not telling. */
  readonly elementHas?: readonly string[]
  /** The first yield is what the answer lists and counts. */
  readonly yields: readonly Yield[]
  /** Present: the answer speaks about one owner (the rules of one group), not about a region. */
  readonly about?: Owner
  /** The detailed answer about one resource, which outranks the listing. */
  readonly detail?: true
  /** The file that turns the records into resources. */
  readonly reader: string
  /** What the network has from it, for the table in the README. */
  readonly supplies: string
}

/** Records of one kind inside an answer. */
export interface Yield {
  readonly kind: RecordKind
  /** Key of the list and of its wrapper; one key: a bare list; none: the answer itself. */
  readonly path: readonly string[]
  /** The field with the record's id. */
  readonly id?: string
  /** Where it may be absent: the fields that tell one record of an owner from another. */
  readonly parts?: readonly string[]
  /** The record belongs to this owner, named in the record or in the answer around it. */
  readonly owner?: Owner
  readonly within?: readonly Yield[]
}

export interface Owner {
  readonly kind: RecordKind
  readonly field: string
  /** The shape of its id: some answers do not name their owner, but their file name may. */
  readonly shape: RegExp
}
