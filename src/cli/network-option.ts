import type { OptionRow } from './command.ts'

/** The option of every command that asks about a network. */
export const network: OptionRow = {
  name: 'network',
  value: 'NET',
  says: "the network: a Hopwise file, or a file or folder of a cloud's own JSON",
  required: true,
  completes: 'file',
}
