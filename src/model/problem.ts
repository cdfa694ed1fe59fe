/**
 * One thing that is wrong, or odd, in data handed to `parseNetwork` or `parseQuestion`.
 * An error makes the data unusable; a warning does not.
 */
export interface Problem {
  readonly severity: 'error' | 'warning'
  /** RFC 6901 JSON pointer to the value, or to where a missing one belongs; `''` is the root. */
  readonly pointer: string
  readonly code: ProblemCode
  readonly expected?: string
  /** The value that was read, in short. */
  readonly found?: string
  /** One English sentence. */
  readonly message: string
}

/** Every code a problem can carry: shape, values, references, addresses, attachments, the rest. */
export const problemCodes = [
  'wrong-type',
  'missing-field',
  'unknown-field',
  'wrong-format',
  'bad-value',
  'bad-state',
  'bad-address',
  'bad-cidr',
  'bad-protocol',
  'bad-time',
  'port-range',
  'port-without-protocol',
  'out-of-range',
  'empty-text',
  'empty-list',
  'unreadable',
  'duplicate-id',
  'dangling-reference',
  'ambiguous-reference',
  'overlapping-subnets',
  'subnet-outside-vpc',
  'address-outside-subnet',
  'address-outside-vpc',
  'reserved-address',
  'duplicate-address',
  'binding-address',
  'mixed-families',
  'wrong-vpc',
  'network-type',
  'attachment-state',
  'primary-interface',
  'mixed-group-types',
  'enterprise-group-peer',
  'gateway-mode',
  'system-table-count',
  'duplicate-listener',
  'duplicate-backend',
  'more-problems',
] as const
/** One of `problemCodes`. */
export type ProblemCode = (typeof problemCodes)[number]
